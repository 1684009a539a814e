// Time on the progress page: how long, on which scale, in which words.
import { durationWords } from '@/lib/words';
import type { Row } from './model';

/** How long a row took or has taken so far. */
export function took(row: Row, now: number): number | null {
  const work = row.spans.filter((span) => span.kind === 'work');
  const [first] = work;
  if (first === undefined) return null;
  return work.reduce((sum, span) => sum + ((span.to ?? now) - span.from), 0);
}

/** The scale of the time line: where it ends, and where its lines stand, in milliseconds. */
export function scale(elapsed: number, usual: number | null): { end: number; marks: number[] } {
  const least = 10_000;
  const end = Math.max(elapsed * 1.04, (usual ?? 0) * 1.1, least);
  const STEPS = [2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600].map((seconds) => seconds * 1000);
  const MOST_MARKS = 6;
  const step = STEPS.find((one) => end / one <= MOST_MARKS) ?? 7_200_000;
  return { end, marks: Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step) };
}

/** `9 s`, `1.4 s`, `2 min 10 s`: no tenths where there are none. */
export function lasting(millis: number): string {
  return durationWords(millis).replace('.0 s', ' s');
}

/** `1:12` */
export function clock(millis: number): string {
  const seconds = Math.floor(millis / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
