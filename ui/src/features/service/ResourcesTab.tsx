import { useState } from 'react';
import type { Deployed, ProjectView } from '@/bridge';
import { Copy, FilterField, Middle, Status, Table, type Mark } from '@/components';
import styles from './service.module.css';

interface Row { id: string; type: string; words: string; physical: string | null; status: string | null; origin: string }

/** The file's resources and the cloud's, joined by their logical ids. */
export function joined(project: ProjectView, deployed: Deployed | undefined): Row[] {
  const standing = new Map((deployed?.resources ?? []).map((one) => [one.logicalId, one]));
  const planned: Row[] = project.resources.map((one) => {
    const there = standing.get(one.logicalId);
    standing.delete(one.logicalId);
    const origin = one.origin === null ? '' : `${one.origin.file}:${one.origin.line}`;
    return { id: one.logicalId, type: one.resourceType, words: one.typeWords, physical: there?.physicalId ?? null, status: there?.status ?? null, origin };
  });
  const rest = [...standing.values()].map((one) => ({ id: one.logicalId, type: one.resourceType, words: one.typeWords, physical: one.physicalId, status: one.status, origin: 'not in the file' }));
  return [...planned, ...rest];
}

function mark(status: string | null): { mark: Mark; word: string } {
  if (status === null) return { mark: 'off', word: 'Not deployed' };
  if (status.endsWith('_FAILED')) return { mark: 'danger', word: 'Failed' };
  if (status.endsWith('_COMPLETE')) return { mark: 'ok', word: 'Stands' };
  return { mark: 'working', word: 'Changing' };
}

export function ResourcesTab({ project, deployed }: { project: ProjectView; deployed: Deployed | undefined }) {
  const [words, setWords] = useState('');
  const rows = joined(project, deployed).filter((row) => `${row.id} ${row.type} ${row.words} ${row.physical ?? ''}`.toLowerCase().includes(words.toLowerCase()));
  return (
    <div className={styles.stacked}>
      <FilterField label="Filter resources" value={words} onChange={setWords} />
      <Table
        label="Resources" rows={rows} rowKey={(row) => row.id} testId="resources" empty={<p className={styles.quiet}>No resource matches {words}.</p>}
        columns={[
          { id: 'id', header: 'Resource', width: 'minmax(0, 2fr)', cell: (row) => <b className={styles.name}><Middle text={row.id} max={42} /></b> },
          { id: 'type', header: 'Type', width: 'minmax(0, 1fr)', cell: (row) => <span title={row.type}>{row.words}</span> },
          { id: 'physical', header: 'Id at AWS', width: 'minmax(0, 2fr)', cell: (row) => (row.physical === null ? '' : <Copy text={row.physical} label={`Copy the id of ${row.id}`} max={36} />) },
          { id: 'status', header: 'State', width: '120px', cell: (row) => <span title={row.status ?? undefined}><Status {...mark(row.status)} /></span> },
          { id: 'origin', header: 'Written in', width: '130px', cell: (row) => <code className={styles.quiet}>{row.origin}</code> },
        ]}
      />
    </div>
  );
}
