// What the progress page says, by the task and the view of it.
import type { FailedResource, Place, Problem, Stage, TaskView } from '@/bridge';
import { cutMiddle, plural } from '@/lib/words';
import { changes } from '../plan/model';
import { nowAt, progress, type Phase, type Row, type View } from './model';
import { lasting, took } from './time';

export function placeOf(task: TaskView): Place | null {
  if (task.project === null || task.target === null) return null;
  return { project: task.project, stage: task.plan?.stage ?? null, target: task.target };
}

export function title(task: TaskView): string {
  const { plan } = task;
  if (task.kind === 'deploy' && plan !== null) return `Deploying ${changes(plan.counts.total)} to ${plan.service} in ${plan.stage}`;
  return task.title.replace(/^Remove /, 'Removing ');
}

/** What is being done now: a lead, and the rest of the sentence. */
export function nowWords(task: TaskView, view: View, now: number): { lead: string; rest: string } {
  if (view.sandbox !== null) return { lead: `${view.sandbox.words}.`, rest: 'The sandbox is brought up first.' };
  const { done, total } = progress(view);
  const count = total === 0 ? '' : `${done} of ${total} ${task.kind === 'remove' ? 'resources' : 'changes'} ${total === 1 ? 'is' : 'are'} done.`;
  if (view.cancelWords !== null) return { lead: 'Stopping.', rest: `${view.cancelWords} ${count}` };
  if (view.goingBack) return { lead: 'Going back.', rest: 'A change failed; AWS puts back what stood before.' };
  const [newest, ...others] = nowAt(view);
  const phase = view.phases.at(-1);
  if (newest === undefined) {
    const words = phase?.words ?? (task.now === '' ? 'Waiting for AWS' : task.now);
    return { lead: `${words}.`, rest: count };
  }
  const also = others.length === 0 ? '' : ` and ${plural(others.length, 'other')}`;
  return { lead: `${verb(newest, task)} ${cutMiddle(newest.name, 44)}${also}.`, rest: `${soFar(newest, now)} ${count}`.trim() };
}

function verb(row: Row, task: TaskView): string {
  if (row.state === 'rollingBack') return 'Putting back';
  if (task.kind === 'remove' || row.change === 'remove') return 'Deleting';
  return row.change === 'add' ? 'Creating' : row.change === 'replace' ? 'Replacing' : 'Updating';
}

function soFar(row: Row, now: number): string {
  const millis = took(row, now);
  if (millis === null) return '';
  const so = `${lasting(Math.floor(millis / 1000) * 1000)} so far.`;
  return row.usual === null ? so : `Usually ${lasting(row.usual)}, ${so}`;
}

/** The phases: what began, then what is still to come by the way the plan is done. */
export interface PhaseShown {
  key: string;
  title: string;
  state: 'done' | 'now' | 'waiting' | 'stopped';
  millis: number | null;
}

const PHASES: Partial<Record<Stage, string>> = {
  packaging: 'Pack',
  looking: 'Check the plan',
  planning: 'Change set',
  clearing: 'Clear what failed',
  creating: 'Make the stack',
  uploading: 'Upload',
  updating: 'Change the stack',
  coding: 'Give functions their code',
  emptying: 'Empty the bucket',
  deleting: 'Delete the stack',
};

export function phases(task: TaskView, view: View, now: number): PhaseShown[] {
  const isOver = view.ended !== null;
  const began = view.phases.filter((phase, index) => index === 0 || phase.stage !== view.phases[index - 1]?.stage);
  const shown = began.map((phase, index): PhaseShown => ({
    key: `${phase.stage}-${index}`,
    title: PHASES[phase.stage] ?? phase.words,
    state: stateOf(phase, index === began.length - 1, isOver, view),
    millis: lasted(phase, now),
  }));
  if (isOver) return shown;
  const known = new Set(began.map((phase) => phase.stage));
  const rest = expected(task).filter((stage) => !known.has(stage));
  const after = rest.filter((stage) => ORDER.indexOf(stage) > Math.max(-1, ...began.map((phase) => ORDER.indexOf(phase.stage))));
  return [...shown, ...after.map((stage): PhaseShown => ({ key: stage, title: PHASES[stage] ?? stage, state: 'waiting', millis: null }))];
}

const ORDER: Stage[] = ['packaging', 'looking', 'planning', 'clearing', 'creating', 'uploading', 'updating', 'coding', 'emptying', 'deleting'];

function expected(task: TaskView): Stage[] {
  if (task.kind === 'remove') return ['looking', 'emptying', 'deleting'];
  return task.plan?.course === 'code' ? ['looking', 'uploading', 'coding'] : ['looking', 'uploading', 'updating'];
}

function stateOf(phase: Phase, isLast: boolean, isOver: boolean, view: View): PhaseShown['state'] {
  if (!isLast || (isOver && view.ended?.kind === 'done')) return 'done';
  return isOver ? 'stopped' : phase.to === null ? 'now' : 'done';
}

function lasted(phase: Phase, now: number): number {
  return Math.max(0, (phase.to ?? now) - phase.from);
}

/** `vote-errors could not be made`. */
export function causeWords(first: FailedResource, name: string): string {
  const verb = first.status.startsWith('DELETE') ? 'deleted' : first.status.startsWith('UPDATE') ? 'changed' : 'made';
  return `${name} could not be ${verb}`;
}

/** What came of the others: those that were stopped are not called failed. */
export function othersWords(view: View, at: string, total: number): string {
  const cancelled = [...view.rows.values()].filter((row) => row.state === 'cancelled').length;
  const first = total > 1 ? `It was the first of ${total} changes to fail, at ${at}.` : `It failed at ${at}.`;
  if (cancelled === 0) return first;
  const [were, they] = cancelled === 1 ? ['The one beside it was', 'it has'] : [`${cancelled} beside it were`, 'they have'];
  return `${first} ${were} stopped because of it; ${they} no fault of ${cancelled === 1 ? 'its' : 'their'} own.`;
}

/** The work went out of sight while AWS was at it. */
export function isOutOfSight(problem: Problem, view: View): boolean {
  const isLost = problem.code === 'CLOUD_SILENT' || problem.code === 'STACK_RUNNING' || problem.code === 'CREDENTIALS';
  return isLost && [...view.rows.values()].some((row) => row.began !== null);
}

/** Everything about a failure, as text to be handed on. */
export function details(task: TaskView, problem: Problem): string {
  const { failure } = problem;
  const cause = failure?.first;
  return [
    task.title,
    problem.title,
    problem.detail,
    cause == null ? null : `First: ${cause.logicalId} (${cause.resourceType}), ${cause.status} at ${cause.at}: ${cause.reason ?? 'no reason given'}`,
    ...(failure?.also ?? []).map((one) => `Also: ${one.logicalId}, ${one.status}: ${one.reason ?? 'no reason given'}`),
    failure == null ? null : `Stack ${failure.stack} is ${failure.status}`,
    ...(failure?.remains ?? []).map((one) => `Remains: ${one}`),
    ...problem.hints,
    problem.code,
  ].filter((line) => line !== null).join('\n');
}
