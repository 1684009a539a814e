import { describe, expect, it } from 'vitest';
import type { Activity, EndpointView } from '@/bridge';
import { byWhom, canOpen, eventRows, fits, joined, lastWords, resourceState, standingWords, stands, whoWords } from './model';
import { polls, pollsDeployed } from './samples';

const last = { verb: 'deploy', outcome: 'done', at: '2026-11-23T11:54:00.000Z', targetWords: 'account 481516234201', stack: 'polls-api-prod' };

describe('how a stage stands', () => {
  it('has a shape and a word of its own for each', () => {
    const all = (['absent', 'unknown', 'live', 'busy', 'rolledBack', 'stuck'] as const).map((standing) => standingWords({ ...pollsDeployed, standing }, 'prod'));
    expect(new Set(all.map((one) => one.mark)).size).toBe(6);
    expect(all.map((one) => one.word)).toContain('Live in prod');
  });
  it('has nothing to call or remove where nothing stands or is known', () => {
    expect(stands(pollsDeployed)).toBe(true);
    expect(stands({ ...pollsDeployed, standing: 'unknown' })).toBe(false);
    expect(stands({ ...pollsDeployed, resources: [] })).toBe(false);
    expect(stands(undefined)).toBe(false);
  });
  it('does not call a failed change a deploy that was done', () => {
    expect(lastWords(last)).toBe('Deployed');
    expect(lastWords({ ...last, outcome: 'failed' })).toBe('The last deploy failed');
    expect(lastWords({ ...last, verb: 'remove', outcome: 'rolled back' })).toBe('The last removal was rolled back');
  });
});

describe('who did it', () => {
  it('reads the name out of every kind of ARN', () => {
    expect(whoWords('arn:aws:sts::481516234201:assumed-role/Deployer/ana@acme.io')).toBe('Deployer, ana@acme.io');
    expect(whoWords('arn:aws:iam::481516234201:user/teams/ana')).toBe('ana');
    expect(whoWords('arn:aws:iam::481516234201:root')).toBe('root user');
  });
  it('is known for this very change in an account only', () => {
    const done: Activity = { id: '1', verb: 'deploy', stack: last.stack, account: '481516234201', region: 'eu-central-1', principal: 'arn:aws:iam::481516234201:user/ana', at: last.at, outcome: 'done', words: '', millis: 1, command: '', project: null };
    expect(byWhom(last, [done])).toBe('ana');
    expect(byWhom(last, [{ ...done, at: '2026-11-23T11:55:00.000Z' }])).toBeNull();
    expect(byWhom(last, [{ ...done, account: 'sandbox' }])).toBeNull();
    expect(byWhom(last, undefined)).toBeNull();
  });
});

describe('endpoints', () => {
  const endpoint: EndpointView = { id: '0', function: 'hello', method: 'GET', url: 'https://x/dev/hello', path: '/hello', signed: false };
  it('open in a browser only when a browser can call them', () => {
    expect(canOpen(endpoint)).toBe(true);
    expect(canOpen({ ...endpoint, method: 'ANY' })).toBe(true);
    expect(canOpen({ ...endpoint, method: 'POST' })).toBe(false);
    expect(canOpen({ ...endpoint, signed: true })).toBe(false);
    expect(canOpen({ ...endpoint, url: 'https://x/dev/{id}' })).toBe(false);
  });
});

describe("the file's resources and the cloud's", () => {
  const rows = joined(polls, pollsDeployed);
  it('are one row each, in the order of the file, with what is left over at the end', () => {
    expect(rows.slice(0, polls.resources.length).map((row) => row.id)).toEqual(polls.resources.map((one) => one.logicalId));
    expect(rows.at(-1)).toMatchObject({ id: 'OldReportsBucket', isLeft: true });
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
  });
  it('are those of the file alone as long as nothing is known', () => {
    expect(joined(polls, undefined).every((row) => row.status === null && row.physical === null)).toBe(true);
  });
  it('tell what is not known from what is not there', () => {
    expect(resourceState(null, false).word).toBe('Not known');
    expect(resourceState(null, true).word).toBe('Not deployed');
    expect(resourceState('UPDATE_FAILED', true).mark).toBe('danger');
    expect(resourceState('UPDATE_ROLLBACK_COMPLETE', true).mark).toBe('ok');
    expect(resourceState('DELETE_IN_PROGRESS', true).mark).toBe('working');
  });
});

describe('lists', () => {
  it('give every event a key of its own', () => {
    const rows = eventRows(polls);
    expect(rows.length).toBe(5);
    expect(new Set(rows.map((row) => row.key)).size).toBe(5);
  });
  it('are filtered by all words in any order', () => {
    expect(fits('vote POST /polls/{id}/vote', 'post vote')).toBe(true);
    expect(fits('vote POST /polls/{id}/vote', 'get vote')).toBe(false);
    expect(fits('anything', '')).toBe(true);
  });
});
