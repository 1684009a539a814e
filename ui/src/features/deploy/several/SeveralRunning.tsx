import { useState } from 'react';
import { Undo2Icon, XIcon } from 'lucide-react';
import { Button, CopyButton, Page, PanelBlock, useActions, useToast } from '@/components';
import { asProblem, useHost, type SeveralTask, type TaskView } from '@/bridge';
import { cutMiddle } from '@/lib/words';
import { useGo } from '@/lib/place';
import panelStyles from '../plan/Panel.module.css';
import runningStyles from '../task/Running.module.css';
import { clock } from '../task/time';
import { useNow } from '../useNow';
import { placeOf } from './model';
import { QuestionCard } from './QuestionCard';
import type { SeveralView } from './progress';
import { Stands } from './Stands';
import { nowWords, removes } from './words';

/** A deploy or a removal of several services while it runs; what it asks is answered here. */
export function SeveralRunning({ task, several, view }: { task: TaskView; several: SeveralTask; view: SeveralView }) {
  const host = useHost();
  const go = useGo();
  const tell = useToast();
  const [isAsking, setAsking] = useState(false);
  const now = Math.max(0, useNow(true) - view.began);
  const isStopping = view.cancelWords !== null;
  const words = nowWords(view, task);
  const stop = removes(task) ? 'Stop removing' : 'Stop the deploy';
  const cancel = () => {
    setAsking(true);
    host.cancelTask(task.id).catch((thrown: unknown) => { setAsking(false); tell('danger', asProblem(thrown).title); });
  };
  useActions([
    { id: 'stop-task', label: isStopping ? 'Stop following' : stop, group: 'Task', reason: task.cancel === null ? 'This cannot be stopped' : undefined, run: cancel },
    { id: 'to-question', label: 'Go to what is asked', keys: 'n', group: 'Task', reason: view.questions.length === 0 ? 'Nothing is asked' : undefined, run: () => document.querySelector<HTMLElement>('[data-testid^="leave-"]')?.focus() },
    { id: 'to-service', label: 'Go to the services', keys: 'g', group: 'Task', run: () => go.service(task.project) },
  ]);
  return (
    <Page
      panel={
        <>
          {task.cancel !== null && <PanelBlock title={isStopping ? 'You asked to stop' : 'If you stop now'}><p className={runningStyles.quiet}>{view.cancelWords ?? task.cancel}</p></PanelBlock>}
          <PanelBlock title={removes(task) ? 'If one cannot be removed' : 'If one fails'}><p className={runningStyles.quiet}>{removes(task) ? 'It keeps what it leans on. The others go.' : 'What waits for it is held back. The others go on, and what stands stays.'}</p></PanelBlock>
          <PanelBlock title="The same from a terminal"><div className={panelStyles.command}><code>{several.command}</code><CopyButton text={several.command} label="Copy the command" /></div></PanelBlock>
        </>
      }
      foot={
        <>
          {task.cancel !== null && (
            <Button icon={isStopping ? <XIcon className="icon" aria-hidden /> : <Undo2Icon className="icon" aria-hidden />} title={view.cancelWords ?? task.cancel} busy={isAsking && !isStopping} onClick={cancel} data-testid="cancel-button">
              {isStopping ? 'Stop following' : isAsking ? 'Asking to stop' : stop}
            </Button>
          )}
          <p className={runningStyles.leave}>{isStopping ? 'What is under way ends by itself, whether you follow it or not.' : 'You can leave this page. The work goes on.'}</p>
          <Button onClick={() => go.service(task.project)}>Go to {cutMiddle(several.name, 32)}</Button>
        </>
      }
    >
      <header className={runningStyles.header}>
        <div className={runningStyles.titles}>
          <h1 className={runningStyles.title}>{task.title}</h1>
          <p className={runningStyles.now} role="status" aria-live="polite" data-testid="task-now"><b>{words.lead}</b> {words.rest}</p>
        </div>
        <div className={runningStyles.clock}><span className={runningStyles.elapsed} role="timer" data-testid="elapsed">{clock(now)}</span></div>
      </header>
      {view.questions.map((question) => <QuestionCard key={question.id} question={question} />)}
      <Stands view={view} task={task} now={now} place={placeOf(task, several)} />
    </Page>
  );
}
