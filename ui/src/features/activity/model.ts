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

export function whereOf(one: Activity): string {
  return one.account === 'sandbox' ? 'Sandbox' : one.account;
}

/** More about an outcome that needs it. */
export function meaningOf(one: Activity): string | null {
  switch (one.outcome) {
    case 'running or cut off': return 'It runs now, or its program was ended before it wrote how it went. The next plan or deploy of this stack looks up what became of it.';
    case 'settled': return 'Its program was ended. A later one looked up how it stands and wrote it down.';
    case 'refused': return 'Nothing was changed.';
    case 'rolled back': return 'AWS put back what stood before.';
    default: return null;
  }
}

/** Rows that hold every word. */
export function matching(all: Activity[], words: string): Activity[] {
  const wanted = words.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (wanted.length === 0) return all;
  return all.filter((one) => {
    const text = `${one.verb} ${one.stack} ${one.account} ${one.region} ${one.outcome} ${one.words} ${one.principal}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
