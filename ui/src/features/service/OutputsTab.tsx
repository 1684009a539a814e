import { LogOutIcon } from 'lucide-react';
import type { Deployed, ProjectView } from '@/bridge';
import { Copy, EmptyState, Table } from '@/components';
import styles from './service.module.css';

export function OutputsTab({ project, deployed }: { project: ProjectView; deployed: Deployed | undefined }) {
  const live = deployed !== undefined && deployed.outputs.length > 0;
  const rows = live ? deployed.outputs : project.outputs;
  return (
    <Table
      label="Outputs" rows={rows} rowKey={(row) => row.name}
      empty={<EmptyState icon={<LogOutIcon className="icon" aria-hidden />} title="It has no outputs" text="A stack's outputs appear here after a deploy." />}
      columns={[
        { id: 'name', header: 'Output', width: 'minmax(0, 1fr)', cell: (row) => <b className={styles.name}>{row.name}</b> },
        { id: 'value', header: live ? 'Value' : 'What it will be', width: 'minmax(0, 2fr)', cell: (row) => (live ? <Copy text={row.value} label={`Copy ${row.name}`} max={72} /> : <span className={styles.quiet}>{row.value}</span>) },
      ]}
    />
  );
}
