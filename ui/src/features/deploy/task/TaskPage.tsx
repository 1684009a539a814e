import { HistoryIcon } from 'lucide-react';
import { Button, EmptyState, ErrorPanel, Page, PageHeader, Skeleton } from '@/components';
import { asProblem, useTaskView, type TaskView } from '@/bridge';
import { useBreadcrumb, type Crumb } from '@/lib/frame';
import { useGo, useParam } from '@/lib/place';
import { SeveralTask } from '../several';
import { useFollowed } from '../useFollowed';
import { Done } from './Done';
import { Failed } from './Failed';
import { Removed } from './Removed';
import { Running } from './Running';
import { SandboxTask } from './SandboxTask';

/** A task while it runs, and what came of it. */
export function TaskPage() {
  const id = useParam('task');
  const task = useTaskView(id);
  const go = useGo();
  useBreadcrumb(task.data === undefined ? [{ label: 'Task' }] : crumbs(task.data));
  if (task.isPending) return <Page><PageHeader title="Task" /><Skeleton label="Loading the task" lines={8} /></Page>;
  if (task.isError) {
    const problem = asProblem(task.error);
    if (problem.code !== 'TASK_UNKNOWN') return <Page><ErrorPanel problem={problem} /></Page>;
    return (
      <Page>
        <PageHeader title="Task" />
        <EmptyState
          icon={<HistoryIcon className="icon" aria-hidden />}
          title="This task is from before"
          text="Pilothouse was started again since. What was done is in Activity, and what AWS was doing goes on."
          actions={<Button variant="primary" onClick={() => go.activity()}>Go to Activity</Button>}
        />
      </Page>
    );
  }
  return task.data.several == null ? <Followed key={id} task={task.data} /> : <SeveralTask key={id} task={task.data} several={task.data.several} />;
}

function crumbs(task: TaskView): Crumb[] {
  const service = task.several?.name ?? task.plan?.service;
  return [...(service === undefined || task.project === null ? [] : [{ label: service, project: task.project }]), { label: short(task) }];
}

function short(task: TaskView): string {
  const words: Partial<Record<TaskView['kind'], string>> = { deploy: 'Deploy', remove: 'Removal', plan: 'Plan', planRemoval: 'Removal', planSeveral: 'Plan', deploySeveral: 'Deploy', planRemovalOfSeveral: 'Removal', removeSeveral: 'Removal' };
  return words[task.kind] ?? 'Sandbox';
}

function Followed({ task }: { task: TaskView }) {
  const view = useFollowed(task);
  const { ended } = view;
  const isOfSandbox = task.kind.startsWith('sandbox');
  if (isOfSandbox || task.kind === 'plan' || task.kind === 'planRemoval') return <SandboxTask task={task} view={view} />;
  if (ended === null) return <Running task={task} view={view} />;
  if (ended.kind !== 'done') return <Failed task={task} view={view} problem={ended.problem} wasCancelled={ended.kind === 'cancelled'} />;
  switch (ended.result.kind) {
    case 'release':
      return <Done task={task} view={view} release={ended.result.release} />;
    case 'removed':
      return <Removed task={task} view={view} {...ended.result} />;
    default:
      return <SandboxTask task={task} view={view} />;
  }
}
