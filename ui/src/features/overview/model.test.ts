import { describe, expect, it } from 'vitest';
import type { Prerequisite, RecentProject } from '@/bridge';
import { blocker, lastOf, lowerArticle, stageOf, whereWords } from './model';

const project: RecentProject = { id: 'p', name: 'polls', folder: '~/polls', config: 'serverless.yml', openedAt: '2026-11-23T09:00:00.000Z', missing: false, stage: 'dev', target: { kind: 'sandbox' }, last: null };
const last = { verb: 'deploy', outcome: 'done', at: '2026-11-23T09:00:00.000Z', targetWords: 'the sandbox', stack: 'polls-dev' };

describe('the last change of a project', () => {
  it('names the stage, and says no more than happened', () => {
    expect(lastOf({ ...project, last })).toMatchObject({ mark: 'ok', what: 'dev deployed', where: 'sandbox' });
    expect(lastOf({ ...project, last: { ...last, outcome: 'failed', verb: 'remove' } })).toMatchObject({ mark: 'danger', what: 'dev removal failed' });
    expect(lastOf({ ...project, last: { ...last, outcome: 'running or cut off' } })).toMatchObject({ mark: 'unknown' });
    expect(lastOf({ ...project, last: { ...last, targetWords: 'account 481516234201' } })?.where).toBe('481516234201');
    expect(lastOf(project)).toBeNull();
  });
  it('knows an outcome it has not heard of as unknown, never as well', () => {
    expect(lastOf({ ...project, last: { ...last, outcome: 'something new' } })?.mark).toBe('unknown');
  });
  it('takes the whole name of a stack that is not called after the service', () => {
    expect(stageOf('polls', 'polls-prod')).toBe('prod');
    expect(stageOf('polls', 'legacy')).toBe('legacy');
  });
});

describe('where a project was looked at', () => {
  it('is its stage and its cloud', () => {
    expect(whereWords(project)).toBe('dev, sandbox');
    expect(whereWords({ ...project, stage: null, target: { kind: 'account', profile: 'acme' } })).toBe('acme');
  });
});

describe('what this computer must have', () => {
  const need = (id: string, state: Prerequisite['state']): Prerequisite => ({ id, name: id, state, text: '', detail: null, fix: null });
  it('keeps the sandbox from starting only when nothing works without it', () => {
    expect(blocker([need('node', 'missingForSome'), need('localAws', 'comesBySelf')])).toBeUndefined();
    expect(blocker([need('node', 'missingForSome'), need('python', 'missing')])?.id).toBe('python');
    expect(blocker(undefined)).toBeUndefined();
  });
  it('is told within a sentence', () => {
    expect(lowerArticle('The secret x')).toBe('the secret x');
    expect(lowerArticle('Node on this computer')).toBe('Node on this computer');
  });
});
