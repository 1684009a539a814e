import { ErrorPanel, Page, PageHeader, Skeleton } from '@/components';
import { asProblem, useTasks, useTaskView, type Place, type PlanView, type Problem, type TaskView } from '@/bridge';
import { useParam } from '@/lib/place';
import { SeveralPlanned } from '../several';
import { ProblemOrConsent } from '@/shared/consent';
import { PlanAgain, usePlanAgain } from '../PlanAgain';
import { useFollowed } from '../useFollowed';
import { Gone } from './Gone';
import { Ready } from './Ready';
import { Working } from './Working';

/** What a deploy will do. The address names the task that worked it out, whose history holds the plan. */
export function PlanPage() {
  const id = useParam('plan');
  const task = useTaskView(id);
  if (task.isPending) return <Page><PageHeader title="Plan" /><Skeleton label="Loading the plan" lines={8} /></Page>;
  if (task.isError) {
    const problem = asProblem(task.error);
    return problem.code === 'TASK_UNKNOWN'
      ? <Gone why="Pilothouse was started again since, and it keeps plans only while it runs." />
      : <Page><ErrorPanel problem={problem} /></Page>;
  }
  return task.data.several == null ? <Planned key={id} task={task.data} /> : <SeveralPlanned key={id} task={task.data} several={task.data.several} />;
}

function Planned({ task }: { task: TaskView }) {
  const view = useFollowed(task);
  const { ended } = view;
  if (ended === null) return <Working task={task} view={view} />;
  if (ended.kind === 'done') {
    return ended.result.kind === 'plan' ? <Held plan={ended.result.plan} /> : <Gone why="This task made no plan." />;
  }
  const place = task.target === null || task.project === null ? null : { project: task.project, stage: null, target: task.target };
  return (
    <Page>
      <PageHeader
        title={ended.kind === 'cancelled' ? 'Planning was stopped' : 'There is no plan yet'}
        subtitle="Nothing was changed."
      />
      <NoPlan place={place} problem={ended.problem} />
    </Page>
  );
}

/** Why there is no plan. When code must be allowed first, allowing it plans again. */
function NoPlan({ place, problem }: { place: Place | null; problem: Problem }) {
  const planning = usePlanAgain();
  const again = () => { if (place !== null) planning.mutate(place); };
  return (
    <>
      <ProblemOrConsent place={place} problem={problem} onAgain={again} actions={<PlanAgain place={place} />} testId="plan-problem" />
      {planning.isError && <ErrorPanel problem={asProblem(planning.error)} />}
    </>
  );
}

/** A plan is good for one time: one that was executed points to what came of it. */
function Held({ plan }: { plan: PlanView }) {
  const tasks = useTasks();
  const executed = tasks.find((task) => task.kind === 'deploy' && task.plan?.id === plan.id);
  if (executed !== undefined) return <Gone plan={plan} executed={executed} why="It is good for one time." />;
  return <Ready plan={plan} />;
}
