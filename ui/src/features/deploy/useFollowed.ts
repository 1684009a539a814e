// A task and what it told, from its first event on; a page that was reloaded is told everything again.
import { useEffect, useState } from 'react';
import { useHost, type TaskEvent, type TaskView } from '@/bridge';
import { fold, initial, type View } from './task/model';

/** Nobody reads faster; a large stack tells hundreds of events in a second. */
const REST = 100;

/** The component must be keyed by the task's id. */
export function useFollowed(task: TaskView): View {
  const host = useHost();
  const [view, setView] = useState(() => initial(task));
  useEffect(() => {
    let waiting: TaskEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shownAt = -REST;
    const show = () => {
      timer = undefined;
      shownAt = performance.now();
      const events = waiting;
      waiting = [];
      setView((so) => fold(so, events, task.plan));
    };
    // What comes after a rest is shown at once; what comes close together is shown together.
    const stop = host.watchTask(task.id, 0, (batch) => {
      waiting = waiting.concat(batch.events);
      const rested = performance.now() - shownAt;
      if (rested >= REST) show();
      else timer ??= setTimeout(show, REST - rested);
    });
    return () => { clearTimeout(timer); stop(); };
  }, [host, task.id, task.plan]);
  return view;
}
