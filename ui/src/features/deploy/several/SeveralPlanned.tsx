import { useCallback } from 'react';
import { ErrorPanel, Page, PageHeader } from '@/components';
import { useTasks, type SeveralTask, type TaskView } from '@/bridge';
import { useBreadcrumb } from '@/lib/frame';
import { plural } from '@/lib/words';
import { useFolded } from '../useFollowed';
import { useNow } from '../useNow';
import { placeOf } from './model';
import { PlanAllAgain } from './PlanAllAgain';
import { add, begin, type SeveralView } from './progress';
import { SeveralGone } from './SeveralGone';
import { SeveralPlanReady } from './SeveralPlanReady';
import { SeveralRemovalReady } from './SeveralRemovalReady';
import { Stands } from './Stands';
import { removes } from './words';

/** What a deploy or a removal of several services will do: while it is worked out, and then to be settled. */
export function SeveralPlanned({ task, several }: { task: TaskView; several: SeveralTask }) {
  const start = useCallback((one: TaskView) => begin(one, several), [several]);
  const view = useFolded(task, start, add);
  const tasks = useTasks();
  const place = placeOf(task, several);
  const { ended } = view;
  useBreadcrumb([{ label: several.name, ...(task.project === null ? {} : { project: task.project }) }, { label: removes(task) ? 'Removal' : 'Plan' }]);
  if (ended === null) return <Working task={task} several={several} view={view} />;
  if (ended.kind !== 'done') {
    return (
      <Page>
        <PageHeader title={ended.kind === 'cancelled' ? 'Planning was stopped' : 'There is no plan yet'} subtitle="Nothing was changed." />
        <ErrorPanel problem={ended.problem} actions={<PlanAllAgain place={place} />} testId="plan-problem" />
      </Page>
    );
  }
  const executed = tasks.find((one) => one.several?.shown === task.id);
  if (executed !== undefined) return <SeveralGone name={several.name} place={place} executed={executed} why="It is good for one time." />;
  switch (ended.result.kind) {
    case 'severalPlan': return <SeveralPlanReady plan={ended.result.plan} />;
    case 'severalRemoval': return <SeveralRemovalReady removal={ended.result.removal} />;
    default: return <SeveralGone name={several.name} place={place} why="This task made no plan." />;
  }
}

function Working({ task, several, view }: { task: TaskView; several: SeveralTask; view: SeveralView }) {
  const now = Math.max(0, useNow(true) - view.began);
  const all = plural(several.services.length, 'service');
  return (
    <Page>
      <PageHeader title={removes(task) ? 'Looking what goes' : 'Working out the plan'} subtitle={removes(task) ? `What each of the ${all} of ${several.name} holds. Nothing is deleted.` : `${all} of ${several.name}, one after the other. Nothing is changed.`} />
      <Stands view={view} task={task} now={now} place={null} />
    </Page>
  );
}
