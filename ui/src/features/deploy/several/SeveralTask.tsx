import { useCallback } from 'react';
import type { SeveralTask as Several, TaskView } from '@/bridge';
import { useFolded } from '../useFollowed';
import { add, begin } from './progress';
import { SeveralPlanned } from './SeveralPlanned';
import { SeveralResult } from './SeveralResult';
import { SeveralRunning } from './SeveralRunning';

/** A task on several services while it runs, and what came of it. */
export function SeveralTask({ task, several }: { task: TaskView; several: Several }) {
  if (task.kind === 'planSeveral' || task.kind === 'planRemovalOfSeveral') return <SeveralPlanned task={task} several={several} />;
  return <Followed task={task} several={several} />;
}

function Followed({ task, several }: { task: TaskView; several: Several }) {
  const start = useCallback((one: TaskView) => begin(one, several), [several]);
  const view = useFolded(task, start, add);
  return view.ended === null ? <SeveralRunning task={task} several={several} view={view} /> : <SeveralResult task={task} several={several} view={view} ended={view.ended} />;
}
