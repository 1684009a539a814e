import { ArrowRightIcon, CopyIcon, EqualIcon, MinusIcon, PlusIcon } from 'lucide-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem, useComparison, useHost, useStart, type CompareRow, type CompareSide, type Comparison, type StorePlace } from '@/bridge';
import { Button, Checkbox, Dialog, EmptyState, ErrorPanel, Fit, Page, PageHeader, Select, Skeleton, Table, TextField } from '@/components';
import { useBreadcrumb } from '@/lib/frame';
import { readTarget, targetWord, useView } from '@/lib/place';
import { plural } from '@/lib/words';
import { Preview } from './Preview';
import styles from './secrets.module.css';
import { useStorePlace } from './useStorePlace';

interface Side { store: StorePlace; path: string }

/** Two paths beside each other, here or in two clouds, and copying what the second lacks. */
export function ComparePage() {
  useBreadcrumb([{ label: 'Secrets' }, { label: 'Compare' }]);
  const here = useStorePlace();
  const [path = ''] = useView('path');
  const [left, setLeft] = useState<Side>({ store: here, path });
  const [right, setRight] = useState<Side>({ store: here, path: '' });
  const [asked, setAsked] = useState<{ left: Side; right: Side } | null>(null);
  const found = useComparison(asked?.left.store ?? here, asked?.left.path ?? '', asked?.right.store ?? here, asked?.right.path ?? '', asked !== null);
  const reason = left.path.startsWith('/') && right.path.startsWith('/') ? undefined : 'Say both paths first, such as /shop/dev';
  return (
    <Page>
      <PageHeader title="Compare two paths" subtitle="Values are compared by digests under a key of this computer: none of them is shown." />
      <div className={styles.places}>
        <Where title="First" side={left} onChange={setLeft} testId="left" />
        <Where title="Second" side={right} onChange={setRight} testId="right" />
      </div>
      <div><Button variant="primary" reason={reason} busy={found.isFetching} onClick={() => { setAsked({ left, right }); if (asked !== null) void found.refetch(); }} data-testid="compare-now">Compare</Button></div>
      {asked !== null && found.isPending && <Skeleton label="Comparing" lines={8} />}
      {found.isError && <ErrorPanel problem={asProblem(found.error)} />}
      {asked !== null && found.data !== undefined && <Found found={found.data} left={asked.left} right={asked.right} onCopied={() => void found.refetch()} />}
    </Page>
  );
}

function Where({ title, side, onChange, testId }: { title: string; side: Side; onChange: (side: Side) => void; testId: string }) {
  const start = useStart();
  const clouds = [{ value: 'sandbox', label: 'Sandbox', hint: 'this computer' }, ...(start.data?.profiles ?? []).map((name) => ({ value: `account:${name}`, label: name, hint: 'AWS profile' }))];
  return (
    <section className={styles.place} aria-label={title}>
      <TextField code label={`${title} path`} placeholder="/shop/dev" value={side.path} onChange={(path) => onChange({ ...side, path })} data-testid={`${testId}-path`} />
      <div className={styles.two}>
        <div className={styles.labelled}><span aria-hidden>Cloud</span><Select label={`Cloud of the ${title.toLowerCase()}`} value={targetWord(side.store.target)} options={clouds} onChange={(next) => onChange({ ...side, store: { target: readTarget(next), region: null } })} testId={`${testId}-cloud`} /></div>
        <TextField label="Region" placeholder="that of the profile" value={side.store.region ?? ''} onChange={(region) => onChange({ ...side, store: { ...side.store, region: region === '' ? null : region } })} />
      </div>
    </section>
  );
}

const states: Record<string, { word: string; icon: typeof EqualIcon }> = {
  same: { word: 'The same', icon: EqualIcon }, differs: { word: 'Differs', icon: ArrowRightIcon }, left: { word: 'Only first', icon: MinusIcon }, right: { word: 'Only second', icon: PlusIcon },
};

function Found({ found, left, right, onCopied }: { found: Comparison; left: Side; right: Side; onCopied: () => void }) {
  const [all, setAll] = useState(false);
  const [copying, setCopying] = useState(false);
  const rows = found.rows.filter((row) => all || row.state !== 'same');
  const missing = found.left + found.differs;
  return (
    <>
      <div className={styles.filters}>
        <b data-testid="compared">{found.same} the same, {found.differs} differ, {found.left} only in the first, {found.right} only in the second</b>
        <span className={styles.space} />
        <Checkbox label="Show what is the same" checked={all} onChange={setAll} />
        <Button icon={<CopyIcon className="icon" aria-hidden />} reason={missing === 0 ? 'The second has all of it' : undefined} onClick={() => setCopying(true)} data-testid="copy-path">Copy {plural(missing, 'value')} to the second</Button>
      </div>
      <Table
        label="What differs" rows={rows} rowKey={(row) => row.name} testId="comparison"
        empty={<EmptyState icon={<EqualIcon className="icon" aria-hidden />} title={found.rows.length === 0 ? 'Neither path holds anything' : 'Both hold the same'} text={found.rows.length === 0 ? 'Look at the paths and the clouds above.' : `${plural(found.same, 'value')}, name by name.`} />}
        columns={[
          { id: 'name', header: 'Name', width: 'minmax(0, 2fr)', cell: (row) => <Fit text={row.name} /> },
          { id: 'state', header: 'State', width: '120px', cell: (row) => <State row={row} /> },
          { id: 'left', header: 'First', width: 'minmax(0, 1fr)', cell: (row) => <Told side={row.left} /> },
          { id: 'right', header: 'Second', width: 'minmax(0, 1fr)', cell: (row) => <Told side={row.right} /> },
        ]}
      />
      {copying && <CopyDialog left={left} right={right} onClose={() => setCopying(false)} onDone={onCopied} />}
    </>
  );
}

function State({ row }: { row: CompareRow }) {
  const { word, icon: Icon } = states[row.state] ?? { word: row.state, icon: ArrowRightIcon };
  return <span className={styles.small}><Icon className="icon" aria-hidden />{word}</span>;
}

function Told({ side }: { side: CompareSide | null }) {
  if (side === null) return <span className={styles.quiet}>nothing</span>;
  return <span title={`${side.bytes} bytes`}>{side.version} <code className={styles.quiet}>{side.digest}</code></span>;
}

function CopyDialog({ left, right, onClose, onDone }: { left: Side; right: Side; onClose: () => void; onDone: () => void }) {
  const host = useHost();
  const looking = useMutation({ mutationFn: () => host.prepareCopy(left.store, left.path, right.store, right.path, []), gcTime: 0 });
  const close = () => { if (looking.data !== undefined) void host.discardImport(looking.data.id).catch(() => undefined); onClose(); };
  return (
    <Dialog open onClose={close} title={`Copy ${left.path} to ${right.path}`} actions={<Button onClick={close}>Change nothing</Button>}>
      {looking.data === undefined
        ? <>
            <p>What only the second has is left alone. What would change is shown first.</p>
            {looking.error !== null && <ErrorPanel problem={asProblem(looking.error)} />}
            <div><Button variant="primary" busy={looking.isPending} onClick={() => looking.mutate()} data-testid="look-copy">Look what would change</Button></div>
          </>
        : <Preview preview={looking.data} onDone={() => { onClose(); onDone(); }} />}
    </Dialog>
  );
}
