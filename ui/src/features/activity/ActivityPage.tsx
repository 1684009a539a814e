import { HistoryIcon } from 'lucide-react';
import { useState } from 'react';
import { asProblem, useActivity, type Activity } from '@/bridge';
import { Button, CopyButton, DefinitionList, Drawer, Duration, EmptyState, ErrorPanel, FilterField, Middle, Page, PageHeader, RelativeTime, Skeleton, Status, Table, type Mark } from '@/components';
import { useBreadcrumb } from '@/lib/frame';
import { useGo, useView } from '@/lib/place';
import styles from './activity.module.css';

const marks: Record<string, Mark> = { done: 'ok', 'nothing to do': 'ok', 'rolled back': 'warn', failed: 'danger', refused: 'warn', settled: 'unknown', 'running or cut off': 'working' };
const verbs: Record<string, string> = { deploy: 'Deploy', plan: 'Plan', remove: 'Remove' };
const MOST = 2000;

/** Everything that was done from this computer, with the command that repeats it. */
export function ActivityPage() {
  useBreadcrumb([{ label: 'Activity' }]);
  const go = useGo();
  const done = useActivity(MOST);
  const [words, setWords] = useState('');
  const [open, setOpen] = useView('open');
  const rows = (done.data ?? []).filter((one) => fits(one, words));
  const shown = done.data?.find((one) => one.id === open);
  return (
    <Page>
      <PageHeader title="Activity" subtitle="What was done from this computer, by window and by command. Newest first." actions={<FilterField label="Filter" value={words} onChange={setWords} />} />
      {done.isPending && <Skeleton label="Reading the journal" lines={8} />}
      {done.isError && <ErrorPanel problem={asProblem(done.error)} actions={<Button onClick={() => void done.refetch()}>Try again</Button>} />}
      {done.data !== undefined && (
        <Table
          label="Activity" rows={rows} rowKey={(one) => one.id} onOpen={(one) => setOpen(one.id)} selectedKey={open ?? ''} testId="activity"
          empty={words === ''
            ? <EmptyState icon={<HistoryIcon className="icon" aria-hidden />} title="Nothing was done yet" text="Plans, deploys and removals appear here, each with its result." actions={<Button onClick={go.home}>Open a project</Button>} />
            : <EmptyState icon={<HistoryIcon className="icon" aria-hidden />} title="Nothing has these words" text={`No activity matches ${words}.`} actions={<Button onClick={() => setWords('')}>Show all</Button>} />}
          columns={[
            { id: 'what', header: 'What', width: '90px', cell: (one) => <b>{verbs[one.verb] ?? one.verb}</b> },
            { id: 'stack', header: 'Stack', width: 'minmax(0, 2fr)', cell: (one) => <Middle text={one.stack} max={44} /> },
            { id: 'where', header: 'Where', width: 'minmax(0, 1fr)', cell: (one) => <span className={styles.quiet}>{one.account === 'sandbox' ? 'Sandbox' : one.account}, {one.region}</span> },
            { id: 'result', header: 'Result', width: '150px', cell: (one) => <Status mark={marks[one.outcome] ?? 'unknown'} word={sentence(one.outcome)} /> },
            { id: 'took', header: 'Took', width: '80px', align: 'end', cell: (one) => (one.millis === null ? '' : <Duration millis={one.millis} />) },
            { id: 'when', header: 'When', width: '100px', align: 'end', cell: (one) => <RelativeTime at={one.at} /> },
          ]}
        />
      )}
      <Drawer open={shown !== undefined} onClose={() => setOpen(undefined)} title={shown === undefined ? '' : `${verbs[shown.verb] ?? shown.verb} ${shown.stack}`} subtitle={shown === undefined ? undefined : <RelativeTime at={shown.at} />}>
        {shown !== undefined && <Details one={shown} onProject={(project) => go.service(project)} />}
      </Drawer>
    </Page>
  );
}

function Details({ one, onProject }: { one: Activity; onProject: (project: string) => void }) {
  const { project } = one;
  return (
    <>
      <Status mark={marks[one.outcome] ?? 'unknown'} word={sentence(one.outcome)} />
      {one.words !== '' && <p className={styles.words}>{one.words}</p>}
      {one.outcome === 'running or cut off' && <p className={styles.quiet}>It runs, or its program was ended. The next plan or deploy of this stack looks up what became of it.</p>}
      <DefinitionList items={[
        { name: 'Account', value: one.account }, { name: 'Region', value: one.region }, { name: 'As', value: one.principal },
        { name: 'Took', value: one.millis === null ? 'not known' : <Duration millis={one.millis} /> },
      ]} />
      <div>
        <h3>The same by command</h3>
        <div className={styles.command}><code>{one.command}</code><CopyButton text={one.command} label="Copy the command" /></div>
      </div>
      {project !== null && <Button onClick={() => onProject(project)}>Open the service</Button>}
    </>
  );
}

function fits(one: Activity, words: string): boolean {
  const text = `${one.verb} ${one.stack} ${one.account} ${one.region} ${one.outcome} ${one.words}`.toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
