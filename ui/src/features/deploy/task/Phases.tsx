import { MarkIcon } from '@/components';
import type { TaskView } from '@/bridge';
import type { View } from './model';
import { lasting } from './time';
import { phases, type PhaseShown } from './words';
import styles from './Phases.module.css';

const MARKS = { done: 'ok', now: 'working', waiting: 'waiting', stopped: 'danger' } as const;
const WORDS = { done: 'done', now: 'being done', waiting: 'waiting', stopped: 'stopped' } as const;

/** The parts of the work, one after the other. */
export function Phases({ task, view, now }: { task: TaskView; view: View; now: number }) {
  return (
    <ol className={styles.phases} aria-label="Parts of the work">
      {phases(task, view, now).map((phase) => <Phase key={phase.key} phase={phase} />)}
    </ol>
  );
}

function Phase({ phase }: { phase: PhaseShown }) {
  return (
    <li className={`${styles.phase} ${styles[phase.state]}`} aria-current={phase.state === 'now' ? 'step' : undefined}>
      <span className={styles.bar} data-bar aria-hidden />
      <span className={styles.title}><MarkIcon mark={MARKS[phase.state]} label={WORDS[phase.state]} /><b>{phase.title}</b></span>
      <span className={styles.time}>{phase.millis === null ? ' ' : lasting(phase.state === 'now' ? Math.floor(phase.millis / 1000) * 1000 : phase.millis)}</span>
    </li>
  );
}
