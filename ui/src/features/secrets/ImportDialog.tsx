import { FileUpIcon } from 'lucide-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem, useHost, type ParameterType, type StorePlace } from '@/bridge';
import { Button, Dialog, ErrorPanel, Select, TextField } from '@/components';
import { Preview } from './Preview';
import styles from './secrets.module.css';

const kinds = [{ value: 'usual', label: 'SecureString; lists as StringList' }, { value: 'SecureString', label: 'All as SecureString' }, { value: 'String', label: 'All as String, plain' }] as const;

/** The values of a file: where they go, what that changes, and then the writing. */
export function ImportDialog({ place, path, onClose, onDone }: { place: StorePlace; path: string; onClose: () => void; onDone: () => void }) {
  const host = useHost();
  const [under, setUnder] = useState(path === '' ? '/' : path);
  const [kind, setKind] = useState<'usual' | ParameterType>('usual');
  const [key, setKey] = useState('');
  const choosing = useMutation({ mutationFn: () => host.chooseImport(place, under, kind === 'usual' ? null : kind, key.trim() === '' ? null : key.trim()), gcTime: 0 });
  const preview = choosing.data ?? null;
  const close = () => { if (preview !== null) void host.discardImport(preview.id).catch(() => undefined); onClose(); };
  const reason = under.replace(/\/+$/, '').startsWith('/') ? undefined : 'Say the path first, such as /shop/dev';
  return (
    <Dialog open onClose={close} title="Import a file" actions={<Button onClick={close}>{preview === null ? 'Cancel' : 'Change nothing'}</Button>}>
      {preview === null
        ? (
          <div className={styles.form}>
            <p>A .env, JSON or YAML file. What it would change is shown before anything is written.</p>
            <TextField code label="Path that its names go below" value={under} onChange={setUnder} data-testid="import-path" />
            <div className={styles.labelled}><span aria-hidden>How new ones are kept</span><Select label="How new ones are kept" value={kind} options={[...kinds]} onChange={setKind} /></div>
            {kind !== 'String' && <TextField code label="Key of new ones" placeholder="alias/aws/ssm" value={key} onChange={setKey} />}
            {choosing.error !== null && <ErrorPanel problem={asProblem(choosing.error)} testId="import-problem" />}
            <div><Button variant="primary" busy={choosing.isPending} reason={reason} icon={<FileUpIcon className="icon" aria-hidden />} onClick={() => choosing.mutate()} data-testid="choose-file">Choose the file</Button></div>
          </div>
        )
        : <Preview preview={preview} onDone={() => { onClose(); onDone(); }} />}
    </Dialog>
  );
}
