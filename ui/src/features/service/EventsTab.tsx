import { CalendarClockIcon } from 'lucide-react';
import type { ProjectView } from '@/bridge';
import { EmptyState, Table } from '@/components';
import styles from './service.module.css';

export function EventsTab({ project }: { project: ProjectView }) {
  const events = project.functions.flatMap((one) => one.events.map((event, index) => ({ ...event, key: `${one.key}:${index}` })));
  return (
    <Table
      label="Events" rows={events} rowKey={(event) => event.key}
      empty={<EmptyState icon={<CalendarClockIcon className="icon" aria-hidden />} title="Nothing calls its functions" text={`Add events to a function in ${project.config}: http, httpApi or schedule.`} />}
      columns={[
        { id: 'what', header: 'Event', width: 'minmax(0, 2fr)', cell: (event) => <b className={styles.name}>{event.words}</b> },
        { id: 'kind', header: 'Kind', width: '110px', cell: (event) => event.kindWords },
        { id: 'function', header: 'Calls', width: 'minmax(0, 1fr)', cell: (event) => event.function },
        { id: 'notes', header: 'With', width: 'minmax(0, 1fr)', cell: (event) => <span className={styles.quiet}>{event.notes.join(', ')}</span> },
        { id: 'origin', header: 'Written in', width: '140px', cell: (event) => (event.origin === null ? '' : <code className={styles.quiet}>{event.origin.file}:{event.origin.line}</code>) },
      ]}
    />
  );
}
