import { BoxIcon, DownloadIcon, KeyRoundIcon, PlusIcon, RefreshCwIcon, Trash2Icon, UploadIcon } from 'lucide-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem, useHost, useStart, type StorePlace } from '@/bridge';
import { Banner, Button, EmptyState, ErrorPanel, PageHeader, RelativeTime, Select, Skeleton, useActions, useToast } from '@/components';
import { useBreadcrumb } from '@/lib/frame';
import { readTarget, targetWord, useGo, usePlace, useView } from '@/lib/place';
import { plural } from '@/lib/words';
import { DeleteDialog } from './DeleteDialog';
import { Filters } from './Filters';
import { ImportDialog } from './ImportDialog';
import { above, branches, matching, type Wanted } from './model';
import { PathTree } from './PathTree';
import { SecretDrawer } from './SecretDrawer';
import { SecretForm } from './SecretForm';
import styles from './secrets.module.css';
import { SecretsTable } from './SecretsTable';
import { useSecrets, type Listed } from './useSecrets';
import { useStorePlace } from './useStorePlace';

type Asked = 'import' | 'delete' | null;
const ALL: Omit<Wanted, 'path'> = { words: '', kind: 'any', age: 'any', tier: 'any' };

/** The Parameter Store of a place: its paths, its parameters, and one of them in the drawer. */
export function SecretsPage() {
  const place = useStorePlace();
  const go = useGo();
  const { listed, again } = useSecrets(place);
  const [path = '', setPath] = useView('path');
  const [open, setOpen] = useView('open');
  const [filter, setFilter] = useState(ALL);
  const [asked, setAsked] = useState<Asked>(null);
  const [now] = useState(() => Date.now());
  useBreadcrumb([{ label: 'Secrets' }, ...above(path).map((one) => ({ label: one.split('/').at(-1) ?? one }))]);
  const rows = matching(listed.rows, { ...filter, path }, now);
  const here = path === '' ? listed.rows.length : listed.rows.filter((one) => one.name.startsWith(`${path}/`)).length;
  const usable = listed.state !== 'stopped';
  useActions([
    { id: 'secret-new', label: 'New secret', keys: 'n', group: 'Secrets', reason: usable ? undefined : 'Start the sandbox first', run: () => setOpen('new') },
    { id: 'secrets-again', label: 'Read the parameters again', keys: 'r', group: 'Secrets', run: again },
    { id: 'secrets-compare', label: 'Compare two paths', group: 'Secrets', run: () => go.compareSecrets(path) },
  ]);
  return (
    <div className={styles.page}>
      <PathTree all={branches(listed.rows.map((one) => one.name))} total={listed.rows.length} path={path} onChoose={(next) => setPath(next === '' ? undefined : next)} />
      {/* What scrolls must be reachable by keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={`${styles.main} ${open === undefined ? '' : styles.beside}`} role="region" aria-label="Parameters" tabIndex={0}>
        <PageHeader
          title={path === '' ? 'Secrets' : path} subtitle={<Subtitle listed={listed} here={here} />}
          actions={usable && <Actions place={place} path={path} here={here} onAsk={setAsked} onNew={() => setOpen('new')} />}
        />
        <Cloud />
        {usable && here > 0 && <Filters total={here} filter={filter} onChange={setFilter} onCompare={() => go.compareSecrets(path)} />}
        <Body listed={listed} again={again} path={path} rows={rows} open={open} onOpen={setOpen} onNew={() => setOpen('new')} onImport={() => setAsked('import')} onAll={() => setFilter(ALL)} />
        {listed.rows.length > 0 && <Foot listed={listed} shown={rows.length} again={again} />}
      </div>
      {open === 'new'
        ? <SecretForm place={place} region={listed.store?.region ?? ''} rows={listed.rows} path={path} onClose={() => setOpen(undefined)} onDone={(name) => { again(); setOpen(name); }} />
        : <SecretDrawer key={open} place={place} name={open} region={listed.store?.region ?? ''} rows={listed.rows} onClose={() => setOpen(undefined)} onChanged={again} />}
      {asked === 'import' && <ImportDialog place={place} path={path} onClose={() => setAsked(null)} onDone={again} />}
      {asked === 'delete' && <DeleteDialog place={place} names={[]} path={path} onClose={() => setAsked(null)} onDone={again} />}
    </div>
  );
}

function Subtitle({ listed, here }: { listed: Listed; here: number }) {
  if (listed.store === null) return <>Parameters and their values, in the Parameter Store of AWS.</>;
  const where = listed.store.account === 'sandbox' ? 'the sandbox' : listed.store.account;
  const counted = listed.rows.length > 0 || listed.state === 'whole';
  return <>{counted ? `${plural(here, 'parameter')} in ${where}` : where}, {listed.store.region}</>;
}

/** Without a project the top bar has no switcher, so it is here. */
function Cloud() {
  const project = usePlace();
  const place = useStorePlace();
  const start = useStart();
  const go = useGo();
  if (project !== null) return null;
  const clouds = [{ value: 'sandbox', label: 'Sandbox', hint: 'this computer' }, ...(start.data?.profiles ?? []).map((name) => ({ value: `account:${name}`, label: name, hint: 'AWS profile' }))];
  return <div className={styles.cloud}><span className={styles.quiet}>Where</span><Select label="Cloud" value={targetWord(place.target)} options={clouds} onChange={(next) => go.here({ target: targetWord(readTarget(next)) })} testId="secrets-cloud" /></div>;
}

function Actions({ place, path, here, onAsk, onNew }: { place: StorePlace; path: string; here: number; onAsk: (asked: Asked) => void; onNew: () => void }) {
  const host = useHost();
  const tell = useToast();
  const writing = useMutation({
    mutationFn: () => host.exportSecrets(place, path, `${path.split('/').at(-1) ?? 'values'}.env`),
    onSuccess: (done) => { if (done !== null) tell('ok', `${plural(done.count, 'value')} written to ${done.file}, which only you may read`); },
    onError: (problem) => tell('danger', asProblem(problem).title),
  });
  return (
    <>
      {path !== '' && here > 0 && <Button variant="quiet" icon={<Trash2Icon className="icon" aria-hidden />} onClick={() => onAsk('delete')} data-testid="delete-path">Delete {here.toLocaleString('en')}</Button>}
      {path !== '' && here > 0 && <Button variant="quiet" busy={writing.isPending} icon={<DownloadIcon className="icon" aria-hidden />} onClick={() => writing.mutate()} data-testid="export">Export</Button>}
      <Button icon={<UploadIcon className="icon" aria-hidden />} onClick={() => onAsk('import')} data-testid="import">Import</Button>
      <Button variant="primary" icon={<PlusIcon className="icon" aria-hidden />} onClick={onNew} data-testid="new-secret">New secret</Button>
    </>
  );
}

function Body({ listed, again, path, rows, open, onOpen, onNew, onImport, onAll }: {
  listed: Listed; again: () => void; path: string; rows: Listed['rows']; open: string | undefined; onOpen: (name: string) => void; onNew: () => void; onImport: () => void; onAll: () => void;
}) {
  const go = useGo();
  if (listed.state === 'stopped') {
    return <EmptyState icon={<BoxIcon className="icon" aria-hidden />} title="The sandbox is stopped" text="Its Parameter Store is not started just to be looked at." actions={<Button variant="primary" onClick={go.sandbox} data-testid="go-sandbox">Go to the sandbox</Button>} />;
  }
  return (
    <>
      {listed.state === 'waiting' && <Banner tone="warn" title={listed.words}>What was read is shown below.</Banner>}
      {listed.state === 'failed' && listed.problem !== null && <ErrorPanel problem={listed.problem} actions={<Button icon={<RefreshCwIcon className="icon" aria-hidden />} onClick={again}>Try again</Button>} />}
      {listed.rows.length === 0 && listed.state === 'reading' && <Skeleton label="Reading the parameters" lines={10} />}
      {listed.rows.length === 0 && listed.state === 'whole' && (
        <EmptyState
          icon={<KeyRoundIcon className="icon" aria-hidden />} title="No parameter is stored here yet" text="Store the first secret by a form, or bring those of a .env, JSON or YAML file."
          actions={<><Button variant="primary" icon={<PlusIcon className="icon" aria-hidden />} onClick={onNew}>New secret</Button><Button icon={<UploadIcon className="icon" aria-hidden />} onClick={onImport}>Import a file</Button></>}
        />
      )}
      {listed.rows.length > 0 && <SecretsTable rows={rows} path={path} open={open} onOpen={onOpen} onAll={onAll} />}
    </>
  );
}

function Foot({ listed, shown, again }: { listed: Listed; shown: number; again: () => void }) {
  const words = listed.state === 'whole' ? null : listed.state === 'failed' ? 'Read in part' : 'Reading';
  return (
    <footer className={styles.foot}>
      <span data-testid="read-state">{words ?? <>Read <RelativeTime at={listed.readAt ?? ''} /></>}</span>
      <Button size="small" variant="quiet" icon={<RefreshCwIcon className="icon" aria-hidden />} onClick={again}>Read again</Button>
      <span className={styles.space} />
      <span data-testid="shown">{shown.toLocaleString('en')} of {listed.rows.length.toLocaleString('en')} shown</span>
    </footer>
  );
}
