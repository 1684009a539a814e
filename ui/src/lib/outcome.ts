// What was done, in words that claim no more than the journal knows.
import type { Activity } from '@/bridge';
import type { Mark } from '@/components';

/** A row that has no end is not known to run: its program may have been ended. */
const marks: Record<string, Mark> = { done: 'ok', 'nothing to do': 'ok', 'rolled back': 'warn', failed: 'danger', refused: 'warn', settled: 'ok', 'running or cut off': 'unknown' };
const verbs: Record<string, string> = { deploy: 'Deploy', plan: 'Plan', remove: 'Remove' };

export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function resultOf(one: Activity): { mark: Mark; word: string } {
  return { mark: marks[one.outcome] ?? 'unknown', word: sentence(one.outcome) };
}

export function verbOf(one: Activity): string {
  return verbs[one.verb] ?? sentence(one.verb);
}
