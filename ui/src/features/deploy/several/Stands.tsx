import { MarkIcon } from '@/components';
import type { Place, TaskView } from '@/bridge';
import { Fit } from '@/components';
import { clock } from '../task/time';
import { OpenService } from './OpenService';
import { standsOf, type SeveralView, type Stand } from './progress';
import { standWords } from './words';
import styles from './Stands.module.css';

/** Each service with its step, what it does or waits for, and how far it is. */
export function Stands({ view, task, now, place }: { view: SeveralView; task: TaskView; now: number; place: Place | null }) {
  const all = standsOf(view);
  const steps = [...new Set(all.map((one) => one.level))].sort((a, b) => a - b);
  return (
    <div className={styles.steps} data-testid="stands">
      {steps.map((level) => {
        const own = all.filter((one) => one.level === level);
        return (
          <section key={level} className={styles.step} aria-label={`Step ${level + 1}`}>
            {steps.length > 1 && <h2 className={styles.title}>Step {level + 1} <span>{summary(own)}</span></h2>}
            <ul className={styles.list}>{own.map((one) => <Line key={one.name} one={one} view={view} task={task} now={now} place={place} />)}</ul>
          </section>
        );
      })}
    </div>
  );
}

function summary(own: Stand[]): string {
  if (own.length === 1) return '';
  const done = own.filter((one) => one.state === 'done').length;
  return done === 0 ? `${own.length} services, at the same time` : `${done} of ${own.length}`;
}

function Line({ one, view, task, now, place }: { one: Stand; view: SeveralView; task: TaskView; now: number; place: Place | null }) {
  const words = standWords(one, view, task);
  const isMoving = one.state === 'deploying' || one.state === 'removing';
  const took = one.from === null ? null : (one.to ?? now) - one.from;
  const total = Math.max(one.changes ?? 0, one.settled.size);
  return (
    <li className={`${styles.line} ${styles[`is-${one.state}`] ?? ''}`} data-testid={`stand-${one.name}`} data-state={one.state}>
      <MarkIcon mark={words.mark} />
      <b className={styles.name}><Fit text={one.name} /></b>
      <span className={styles.state} title={`${words.word} ${words.rest}`}><span className={styles.word}>{words.word}</span> <span className={styles.rest}>{words.rest}</span></span>
      <span className={styles.progress}>
        {isMoving && one.changes !== null && <progress value={one.settled.size} max={total} aria-label={`Resources of ${one.name}`} />}
        {isMoving && one.settled.size > 0 && <span className={styles.count}>{one.changes === null ? `${one.settled.size} done` : `${one.settled.size} of ${total}`}</span>}
      </span>
      <span className={styles.time}>{took === null || one.state === 'held' || one.state === 'planned' ? '' : clock(took)}{isMoving && one.usual !== null && ` of about ${clock(one.usual)}`}</span>
      <OpenService place={place} name={one.name} />
    </li>
  );
}
