// What was done, in words that claim no more than the journal knows.
import type { Activity } from '@/bridge';
export { resultOf, sentence, verbOf } from '@/lib/outcome';

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
