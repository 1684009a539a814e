import { FolderXIcon, XIcon } from 'lucide-react';
import { useHost, useRefresh, type LastChange, type RecentProject } from '@/bridge';
import { IconButton, Middle, RelativeTime, Status, Table, type Mark } from '@/components';
import { useGo } from '@/lib/place';
import styles from './overview.module.css';

/** Projects that were open, newest first. */
export function Recent({ recent }: { recent: RecentProject[] }) {
  const go = useGo();
  const host = useHost();
  const refresh = useRefresh();
  return (
    <section className={styles.section} aria-label="Recent projects">
      <Table
        label="Recent projects" rows={recent} rowKey={(one) => one.id} testId="recent"
        onOpen={(one) => { if (!one.missing) go.place({ project: one.id, stage: one.stage, target: one.target }); }}
        columns={[
          { id: 'name', header: 'Project', width: 'minmax(0, 2fr)', cell: (one) => <b className={styles.name}><Middle text={one.name} max={36} /></b> },
          { id: 'folder', header: 'Folder', width: 'minmax(0, 3fr)', cell: (one) => <code title={one.folder}>{one.folder}</code> },
          { id: 'last', header: 'Last', width: 'minmax(0, 2fr)', cell: (one) => (one.missing ? <span className={styles.missing}><FolderXIcon className="icon" aria-hidden />Folder not found</span> : <Last last={one.last} />) },
          { id: 'opened', header: 'Opened', width: '110px', align: 'end', cell: (one) => <RelativeTime at={one.openedAt} /> },
          { id: 'forget', header: '', width: '28px', cell: (one) => <IconButton size="small" label={`Take ${one.name} off the list. Its files stay`} icon={<XIcon className="icon" aria-hidden />} onClick={(event) => { event.stopPropagation(); void host.forgetProject(one.id).then(refresh); }} /> },
        ]}
      />
    </section>
  );
}

const marks: Record<string, Mark> = { done: 'ok', 'nothing to do': 'ok', 'rolled back': 'warn', failed: 'danger', refused: 'warn', settled: 'unknown' };

function Last({ last }: { last: LastChange | null }) {
  if (last === null) return <span className={styles.quiet}>Not deployed from here</span>;
  const verb = last.verb === 'remove' ? 'removed' : 'deployed';
  const word = last.outcome === 'done' || last.outcome === 'nothing to do' ? `${verb} to ${last.targetWords}` : `${last.verb} ${last.outcome}`;
  return <Status mark={marks[last.outcome] ?? 'unknown'} word={word} />;
}
