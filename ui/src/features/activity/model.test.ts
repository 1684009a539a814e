import { describe, expect, it } from 'vitest';
import type { Activity } from '@/bridge';
import { matching, meaningOf, resultOf, verbOf, whereOf } from './model';

const one: Activity = { id: '1', verb: 'deploy', stack: 'polls-prod', account: '481516234201', region: 'eu-central-1', principal: 'arn:aws:iam::481516234201:user/ana', at: '2026-11-23T09:00:00.000Z', outcome: 'done', words: '3 changes', millis: 1, command: '', project: null };

describe('what was done', () => {
  it('is not said to run when only its end is missing', () => {
    expect(resultOf({ ...one, outcome: 'running or cut off' })).toEqual({ mark: 'unknown', word: 'Running or cut off' });
    expect(meaningOf({ ...one, outcome: 'running or cut off' })).toMatch(/or its program was ended/);
  });
  it('shows an outcome it has not heard of as unknown', () => {
    expect(resultOf({ ...one, outcome: 'paused' })).toEqual({ mark: 'unknown', word: 'Paused' });
    expect(verbOf({ ...one, verb: 'migrate' })).toBe('Migrate');
    expect(meaningOf(one)).toBeNull();
  });
  it('was done in the sandbox or in an account', () => {
    expect([whereOf(one), whereOf({ ...one, account: 'sandbox' })]).toEqual(['481516234201', 'Sandbox']);
  });
  it('is found by all words, in any order and case', () => {
    expect(matching([one], 'PROD done')).toHaveLength(1);
    expect(matching([one], 'prod failed')).toHaveLength(0);
    expect(matching([one], '  ')).toHaveLength(1);
    expect(matching([one], 'ana')).toHaveLength(1);
  });
});
