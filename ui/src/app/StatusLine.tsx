import { Popover } from '@base-ui/react/popover';
import { LockIcon } from 'lucide-react';
import { useState } from 'react';
import { useTasks, type TaskState, type TaskView } from '@/bridge';
import { Kbd, MarkIcon, RelativeTime, type Mark } from '@/components';
import { useGo } from '@/lib/place';
import { plural } from '@/lib/words';
import { openKeys } from './Keys';
import styles from './StatusLine.module.css';

const marks: Record<TaskState, Mark> = { running: 'working', cancelling: 'working', done: 'ok', failed: 'danger', cancelled: 'warn' };
const words: Record<TaskState, string> = { running: 'runs', cancelling: 'stopping', done: 'done', failed: 'failed', cancelled: 'stopped' };

/** What runs and what ended last. Tasks outlive their pages. */
export function StatusLine({ production }: { production: boolean }) {
  const tasks = useTasks();
  const [open, setOpen] = useState(false);
  const running = tasks.filter((task) => task.ended === null);
  const last = tasks.find((task) => task.ended !== null);
  const first = running[0];
  return (
    <footer className={`${styles.line} ${production ? styles.production : ''}`}>
      {production && <span className={styles.part}><LockIcon className="icon" aria-hidden /><b>PRODUCTION</b></span>}
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger className={styles.part} data-testid="status-line">
          {first !== undefined ? (
            <><MarkIcon mark="working" /><span className={styles.words}>{running.length > 1 ? `${plural(running.length, 'task')}: ` : ''}{first.title}{first.now === '' ? '' : `: ${first.now}`}</span></>
          ) : last !== undefined ? (
            <><MarkIcon mark={marks[last.state]} /><span className={styles.words}>{last.title}: {words[last.state]}</span></>
          ) : (
            <><MarkIcon mark="off" /><span>Nothing running</span></>
          )}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner side="top" align="start" sideOffset={6} className={styles.place}>
            <Popover.Popup className={styles.popup} aria-label="Tasks">
              {tasks.length === 0 ? <p className={styles.none}>Nothing was done since Pilothouse was started.</p> : <TaskList tasks={tasks} onOpen={() => setOpen(false)} />}
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
      <span className={styles.space} />
      <button type="button" className={styles.part} onClick={openKeys}><Kbd>?</Kbd>Keys on this page</button>
    </footer>
  );
}

function TaskList({ tasks, onOpen }: { tasks: TaskView[]; onOpen: () => void }) {
  const go = useGo();
  return (
    <ul className={styles.tasks}>
      {tasks.slice(0, 12).map((task) => (
        <li key={task.id}>
          <button type="button" className={styles.task} onClick={() => { onOpen(); if (task.kind === 'plan') go.plan(task.id); else go.task(task.id); }}>
            <MarkIcon mark={marks[task.state]} label={words[task.state]} />
            <span className={styles.names}><b>{task.title}</b><span>{task.now === '' ? words[task.state] : task.now}</span></span>
            <RelativeTime at={task.ended ?? task.began} />
          </button>
        </li>
      ))}
    </ul>
  );
}
