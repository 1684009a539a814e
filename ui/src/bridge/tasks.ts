// Tasks: a numbered history told in batches, which a page that comes back reads on from where it was.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useReducer, useState } from 'react';
import { useHost } from './context';
import { asProblem } from './problem';
import type { Problem, TaskEvent, TaskView } from './generated/bindings';

export interface TaskHistory {
  view: TaskView | null;
  events: TaskEvent[];
  /** Why the task cannot be read. */
  problem: Problem | null;
}

type Said =
  | { kind: 'view'; view: TaskView }
  | { kind: 'events'; events: TaskEvent[] }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'other' };

export const nothing: TaskHistory = { view: null, events: [], problem: null };

/** Adds what is new. What was told before is told again after a reconnection, and is not counted twice. */
export function reduce(history: TaskHistory, said: Said): TaskHistory {
  switch (said.kind) {
    case 'other': return nothing;
    case 'view': return { ...history, view: said.view };
    case 'problem': return { ...history, problem: said.problem };
    case 'events': {
      let last = history.events.at(-1)?.seq ?? 0;
      const fresh: TaskEvent[] = [];
      for (const event of said.events) {
        if (event.seq !== last + 1) continue;
        fresh.push(event);
        last = event.seq;
      }
      if (fresh.length === 0) return history;
      return { ...history, events: history.events.concat(fresh) };
    }
  }
}

/** A task with its whole history, kept up to date. */
export function useTask(id: string): TaskHistory {
  const host = useHost();
  const [history, say] = useReducer(reduce, nothing);
  useEffect(() => {
    let gone = false;
    say({ kind: 'other' });
    const look = () => host.task(id).then((view) => { if (!gone) say({ kind: 'view', view }); }, (thrown: unknown) => { if (!gone) say({ kind: 'problem', problem: asProblem(thrown) }); });
    void look();
    const stop = host.watchTask(id, 0, (batch) => {
      if (gone) return;
      say({ kind: 'events', events: batch.events });
      if (batch.events.some((event) => event.step.kind === 'ended' || event.step.kind === 'cancelRequested')) void look();
    });
    return () => { gone = true; stop(); };
  }, [host, id]);
  return history;
}

/** Every task of this run of the app, newest first. When one ends, what pages show is read again. */
export function useTasks(): TaskView[] {
  const host = useHost();
  const client = useQueryClient();
  const [tasks, setTasks] = useState<TaskView[]>([]);
  useEffect(() => {
    let gone = false;
    const put = (view: TaskView) => setTasks((old) => [view, ...old.filter((one) => one.id !== view.id)].sort((a, b) => b.began.localeCompare(a.began)));
    void host.tasks().then((all) => { if (!gone) all.forEach(put); }, () => undefined);
    const stop = host.watchTasks((view) => {
      if (gone) return;
      put(view);
      if (view.ended !== null) void client.invalidateQueries();
    });
    return () => { gone = true; stop(); };
  }, [host, client]);
  return tasks;
}
