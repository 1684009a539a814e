import { CalendarClockIcon, WaypointsIcon } from 'lucide-react';
import { useState } from 'react';
import type { ProjectView } from '@/bridge';
import { Button, EmptyState, FilterField, Fit, Table } from '@/components';
import { eventRows, fits } from './model';
import styles from './service.module.css';

const FILTERED = 6;

/** What calls its functions; a row opens the function. */
export function EventsTab({ project, onOpen }: { project: ProjectView; onOpen: (fn: string) => void }) {
  const [words, setWords] = useState('');
  const events = eventRows(project);
  const rows = events.filter((one) => fits(`${one.words} ${one.kindWords} ${one.function} ${one.notes.join(' ')}`, words));
  return (
    <div className={styles.stacked}>
      {events.length >= FILTERED && <FilterField label="Filter events" value={words} onChange={setWords} />}
      <Table
        label="Events" rows={rows} rowKey={(event) => event.key} onOpen={(event) => onOpen(event.function)} testId="events"
        empty={words === ''
          ? <EmptyState icon={<CalendarClockIcon className="icon" aria-hidden />} title="Nothing calls its functions" text={`Add events to a function in ${project.config}: http, httpApi or schedule.`} />
          : <EmptyState icon={<CalendarClockIcon className="icon" aria-hidden />} title="No event has these words" text={`Nothing matches ${words}.`} actions={<Button onClick={() => setWords('')}>Show all {events.length}</Button>} />}
        columns={[
          { id: 'what', header: 'Event', width: 'minmax(0, 4fr)', cell: (event) => <span className={styles.named}>{event.kind === 'schedule' ? <CalendarClockIcon className={`icon ${styles.ok}`} aria-hidden /> : <WaypointsIcon className={`icon ${styles.accent}`} aria-hidden />}<code title={event.words}>{event.words}</code></span> },
          { id: 'kind', header: 'Kind', width: 'minmax(72px, 1fr)', cell: (event) => <span className={styles.quiet}>{event.kindWords}</span> },
          { id: 'function', header: 'Calls', width: 'minmax(0, 2fr)', cell: (event) => <b className={styles.name}><Fit text={event.function} /></b> },
          { id: 'notes', header: 'With', width: 'minmax(0, 2fr)', cell: (event) => <span className={styles.quiet} title={event.notes.join(', ')}>{event.notes.join(', ')}</span> },
          { id: 'origin', header: 'Written in', width: 'minmax(80px, 2fr)', cell: (event) => (event.origin === null ? '' : <code className={styles.quiet}>{event.origin.file}:{event.origin.line}</code>) },
        ]}
      />
    </div>
  );
}
