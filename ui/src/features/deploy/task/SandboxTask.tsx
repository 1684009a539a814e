import { Button, ErrorPanel, MarkIcon, Page, PageHeader, type Mark } from '@/components';
import { useHost, type TaskView } from '@/bridge';
import { useGo } from '@/lib/place';
import { useNow } from '../useNow';
import type { View } from './model';
import { clock } from './time';
import styles from './SandboxTask.module.css';

/** A task without resources: its steps, one under the other. */
export function SandboxTask({ task, view }: { task: TaskView; view: View }) {
  const host = useHost();
  const go = useGo();
  const now = Math.max(0, useNow(view.ended === null) - view.began);
  const steps = [
    ...view.sandboxSteps.map((step) => ({ words: step.words, at: step.at })),
    ...view.phases.map((phase) => ({ words: phase.words, at: phase.from })),
  ].sort((a, b) => a.at - b.at);
  const { ended } = view;
  const isOfSandbox = task.kind.startsWith('sandbox');
  return (
    <Page narrow>
      <PageHeader
        title={task.title}
        subtitle={ended === null ? (view.sandbox?.words ?? task.now) : outcome(ended.kind)}
        marks={<span className={styles.clock} role="timer">{clock(view.endedAt ?? now)}</span>}
        actions={
          <>
            {ended === null && task.cancel !== null && <Button title={task.cancel} onClick={() => void host.cancelTask(task.id)} data-testid="cancel-button">Stop</Button>}
            {isOfSandbox && <Button onClick={() => go.sandbox()}>Go to the sandbox</Button>}
            {task.kind === 'plan' && <Button variant="primary" onClick={() => go.plan(task.id)}>Go to the plan</Button>}
            {task.kind === 'planRemoval' && <Button onClick={() => go.service(task.project)}>Go to the service</Button>}
          </>
        }
      />
      {steps.length > 0 && (
        <ol className={styles.steps} aria-label="Steps">
          {steps.map((step, index) => (
            <li key={`${step.at}-${step.words}`} className={styles.step}>
              <MarkIcon mark={markOf(index === steps.length - 1, ended)} />
              <span className={styles.words}>{step.words}{index === steps.length - 1 && ended === null && count(view)}</span>
              <span className={styles.at}>{clock(step.at)}</span>
            </li>
          ))}
        </ol>
      )}
      {ended !== null && ended.kind !== 'done' && <ErrorPanel problem={ended.problem} testId="failure" />}
    </Page>
  );
}

function count(view: View): string {
  const { done, of } = view.sandbox ?? { done: null, of: null };
  if (done === null || done === 0) return '';
  return of === null ? `, ${done} so far` : `, ${done} of ${of}`;
}

function markOf(isLast: boolean, ended: View['ended']): Mark {
  if (!isLast || ended?.kind === 'done') return 'ok';
  return ended === null ? 'working' : 'danger';
}

function outcome(kind: 'done' | 'failed' | 'cancelled'): string {
  return kind === 'done' ? 'Done.' : kind === 'failed' ? 'It failed.' : 'It was stopped.';
}
