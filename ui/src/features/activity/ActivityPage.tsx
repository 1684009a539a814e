import { HistoryIcon } from 'lucide-react';
import { useState } from 'react';
import { asProblem, useActivity } from '@/bridge';
import { Button, CopyButton, Duration, EmptyState, ErrorPanel, FilterField, Fit, Page, PageHeader, RelativeTime, Skeleton, Status, Table, useActions } from '@/components';
import { useBreadcrumb } from '@/lib/frame';
import { useGo, useView } from '@/lib/place';
import { plural } from '@/lib/words';
import styles from './activity.module.css';
import { Details } from './Details';
import { matching, resultOf, verbOf, whereOf } from './model';

/** More than a person looks through; older ones stay in the journal. */
const MOST = 2000;

/** Everything that was done from this computer, with the command that repeats it. */
export function ActivityPage() {
  useBreadcrumb([{ label: 'Activity' }]);
  const go = useGo();
  const done = useActivity(MOST);
  const [words, setWords] = useState('');
  const [open, setOpen] = useView('open');
  useActions([{ id: 'activity-again', label: 'Read the journal again', keys: 'r', group: 'Activity', run: () => void done.refetch() }]);
  const all = done.data ?? [];
  const rows = matching(all, words);
  return (
    <Page>
      <PageHeader
        title="Activity" subtitle="What was done from this computer, in this window and by command. Newest first."
        actions={all.length > 0 ? <FilterField label="Filter activity" value={words} onChange={setWords} /> : undefined}
      />
      {done.isPending && <Skeleton label="Reading the journal" lines={8} />}
      {done.isError && <ErrorPanel problem={asProblem(done.error)} actions={<Button onClick={() => void done.refetch()}>Try again</Button>} />}
      {done.data !== undefined && (
        <Table
          label="Activity" rows={rows} rowKey={(one) => one.id} onOpen={(one) => setOpen(one.id)} selectedKey={open ?? ''} testId="activity"
          empty={words === ''
            ? <EmptyState icon={<HistoryIcon className="icon" aria-hidden />} title="Nothing was done yet" text="Plans, deploys and removals appear here, each with its result and the command that repeats it." actions={<Button onClick={go.home}>Open a project</Button>} />
            : <EmptyState icon={<HistoryIcon className="icon" aria-hidden />} title="Nothing has these words" text={`No activity matches ${words}.`} actions={<Button onClick={() => setWords('')}>Show all {all.length}</Button>} />}
          columns={[
            { id: 'what', header: 'What', width: '72px', cell: (one) => <b className={styles.verb}>{verbOf(one)}</b> },
            { id: 'stack', header: 'Stack', width: 'minmax(0, 5fr)', cell: (one) => <Fit text={one.stack} /> },
            { id: 'where', header: 'Where', width: '104px', cell: (one) => <span className={styles.quiet}>{whereOf(one)}</span> },
            { id: 'region', header: 'Region', width: '96px', cell: (one) => <span className={styles.quiet}>{one.region}</span> },
            { id: 'result', header: 'Result', width: '146px', cell: (one) => <Status {...resultOf(one)} /> },
            { id: 'took', header: 'Took', width: '84px', align: 'end', cell: (one) => (one.millis === null ? <span className={styles.quiet}>not known</span> : <Duration millis={one.millis} />) },
            { id: 'when', header: 'When', width: '88px', align: 'end', cell: (one) => <RelativeTime at={one.at} /> },
            { id: 'command', header: 'Command', width: '60px', align: 'end', cell: (one) => (one.command === '' ? '' : <CopyButton text={one.command} label={`Copy the command of this ${one.verb}`} />) },
          ]}
        />
      )}
      {all.length >= MOST && <p className={styles.quiet}>The newest {plural(MOST, 'entry', 'entries')} are shown.</p>}
      <Details one={all.find((one) => one.id === open)} onClose={() => setOpen(undefined)} />
    </Page>
  );
}
