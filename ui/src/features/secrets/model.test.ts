import { describe, expect, it } from 'vitest';
import { above, branches, inSight, matching, relative, underSharedKey, type Wanted } from './model';
import { few, many, parameter } from './samples';
import { take } from './useSecrets';

const all: Wanted = { path: '', words: '', kind: 'any', age: 'any', tier: 'any' };
const now = Date.now();

describe('the tree of paths', () => {
  it('counts what is below each, and sorts by levels', () => {
    const told = branches(['/polls/prod/db/host', '/polls/prod/db/user', '/polls/dev/x', '/polls-old/x', 'plain', '/top']).map(({ path, depth, count, below }) => [path, depth, count, below]);
    expect(told).toEqual([['/polls', 0, 3, true], ['/polls/dev', 1, 1, false], ['/polls/prod', 1, 2, true], ['/polls/prod/db', 2, 2, false], ['/polls-old', 0, 1, false]]);
  });
  it('shows what all branches above let through', () => {
    const tree = branches(few.map((one) => one.name));
    expect(inSight(tree, new Set()).map((one) => one.path)).toEqual(['/polls', '/shared']);
    expect(inSight(tree, new Set(['/polls', '/polls/prod'])).map((one) => one.path)).toContain('/polls/prod/db');
    expect(inSight(tree, new Set(['/polls/prod'])).map((one) => one.path)).not.toContain('/polls/prod/db');
  });
  it('knows the way to a path', () => {
    expect(above('/a/b/c')).toEqual(['/a', '/a/b', '/a/b/c']);
    expect(above('')).toEqual([]);
  });
  it('is made of ten thousand names in a moment', () => {
    const begin = performance.now();
    expect(branches(many.map((one) => one.name)).filter((one) => one.depth === 0)).toEqual([{ path: '/many', name: 'many', depth: 0, count: 10_000, below: true }]);
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});

describe('the filter', () => {
  it('takes what is below a path, and nothing that only begins alike', () => {
    const rows = [parameter('/a/x'), parameter('/ab/x'), parameter('/a')];
    expect(matching(rows, { ...all, path: '/a' }, now).map((one) => one.name)).toEqual(['/a/x']);
  });
  it('finds words in name, key and description, in any order and case', () => {
    expect(matching(few, { ...all, words: 'PASSWORD polls-prod rotated' }, now).map((one) => one.name)).toEqual(['/polls/prod/db/password']);
    expect(matching(few, { ...all, words: 'nothing like it' }, now)).toHaveLength(0);
  });
  it('takes types, tiers and ages', () => {
    expect(matching(few, { ...all, kind: 'StringList' }, now).map((one) => one.name)).toEqual(['/polls/prod/django/allowed_hosts']);
    expect(matching(few, { ...all, tier: 'Advanced' }, now)).toHaveLength(0);
    expect(matching(few, { ...all, age: 'old' }, now).map((one) => one.name)).toEqual(['/polls/prod/smtp/token', '/polls/prod/smtp/webhook_signing_secret_for_bounces']);
    expect(matching(few, { ...all, age: 'week' }, now).map((one) => one.name)).toEqual(['/polls/prod/django/allowed_hosts', '/polls/prod/flags/results_page']);
  });
});

describe('a parameter', () => {
  it('is named below its path', () => {
    expect([relative('/a/b/c', '/a'), relative('/a/b', ''), relative('/ab', '/a')]).toEqual(['b/c', '/a/b', '/ab']);
  });
  it('is marked when everybody of the account shares its key', () => {
    expect(few.filter(underSharedKey).map((one) => one.name)).toEqual(['/polls/prod/smtp/webhook_signing_secret_for_bounces']);
  });
});

describe('a list that is read', () => {
  it('keeps what was read when AWS turns it away or fails', () => {
    const begin = { rows: [], store: null, state: 'reading' as const, words: '', problem: null, readAt: null };
    const some = take(begin, { kind: 'page', parameters: few.slice(0, 3) }, 'now');
    const waiting = take(some, { kind: 'waiting', words: 'wait', seconds: 3 }, 'now');
    expect([waiting.state, waiting.rows.length]).toEqual(['waiting', 3]);
    const on = take(waiting, { kind: 'page', parameters: few.slice(3) }, 'now');
    expect([on.state, on.rows.length]).toEqual(['reading', few.length]);
    expect(take(on, { kind: 'whole', read: few.length }, 'later').readAt).toBe('later');
  });
});
