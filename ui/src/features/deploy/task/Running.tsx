import { useState } from 'react';
import { Undo2Icon, XIcon } from 'lucide-react';
import { Button, Page, PanelBlock, useActions, useToast } from '@/components';
import { asProblem, useHost, type TaskView } from '@/bridge';
import { cutMiddle } from '@/lib/words';
import { useGo } from '@/lib/place';
import { useNow } from '../useNow';
import type { View } from './model';
import { clock } from './time';
import { Phases } from './Phases';
import { Said } from './Said';
import { Timeline } from './Timeline';
import { nowWords, title } from './words';
import styles from './Running.module.css';

/** A deploy or a removal while it runs: what is done, what is being done, what it waits for. */
export function Running({ task, view }: { task: TaskView; view: View }) {
  const host = useHost();
  const go = useGo();
  const [isAsking, setAsking] = useState(false);
  const tell = useToast();
  const now = Math.max(0, useNow(true) - view.began);
  // Only what the engine confirms is said: until then it is asked, and asked once.
  const isStopping = view.cancelWords !== null;
  const usual = task.plan?.usualMillis ?? null;
  const words = nowWords(task, view, now);
  const cancel = () => {
    setAsking(true);
    host.cancelTask(task.id).catch((thrown: unknown) => {
      setAsking(false);
      tell('danger', asProblem(thrown).title);
    });
  };
  useActions([
    { id: 'stop-task', label: isStopping ? 'Stop following' : stopLabel(task), group: 'Task', reason: task.cancel === null ? 'This cannot be stopped' : undefined, run: cancel },
    { id: 'to-service', label: 'Go to the service', keys: 'g', group: 'Task', run: () => go.service(task.project) },
  ]);
  return (
    <Page
      panel={
        <>
          <Said view={view} />
          {task.cancel !== null && <PanelBlock title={isStopping ? 'You asked to stop' : 'If you stop now'}><p className={styles.quiet}>{view.cancelWords ?? task.cancel}</p></PanelBlock>}
          <PanelBlock title="If this computer stops">
            <p className={styles.quiet}>{task.target?.kind === 'sandbox' ? 'The sandbox stops with it. The next plan says what stands.' : 'AWS goes on. Pilothouse reads the stack when it opens again and says what happened.'}</p>
          </PanelBlock>
        </>
      }
      foot={
        <>
          {task.cancel !== null && (
            <Button
              icon={isStopping ? <XIcon className="icon" aria-hidden /> : <Undo2Icon className="icon" aria-hidden />}
              title={view.cancelWords ?? task.cancel}
              busy={isAsking && !isStopping}
              onClick={cancel}
              data-testid="cancel-button"
            >
              {isStopping ? 'Stop following' : isAsking ? 'Asking to stop' : stopLabel(task)}
            </Button>
          )}
          <p className={styles.leave}>{isStopping ? 'AWS finishes stopping by itself, whether you follow it or not.' : 'You can leave this page. The work goes on.'}</p>
          <Button onClick={() => go.service(task.project)}>Go to {cutMiddle(task.plan?.service ?? 'the service', 32)}</Button>
        </>
      }
    >
      <header className={styles.header}>
        <div className={styles.titles}>
          <h1 className={styles.title}>{title(task)}</h1>
          <p className={styles.now} role="status" aria-live="polite" data-testid="task-now"><b>{words.lead}</b> {words.rest}</p>
        </div>
        <div className={styles.clock}>
          <span className={styles.elapsed} role="timer" data-testid="elapsed">{clock(now)}</span>
          {usual !== null && <span className={styles.quiet}>of about {clock(usual)}</span>}
        </div>
      </header>
      <Phases task={task} view={view} now={now} />
      <h2 className="srOnly">Resources</h2>
      {view.rows.size > 0
        ? <Timeline view={view} now={now} usual={usual} />
        : <p className={styles.quiet}>Nothing has begun yet: waiting for AWS, since {clock(now)}.</p>}
    </Page>
  );
}

function stopLabel(task: TaskView): string {
  if (task.kind === 'remove') return 'Stop removing';
  const isFirst = task.plan?.course === 'create' || task.plan?.course === 'anew';
  if (task.plan?.course === 'code') return 'Stop the deploy';
  return isFirst ? 'Stop and delete what was made' : 'Stop and put back what stood before';
}
