import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem, useHost, type DeletedSecrets, type DeletionPreview, type StorePlace } from '@/bridge';
import { Banner, Button, Confirm, Dialog, ErrorPanel, Fit, Status } from '@/components';
import { plural } from '@/lib/words';
import styles from './secrets.module.css';

interface Props { place: StorePlace; names: string[]; path: string | null; onClose: () => void; onDone: () => void }

/** What is deleted, looked up first, allowed by typing its name, and put back while this window remembers it. */
export function DeleteDialog({ place, names, path, onClose, onDone }: Props) {
  const host = useHost();
  const [deleted, setDeleted] = useState<DeletedSecrets | null>(null);
  const looking = useQuery({ queryKey: ['deletion', place.target, place.region, names, path], queryFn: () => host.planSecretDeletion(place, names, path), gcTime: 0, staleTime: Infinity, retry: false, refetchOnWindowFocus: false });
  const close = () => { if (deleted === null) onClose(); else { onClose(); onDone(); } };
  return (
    <Dialog open onClose={close} title={deleted === null ? (path === null ? `Delete ${names[0] ?? ''}` : `Delete all below ${path}`) : `${plural(deleted.names.length, 'parameter')} deleted`} actions={<Button onClick={close}>{deleted === null ? 'Keep them' : 'Close'}</Button>}>
      {deleted !== null && <After deleted={deleted} onBack={() => { onClose(); onDone(); }} />}
      {deleted === null && looking.isPending && <Status mark="working" word="Looking what it deletes" />}
      {deleted === null && looking.isError && <ErrorPanel problem={asProblem(looking.error)} />}
      {deleted === null && looking.data !== undefined && <Decide preview={looking.data} onDeleted={setDeleted} />}
    </Dialog>
  );
}

function Decide({ preview, onDeleted }: { preview: DeletionPreview; onDeleted: (deleted: DeletedSecrets) => void }) {
  const host = useHost();
  const [told, setTold] = useState('');
  const deleting = useMutation({
    mutationFn: (typed: string) => host.deleteSecrets(preview.id, preview.token, typed, (said) => { if (said.kind === 'done') setTold(`${said.done} of ${said.of} deleted`); }),
    onSuccess: onDeleted,
  });
  const count = preview.parameters.length;
  return (
    <>
      <p>{plural(count, 'parameter')} {count === 1 ? 'is' : 'are'} deleted with {count === 1 ? 'its' : 'their'} versions and labels. What reads {count === 1 ? 'it' : 'them'} fails from then on.</p>
      {/* What scrolls must be reachable by keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className={styles.preview} tabIndex={0} aria-label="What is deleted">{preview.parameters.slice(0, 300).map((one) => <li key={one.name}><span>{one.kind}</span><code><Fit text={one.name} /></code><span className={styles.quiet}>{plural(one.version, 'version')}</span></li>)}</ul>
      {told !== '' && deleting.isPending && <p role="status">{told}</p>}
      {deleting.error !== null && <ErrorPanel problem={asProblem(deleting.error)} testId="delete-problem" />}
      <Confirm name={preview.typed} label={`Delete ${plural(count, 'parameter')}`} busy={deleting.isPending} onConfirm={(typed) => deleting.mutate(typed)} />
    </>
  );
}

function After({ deleted, onBack }: { deleted: DeletedSecrets; onBack: () => void }) {
  const host = useHost();
  const { undo } = deleted;
  const putting = useMutation({ mutationFn: () => host.undoDeletion(undo ?? ''), onSuccess: onBack });
  if (undo === null) return <Banner tone="warn" title="They cannot be put back">You may delete them and not read them, so nothing was remembered.</Banner>;
  return (
    <>
      <p>Their newest values can be put back until Pilothouse is closed. Earlier versions cannot: AWS keeps none of them.</p>
      {putting.error !== null && <ErrorPanel problem={asProblem(putting.error)} />}
      <div><Button busy={putting.isPending} onClick={() => putting.mutate()} data-testid="put-back">Put {deleted.names.length === 1 ? 'it' : 'them'} back</Button></div>
    </>
  );
}
