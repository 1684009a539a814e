// What the page of a task on several services says.
import type { Problem, SeveralTask, TaskView } from '@/bridge';
import type { Mark } from '@/components';
import { cutMiddle, plural } from '@/lib/words';
import { countOf, standsOf, waitsFor, type SeveralView, type Stand } from './progress';

export function removes(task: TaskView): boolean {
  return task.kind === 'removeSeveral' || task.kind === 'planRemovalOfSeveral';
}

/** How a service stands: its shape, and in words what it does or waits for. */
export function standWords(one: Stand, view: SeveralView, task: TaskView): { mark: Mark; word: string; rest: string } {
  const isOver = view.ended !== null;
  const goes = removes(task);
  switch (one.state) {
    case 'waiting': {
      if (isOver) return { mark: 'off', word: 'Not begun', rest: '' };
      const others = waitsFor(one, view);
      return { mark: 'waiting', word: 'Waiting', rest: others.length === 0 ? '' : `for ${someOf(others)}` };
    }
    case 'planning': return { mark: 'working', word: goes ? 'Looking' : 'Planning', rest: one.words };
    case 'planned': return { mark: isOver ? 'ok' : 'waiting', word: goes ? 'Looked at' : 'Planned', rest: isOver || task.kind === 'planSeveral' || task.kind === 'planRemovalOfSeveral' ? '' : 'begins in a moment' };
    case 'asking': return { mark: 'warn', word: 'Asks you', rest: 'more than was shown' };
    case 'deploying': return { mark: 'working', word: 'Deploying', rest: one.words };
    case 'removing': return { mark: 'working', word: 'Removing', rest: one.words };
    case 'done': return { mark: 'ok', word: goes ? 'Gone' : 'Stands', rest: doneWords(one, goes) };
    case 'failed': return one.problem?.code === 'CANCELLED' ? { mark: 'off', word: 'Stopped', rest: one.problem.title } : { mark: 'danger', word: 'Failed', rest: one.problem === null ? '' : firstCause(one.problem) };
    case 'held': return { mark: 'warn', word: 'Held back', rest: `because of ${cutMiddle(one.because ?? 'another', 40)}` };
    case 'unknown': return { mark: 'unknown', word: 'Not known', rest: 'nobody looked since' };
  }
}

function doneWords(one: Stand, goes: boolean): string {
  if (goes) return one.kept === null ? 'there was no stack' : one.kept.length === 0 ? '' : `left where they are: ${someOf(one.kept)}`;
  if (one.release?.changed === false) return 'as it was';
  return one.release === null || one.release.endpoints.length === 0 ? '' : plural(one.release.endpoints.length, 'endpoint');
}

function someOf(names: string[]): string {
  const MOST = 2;
  const shown = names.slice(0, MOST).map((name) => cutMiddle(name, 32)).join(', ');
  return names.length > MOST ? `${shown} and ${names.length - MOST} more` : shown;
}

/** A failure in one sentence: the resource that failed first, the first thing that is wrong in the files, or what happened. */
export function firstCause(problem: Problem): string {
  const first = problem.failure?.first;
  if (first != null) return `${first.typeWords} ${first.logicalId}: ${first.reason ?? first.status}`;
  return problem.findings.find((one) => one.isError)?.message ?? problem.title;
}

/** What is done now, for who listens. */
export function nowWords(view: SeveralView, task: TaskView): { lead: string; rest: string } {
  const [question] = view.questions;
  if (question !== undefined) return { lead: `${question.service} waits for your answer.`, rest: 'What does not wait for it goes on.' };
  const all = standsOf(view);
  const moving = all.filter((one) => one.state === 'deploying' || one.state === 'removing');
  const done = countOf(view, 'done');
  const rest = `${done} of ${all.length} ${removes(task) ? (done === 1 ? 'is gone' : 'are gone') : done === 1 ? 'stands' : 'stand'}.`;
  if (view.cancelWords !== null) return { lead: 'Stopping.', rest };
  if (moving.length > 0) return { lead: `${removes(task) ? 'Removing' : 'Deploying'} ${someOf(moving.map((one) => one.name))}.`, rest };
  const planning = all.find((one) => one.state === 'planning');
  if (planning !== undefined) return { lead: `${removes(task) ? 'Looking at' : 'Planning'} ${cutMiddle(planning.name, 48)}.`, rest };
  return { lead: 'Beginning.', rest };
}

/** How it ended, as a headline. */
export function resultTitle(view: SeveralView, task: TaskView, several: SeveralTask): string {
  const total = several.services.length;
  const stage = several.stage ?? 'its stage';
  const missing = total - countOf(view, 'done');
  const goes = removes(task);
  if (view.ended?.kind === 'done') {
    if (goes) return total === 1 ? `${several.name} is gone from ${stage}` : `All ${total} services are gone from ${stage}`;
    return total === 1 ? `${several.name} stands in ${stage}` : `All ${total} services stand in ${stage}`;
  }
  if (view.ended?.kind === 'cancelled') return goes ? 'The removal was stopped' : `The deploy to ${stage} was stopped`;
  if (missing === total) return goes ? 'Nothing was removed' : 'Nothing was deployed';
  return `${missing} of ${total} services ${missing === 1 ? 'was' : 'were'} not ${goes ? 'removed' : 'deployed'}`;
}

/** What stands, what does not, and where the same command goes on. */
export function resultSentence(view: SeveralView, task: TaskView): string {
  const goes = removes(task);
  const [done, failed, held] = [countOf(view, 'done'), countOf(view, 'failed'), countOf(view, 'held')];
  const parts = [`${done} ${goes ? (done === 1 ? 'is gone' : 'are gone') : done === 1 ? 'stands' : 'stand'}`];
  if (failed > 0) parts.push(`${failed} ${view.ended?.kind === 'cancelled' ? 'stopped or failed' : 'failed'}`);
  if (held > 0) parts.push(`${held} held back because of ${failed === 1 ? 'it' : 'them'}`);
  const text = parts.join(', ').replace(/, ([^,]*)$/, ' and $1');
  return `${text}. ${goes ? 'Removing all again goes on from there.' : 'What stands stays. Planning all again goes on from there.'}`;
}
