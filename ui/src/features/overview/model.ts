// What the overview says about projects and about what this computer must have.
import type { LastChange, Prerequisite, RecentProject } from '@/bridge';
import type { Mark } from '@/components';
import { targetWord } from '@/lib/place';

export const needMarks: Record<Prerequisite['state'], { mark: Mark; word: string }> = {
  ready: { mark: 'ok', word: 'Ready' },
  comesBySelf: { mark: 'waiting', word: 'Comes with the first start' },
  missingForSome: { mark: 'unknown', word: 'Missing, needed by some projects' },
  missing: { mark: 'danger', word: 'Missing' },
};

/** What is looked for, named while it is. */
export const LOOKED_FOR = ['Python', 'Local AWS', 'PostgreSQL', 'Node'];

/** What keeps the sandbox from being started, if anything does. */
export function blocker(found: Prerequisite[] | undefined): Prerequisite | undefined {
  return found?.find((one) => one.state === 'missing');
}

const marks: Record<string, Mark> = { done: 'ok', 'nothing to do': 'ok', 'rolled back': 'warn', failed: 'danger', refused: 'warn', settled: 'ok', 'running or cut off': 'unknown' };

/** The last change of a project: its shape, what happened where. */
export function lastOf(project: RecentProject): { mark: Mark; what: string; where: string; at: string } | null {
  const { last } = project;
  if (last === null) return null;
  const stage = stageOf(project.name, last.stack);
  return { mark: marks[last.outcome] ?? 'unknown', what: `${stage} ${outcomeWords(last)}`, where: last.targetWords === 'the sandbox' ? 'sandbox' : last.targetWords.replace('account ', ''), at: last.at };
}

/** The stage in a stack's name, when the name begins with the service's; else the whole name. */
export function stageOf(service: string, stack: string): string {
  return stack.startsWith(`${service}-`) ? stack.slice(service.length + 1) : stack;
}

function outcomeWords(last: LastChange): string {
  const removes = last.verb === 'remove';
  switch (last.outcome) {
    case 'done': case 'settled': return removes ? 'removed' : 'deployed';
    case 'nothing to do': return 'deployed';
    case 'rolled back': return 'rolled back';
    case 'refused': return removes ? 'not removed' : 'not deployed';
    case 'failed': return removes ? 'removal failed' : 'deploy failed';
    default: return removes ? 'removal cut off' : 'deploy cut off';
  }
}

/** Where a project was looked at last: `dev, sandbox`. */
export function whereWords(project: RecentProject): string {
  return [project.stage, targetWord(project.target).replace('account:', '')].filter((part) => part !== null && part !== '').join(', ');
}

/** A sentence that follows a word: its article is no beginning any more. */
export function lowerArticle(text: string): string {
  return text.startsWith('The ') ? `the ${text.slice(4)}` : text;
}
