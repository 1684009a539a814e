import { RefreshCwIcon, ScrollTextIcon } from 'lucide-react';
import { useTask, type TaskView } from '@/bridge';
import { Button, ErrorPanel, MarkIcon } from '@/components';
import { useGo } from '@/lib/place';
import styles from './sandbox.module.css';

/** What is being fetched or started now, and how much of it is done. */
export function Progress({ task }: { task: TaskView }) {
  const go = useGo();
  const { events } = useTask(task.id);
  const step = events.findLast((event) => event.step.kind === 'sandbox')?.step;
  const now = step?.kind === 'sandbox' ? step : null;
  const { done, of } = now ?? { done: null, of: null };
  return (
    <section className={styles.progress} aria-label={task.title} data-testid="sandbox-progress">
      <MarkIcon mark="working" />
      <div className={styles.told}>
        <b aria-live="polite">{now?.words ?? (task.now === '' ? task.title : task.now)}</b>
        {done !== null && of !== null && of > 0 && (
          <div className={styles.measure}>
            <progress className={styles.bar} value={done} max={of} aria-label="Done of it" />
            <span>{done} of {of}</span>
          </div>
        )}
      </div>
      <Button size="small" icon={<ScrollTextIcon className="icon" aria-hidden />} onClick={() => go.task(task.id)}>See each step</Button>
    </section>
  );
}

/** The last attempt failed: why, and the way out. */
export function WhyItFailed({ task, onAgain }: { task: TaskView; onAgain: () => void }) {
  const go = useGo();
  const { events } = useTask(task.id);
  const last = events.at(-1)?.step;
  if (last?.kind !== 'ended' || last.ended.kind !== 'failed') return null;
  return (
    <ErrorPanel
      problem={last.ended.problem} testId="sandbox-problem"
      actions={<><Button icon={<RefreshCwIcon className="icon" aria-hidden />} onClick={onAgain}>Try again</Button><Button variant="quiet" onClick={() => go.task(task.id)}>See each step</Button></>}
    />
  );
}
