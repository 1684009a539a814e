import { BoxesIcon } from 'lucide-react';
import { useState } from 'react';
import type { Deployed, ProjectView } from '@/bridge';
import { Badge, Button, Copy, EmptyState, FilterField, Fit, Status, Table } from '@/components';
import { fits, joined, resourceState } from './model';
import styles from './service.module.css';

/** Each resource once: what the file wants, what stands. */
export function ResourcesTab({ project, deployed }: { project: ProjectView; deployed: Deployed | undefined }) {
  const [words, setWords] = useState('');
  const all = joined(project, deployed);
  const known = deployed !== undefined && deployed.standing !== 'unknown';
  const rows = all.filter((row) => fits(`${row.id} ${row.type} ${row.words} ${row.physical ?? ''} ${resourceState(row.status, known).word}`, words));
  if (all.length === 0) return <EmptyState icon={<BoxesIcon className="icon" aria-hidden />} title="It makes nothing yet" text={`Functions, and what is under resources in ${project.config}, appear here.`} />;
  return (
    <div className={styles.stacked}>
      <FilterField label="Filter resources" value={words} onChange={setWords} />
      <Table
        label="Resources" rows={rows} rowKey={(row) => row.id} testId="resources"
        empty={<EmptyState icon={<BoxesIcon className="icon" aria-hidden />} title="No resource has these words" text={`Nothing matches ${words}.`} actions={<Button onClick={() => setWords('')}>Show all {all.length}</Button>} />}
        columns={[
          { id: 'id', header: 'Resource', width: 'minmax(0, 3fr)', cell: (row) => <b className={styles.name}><Fit text={row.id} /></b> },
          { id: 'type', header: 'Type', width: 'minmax(0, 2fr)', cell: (row) => <span className={styles.quiet} title={row.type}>{row.words}</span> },
          { id: 'physical', header: 'Id at AWS', width: 'minmax(0, 3fr)', cell: (row) => (row.physical === null ? '' : <Copy text={row.physical} label={`Copy the id of ${row.id}`} max={28} />) },
          { id: 'status', header: 'State', width: '112px', cell: (row) => <span title={row.status ?? undefined}><Status {...resourceState(row.status, known)} /></span> },
          { id: 'origin', header: 'Written in', width: 'minmax(104px, 2fr)', cell: (row) => (row.isLeft ? <span title="The next deploy removes it, or lets it go"><Badge tone="warn">not in the file</Badge></span> : <code className={styles.quiet}>{row.origin ?? 'added for you'}</code>) },
        ]}
      />
    </div>
  );
}
