// One stream of log lines from several functions: kept in order, each once, and no more than can be read.
import type { LogBatch, LogLine, Problem } from '@/bridge';

/** Beyond this many the oldest are let go: nobody reads so far back in a stream. */
export const MOST = 20_000;

export const LEVELS = ['error', 'warn', 'info', 'debug', 'platform'] as const;
export type Level = (typeof LEVELS)[number];
export const LEVEL_WORDS: Record<Level, string> = { error: 'Errors', warn: 'Warnings', info: 'Info', debug: 'Debug', platform: 'Lambda' };

export interface Stream {
  lines: LogLine[];
  ids: ReadonlySet<string>;
  /** Functions that were never called. */
  noLog: string[];
  problem: Problem | null;
  /** Everything that there was is here. */
  upToDate: boolean;
  letGo: number;
}

export const empty: Stream = { lines: [], ids: new Set(), noLog: [], problem: null, upToDate: false, letGo: 0 };

export function take(stream: Stream, batch: LogBatch): Stream {
  switch (batch.kind) {
    case 'noLog':
      return stream.noLog.includes(batch.function) ? stream : { ...stream, noLog: [...stream.noLog, batch.function] };
    case 'failed':
      return { ...stream, problem: batch.problem };
    case 'upToDate':
      return stream.upToDate ? stream : { ...stream, upToDate: true };
    case 'lines':
      return add(stream, batch.lines);
  }
}

function add(stream: Stream, told: LogLine[]): Stream {
  const fresh = told.filter((line) => !stream.ids.has(line.id));
  if (fresh.length === 0) return stream;
  let lines = merged(stream.lines, fresh);
  const tooMany = Math.max(0, lines.length - MOST);
  if (tooMany > 0) lines = lines.slice(tooMany);
  const sources = new Set(fresh.map((line) => line.source));
  return {
    ...stream,
    lines,
    ids: new Set(lines.map((line) => line.id)),
    noLog: stream.noLog.filter((name) => !sources.has(name)),
    letGo: stream.letGo + tooMany,
  };
}

/** Lines come late and out of order, for functions write their logs each by itself. */
function merged(lines: LogLine[], fresh: LogLine[]): LogLine[] {
  const isAfter = (lines.at(-1)?.at ?? '') <= (fresh[0]?.at ?? '');
  const all = lines.concat(fresh);
  return isAfter && isSorted(fresh) ? all : all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function isSorted(lines: LogLine[]): boolean {
  return lines.every((line, index) => index === 0 || (lines[index - 1]?.at ?? '') <= line.at);
}

export interface Chosen {
  /** Functions that are shown; all when empty. */
  functions: ReadonlySet<string>;
  /** Levels that are hidden. */
  hidden: ReadonlySet<Level>;
  request: string | null;
}

export function shown(lines: LogLine[], chosen: Chosen): LogLine[] {
  const { functions, hidden, request } = chosen;
  if (functions.size === 0 && hidden.size === 0 && request === null) return lines;
  return lines.filter(
    (line) =>
      (functions.size === 0 || functions.has(line.source)) &&
      !hidden.has(levelOf(line)) &&
      (request === null || line.request === request),
  );
}

export function levelOf(line: LogLine): Level {
  return LEVELS.find((level) => level === line.level) ?? 'info';
}

/** How many lines of each function and level there are. */
export function counts(lines: LogLine[]): { functions: Map<string, number>; levels: Map<Level, number> } {
  const functions = new Map<string, number>();
  const levels = new Map<Level, number>();
  for (const line of lines) {
    functions.set(line.source, (functions.get(line.source) ?? 0) + 1);
    const level = levelOf(line);
    levels.set(level, (levels.get(level) ?? 0) + 1);
  }
  return { functions, levels };
}

/** What is looked for, or why it cannot be: a pattern that is written wrong is told in words. */
export function patternOf(text: string): { pattern: RegExp | null; wrong: string | null } {
  if (text === '') return { pattern: null, wrong: null };
  try {
    return { pattern: new RegExp(text, 'giu'), wrong: null };
  } catch {
    try {
      return { pattern: new RegExp(text, 'gi'), wrong: null };
    } catch (thrown) {
      const said = thrown instanceof Error ? thrown.message : '';
      return { pattern: null, wrong: `Not a pattern: ${said.split(': ').at(-1) ?? text}` };
    }
  }
}

/** The lines that hold a match, by their index. */
export function hits(lines: LogLine[], pattern: RegExp | null): number[] {
  if (pattern === null) return [];
  const once = new RegExp(pattern.source, pattern.flags.replace('g', ''));
  return lines.flatMap((line, index) => (once.test(line.text) ? [index] : []));
}

export interface Part {
  text: string;
  isHit: boolean;
}

export function parts(text: string, pattern: RegExp | null): Part[] {
  if (pattern === null) return [{ text, isHit: false }];
  const found: Part[] = [];
  let from = 0;
  for (const hit of text.matchAll(pattern)) {
    // A pattern such as `a*` also matches nothing at all.
    if (hit[0] === '') continue;
    if (hit.index > from) found.push({ text: text.slice(from, hit.index), isHit: false });
    found.push({ text: hit[0], isHit: true });
    from = hit.index + hit[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from), isHit: false });
  return found;
}

/** The JSON object or list that a line holds, indented, and what stands before it. */
export function jsonIn(text: string): { before: string; json: string } | null {
  const start = text.search(/[{[]/);
  if (start < 0 || text.length - start < 3) return null;
  try {
    const value: unknown = JSON.parse(text.slice(start));
    if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return null;
    return { before: text.slice(0, start).trim(), json: JSON.stringify(value, null, 2) };
  } catch {
    return null;
  }
}

/** The first line at or after a time of day on the day of the newest line; the last line when none is. */
export function lineAt(lines: LogLine[], clock: string): number {
  const newest = lines.at(-1);
  const time = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(clock);
  if (newest === undefined || time === null) return -1;
  const day = new Date(newest.at);
  day.setHours(Number(time[1]), Number(time[2]), Number(time[3] ?? 0), 0);
  if (day.getTime() > new Date(newest.at).getTime()) day.setDate(day.getDate() - 1);
  const wanted = day.getTime();
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Date.parse(lines[middle]?.at ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, lines.length - 1);
}
