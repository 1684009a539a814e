import { LogOutIcon } from 'lucide-react';
import type { Deployed, ProjectView } from '@/bridge';
import { Copy, EmptyState, Table } from '@/components';
import styles from './service.module.css';

/** What the stack tells others; before a deploy, what it will tell. */
export function OutputsTab({ project, deployed }: { project: ProjectView; deployed: Deployed | undefined }) {
  const live = deployed !== undefined && deployed.outputs.length > 0;
  return (
    <Table
      label="Outputs" rows={live ? deployed.outputs : project.outputs} rowKey={(row) => row.name} testId="outputs"
      empty={<EmptyState icon={<LogOutIcon className="icon" aria-hidden />} title="It has no outputs" text="A stack's outputs appear here after a deploy." />}
      columns={[
        { id: 'name', header: 'Output', width: 'minmax(0, 1fr)', cell: (row) => <b className={styles.name} title={row.name}>{row.name}</b> },
        { id: 'value', header: live ? 'Value' : 'After a deploy', width: 'minmax(0, 2fr)', cell: (row) => (live ? <Copy text={row.value} label={`Copy ${row.name}`} max={80} /> : <span className={styles.quiet} title={row.value}>{row.value}</span>) },
      ]}
    />
  );
}
