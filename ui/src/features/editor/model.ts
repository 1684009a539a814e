import type { Diagnosis } from '@/bridge';
import { plural } from '@/lib/words';

/** What was found, in one sentence. */
export function summary(findings: Diagnosis[] | null, isBehind: boolean, hasFailed = false): string {
  if (hasFailed) return 'Not checked';
  if (findings === null) return 'Checking';
  const errors = findings.filter((one) => one.finding.isError).length;
  const warnings = findings.length - errors;
  const counted = [errors > 0 ? plural(errors, 'error') : '', warnings > 0 ? plural(warnings, 'warning') : ''].filter((words) => words !== '');
  const said = counted.length === 0 ? 'No problems' : counted.join(', ');
  return isBehind ? `${said}, checking` : said;
}

/** The lines in which two texts differ, from the first that does to the last. */
export interface Difference {
  /** The number of the first line that differs, from one. */
  line: number;
  mine: string[];
  theirs: string[];
}

export function difference(mine: string, theirs: string): Difference {
  const own = mine.split('\n');
  const other = theirs.split('\n');
  const most = Math.min(own.length, other.length);
  let start = 0;
  while (start < most && own[start] === other[start]) start += 1;
  let end = 0;
  while (end < most - start && own[own.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  return { line: start + 1, mine: own.slice(start, own.length - end), theirs: other.slice(start, other.length - end) };
}
