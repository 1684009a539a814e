// A task and what it told, from its first event on; a page that was reloaded is told everything again.
import { useCallback, useEffect, useState } from 'react';
import { useHost, type TaskEvent, type TaskView } from '@/bridge';
import { fold, initial, type View } from './task/model';

/** Nobody reads faster; a large stack tells hundreds of events in a second. */
const REST = 100;

/** A task of one service. The component must be keyed by the task's id. */
export function useFollowed(task: TaskView): View {
  const { plan } = task;
  const add = useCallback((view: View, events: TaskEvent[]) => fold(view, events, plan), [plan]);
  return useFolded(task, initial, add);
}

/** What a task told, folded into what its page shows. */
export function useFolded<V>(task: TaskView, begin: (task: TaskView) => V, add: (view: V, events: TaskEvent[]) => V): V {
  const host = useHost();
  const [view, setView] = useState(() => begin(task));
  useEffect(() => {
    let waiting: TaskEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shownAt = -REST;
    const show = () => {
      timer = undefined;
      shownAt = performance.now();
      const events = waiting;
      waiting = [];
      setView((so) => add(so, events));
    };
    // What comes after a rest is shown at once; what comes close together is shown together.
    const stop = host.watchTask(task.id, 0, (batch) => {
      waiting = waiting.concat(batch.events);
      const rested = performance.now() - shownAt;
      if (rested >= REST) show();
      else timer ??= setTimeout(show, REST - rested);
    });
    return () => { clearTimeout(timer); stop(); };
  }, [host, task.id, add]);
  return view;
}
