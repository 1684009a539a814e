import type { useLive, Live } from '@/bridge';
import { RefreshCwIcon } from 'lucide-react';
import { asProblem } from '@/bridge';
import { Banner, Button, Copy, Fit, RelativeTime, Status, Table } from '@/components';
import { counted, LIVE, whom } from './live';
import styles from './live.module.css';

/** Who was asked what stands, when, and what came of it; and a way to ask again. */
export function LiveLine({ asked }: { asked: ReturnType<typeof useLive> }) {
  const { data, isFetching, error, refetch } = asked;
  const again = <Button size="small" icon={<RefreshCwIcon className="icon" aria-hidden />} busy={isFetching} onClick={() => void refetch()} data-testid="live-again">Ask again</Button>;
  if (error !== null) {
    const problem = asProblem(error);
    return <Banner tone="warn" title={`What stands could not be asked: ${problem.title}`} actions={again}>{[data === undefined ? 'The drawing shows the files alone.' : <>What is shown was asked <RelativeTime at={data.askedAt} />.</>, ' ', ...problem.hints.slice(0, 1)]}</Banner>;
  }
  if (data === undefined) return <div className={styles.line}><Status mark="working" word="Asking what stands" testId="live-line" /></div>;
  const { live } = data;
  if (live === null) return <div className={styles.line}><Status mark="unknown" word="The sandbox is stopped: what stands in it is not known" testId="live-line" />{again}</div>;
  return (
    <div className={styles.line} data-testid="live-line">
      <span>{whom(live)}: {live.status === null ? 'nothing stands' : <code>{live.status}</code>}</span>
      {live.status !== null && counted(live).map((one) => <Status key={one.state} mark={LIVE[one.state].mark} word={one.words} />)}
      <span className={styles.asked}>asked <RelativeTime at={data.askedAt} /></span>
      {again}
    </div>
  );
}

/** Every resource with how it stands, and what was not asked. */
export function LiveTable({ live }: { live: Live }) {
  return (
    <section className={styles.part} aria-labelledby="live-title">
      <h2 id="live-title" className={styles.title}>How it stands</h2>
      {live.reason !== null && <p className={styles.quiet}>{live.reason}</p>}
      <Table
        label="How each resource stands" rows={live.resources} rowKey={(one) => one.logicalId} testId="live-table"
        empty={<p className={styles.quiet}>The files ask for nothing, and nothing stands.</p>}
        columns={[
          { id: 'id', header: 'Resource', width: 'minmax(0, 3fr)', cell: (one) => <b className={styles.name}><Fit text={one.logicalId} /></b> },
          { id: 'type', header: 'Type', width: 'minmax(0, 2fr)', cell: (one) => <span className={styles.quiet} title={one.resourceType}>{one.typeWords}</span> },
          { id: 'state', header: 'State', width: '176px', cell: (one) => <span title={one.status ?? undefined}><Status mark={LIVE[one.state].mark} word={LIVE[one.state].word} /></span> },
          { id: 'physical', header: 'Id at AWS', width: 'minmax(0, 2fr)', cell: (one) => (one.physicalId === null ? '' : <Copy text={one.physicalId} label={`Copy the id of ${one.logicalId}`} max={24} />) },
          { id: 'differs', header: 'What differs', width: 'minmax(0, 3fr)', cell: (one) => <span className={styles.changes} title={one.changes.join('\n')}>{one.changes.join('; ')}</span> },
        ]}
      />
      {live.unknown.length > 0 && <ul className={styles.unknown} aria-label="What is not known" data-testid="live-unknown">{live.unknown.map((words) => <li key={words}><Status mark="unknown" word={words} /></li>)}</ul>}
    </section>
  );
}
