import { describe, expect, it } from 'vitest';
import type { LogLine, Problem } from '@/bridge';
import { counts, empty, hits, jsonIn, lineAt, MOST, parts, patternOf, shown, take, type Stream } from './model';

const line = (id: string, seconds: number, more: Partial<LogLine> = {}): LogLine => ({
  id, at: new Date(Date.parse('2026-11-23T09:00:00Z') + seconds * 1000).toISOString(), source: 'hello', text: `line ${id}`, level: 'info', request: null, ...more,
});
const told = (...lines: LogLine[]): Stream => take(empty, { kind: 'lines', lines });
const all = { functions: new Set<string>(), hidden: new Set<never>(), request: null };

describe('the stream', () => {
  it('holds each line once and in its order, however late it comes', () => {
    const stream = take(told(line('a', 1), line('c', 3)), { kind: 'lines', lines: [line('c', 3), line('b', 2)] });
    expect(stream.lines.map((one) => one.id)).toEqual(['a', 'b', 'c']);
  });

  it('stays the same object when nothing new is told', () => {
    const stream = told(line('a', 1));
    expect(take(stream, { kind: 'lines', lines: [line('a', 1)] })).toBe(stream);
    expect(take(stream, { kind: 'lines', lines: [] })).toBe(stream);
  });

  it('lets the oldest go, and says how many', () => {
    const many = Array.from({ length: MOST + 5 }, (_, index) => line(String(index), index));
    const stream = told(...many);
    expect(stream.lines).toHaveLength(MOST);
    expect(stream.letGo).toBe(5);
    expect(stream.lines[0]?.id).toBe('5');
  });

  it('knows which functions were never called, until they are', () => {
    const stream = take(take(empty, { kind: 'noLog', function: 'hello' }), { kind: 'noLog', function: 'vote' });
    expect(stream.noLog).toEqual(['hello', 'vote']);
    expect(take(stream, { kind: 'lines', lines: [line('a', 1)] }).noLog).toEqual(['vote']);
  });

  it('keeps its lines when reading fails', () => {
    const problem = { code: 'CLOUD_SILENT' } as Problem;
    const stream = take(told(line('a', 1)), { kind: 'failed', problem });
    expect(stream.problem).toBe(problem);
    expect(stream.lines).toHaveLength(1);
  });
});

describe('what is shown', () => {
  const lines = [line('a', 1, { request: 'r1' }), line('b', 2, { source: 'vote', level: 'error' }), line('c', 3, { level: 'strange' })];
  it('can be cut to functions, levels and one request', () => {
    expect(shown(lines, all)).toBe(lines);
    expect(shown(lines, { ...all, functions: new Set(['vote']) }).map((one) => one.id)).toEqual(['b']);
    expect(shown(lines, { ...all, hidden: new Set(['info' as const]) }).map((one) => one.id)).toEqual(['b']);
    expect(shown(lines, { ...all, request: 'r1' }).map((one) => one.id)).toEqual(['a']);
  });
  it('is counted by function and level', () => {
    expect([...counts(lines).functions]).toEqual([['hello', 2], ['vote', 1]]);
    expect([...counts(lines).levels]).toEqual([['info', 2], ['error', 1]]);
  });
});

describe('a pattern', () => {
  it('marks its matches in the line', () => {
    const { pattern } = patternOf('err\\w+');
    expect(parts('an Error, an error', pattern)).toEqual([
      { text: 'an ', isHit: false }, { text: 'Error', isHit: true }, { text: ', an ', isHit: false }, { text: 'error', isHit: true },
    ]);
    expect(hits([line('a', 1), line('b', 2, { text: 'ERROR' })], pattern)).toEqual([1]);
  });
  it('that is written wrong is told in words', () => {
    const { pattern, wrong } = patternOf('(');
    expect(pattern).toBeNull();
    expect(wrong).toMatch(/^Not a pattern: /);
  });
  it('that matches nothing marks nothing and ends', () => {
    expect(parts('abc', patternOf('x*').pattern)).toEqual([{ text: 'abc', isHit: false }]);
  });
});

describe('JSON in a line', () => {
  it('is found behind what a logger writes before it', () => {
    expect(jsonIn('2026\tid\tINFO\t{"a":1}')).toEqual({ before: '2026\tid\tINFO', json: '{\n  "a": 1\n}' });
  });
  it('is not seen where there is none', () => {
    for (const text of ['plain', '[ERROR] KeyError', '{not json}', '{}', '']) expect(jsonIn(text)).toBeNull();
  });
});

it('a time of day leads to the first line at or after it', () => {
  const lines = [line('a', 0), line('b', 60), line('c', 120)];
  const clockOf = (one: LogLine | undefined) => new Date(one?.at ?? '').toTimeString().slice(0, 8);
  expect(lineAt(lines, clockOf(lines[1]))).toBe(1);
  expect(lineAt(lines, clockOf(lines[0]))).toBe(0);
  expect(lineAt(lines, 'nonsense')).toBe(-1);
  expect(lineAt([], '10:00')).toBe(-1);
});
