import { expect, it } from 'vitest';
import type { Diagnosis } from '@/bridge';
import { isOfInterest } from './completion';
import { words } from './diagnostics';
import { told } from './hover';
import { difference, summary } from './model';

const found = (isError: boolean, message = 'wrong', reason: string | null = null, hint: string | null = null): Diagnosis => ({
  finding: { code: 'X', isError, message, place: null, path: null, reason, hint }, range: null, fix: null, related: [],
});

it('says what was found in one sentence', () => {
  expect(summary(null, true)).toBe('Checking');
  expect(summary([], false)).toBe('No problems');
  expect(summary([], false, true)).toBe('Not checked');
  expect(summary([found(true), found(false), found(false)], true)).toBe('1 error, 2 warnings, checking');
});

it('shows the lines in which two texts differ, and no others', () => {
  expect(difference('a\nb\nc', 'a\nx\ny\nc')).toEqual({ line: 2, mine: ['b'], theirs: ['x', 'y'] });
  expect(difference('a', 'a')).toEqual({ line: 2, mine: [], theirs: [] });
  expect(difference('a\na', 'a\na\na')).toEqual({ line: 3, mine: [], theirs: ['a'] });
});

it('says a reason that the message holds already no second time', () => {
  expect(words(found(true, '`a` must be a list, not `b`', 'must be a list', 'Write a list'))).toEqual(['`a` must be a list, not `b`', 'Write a list']);
});

it('suggests without being asked where something begins', () => {
  for (const before of ['prov', '  runtime: ', '  - ', 'a: ${', 'a: ${self:', 'a: ${self:custom.', 'a: !Ref ', 'a: ${file(']) expect(isOfInterest(before), before).toBe(true);
  for (const before of ['', '    ', '# about the prov', 'a: b c, ']) expect(isOfInterest(before), before).toBe(false);
});

it('never shows the value of a secret, and takes markup for text', () => {
  const box = told({ range: { from: 0, to: 1 }, path: 'custom.<img src=x>', key: null, value: { kind: 'hidden' } });
  expect(box.textContent).toContain('not shown');
  expect(box.querySelector('img')).toBeNull();
});
