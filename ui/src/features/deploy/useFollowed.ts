// A task and what it told, from its first event on; a page that was reloaded is told everything again.
import { useEffect, useState } from 'react';
import { useHost, type TaskView } from '@/bridge';
import { fold, initial, type View } from './task/model';

/** The component must be keyed by the task's id. */
export function useFollowed(task: TaskView): View {
  const host = useHost();
  const [view, setView] = useState(() => initial(task));
  useEffect(
    () => host.watchTask(task.id, 0, (batch) => setView((so) => fold(so, batch.events, task.plan))),
    [host, task.id, task.plan],
  );
  return view;
}
