import { describe, expect, it } from 'vitest';
import type { Step, TaskEvent, TaskView } from '@/bridge';
import { memberPlan, moved, release, severalPlan, severalTask } from '../scenesOfSeveral';
import { events, over, plan as planOf, resource, stage, task } from '../samples';
import { add, begin, standsOf, waitsFor, type SeveralView } from './progress';
import { nowWords, resultSentence, resultTitle, standWords } from './words';

const shown = severalPlan([memberPlan('tables', 0, []), memberPlan('orders', 1, [['tables', 'reads A']]), memberPlan('web', 2, [['orders', 'dependsOn']])]);
const several = severalTask(shown);
const deploy: TaskView = task('deploySeveral', { several });
const after = (steps: [number, Step][], from: SeveralView = begin(deploy, several)) => add(from, events(steps));
const states = (view: SeveralView) => standsOf(view).map((one) => one.state);
const of = (view: SeveralView, name: string) => { const one = view.stands.get(name); if (one === undefined) throw new Error(name); return one; };

describe('the progress of several services', () => {
  it('begins with all waiting, each for those before it', () => {
    const view = begin(deploy, several);
    expect(states(view)).toEqual(['waiting', 'waiting', 'waiting']);
    expect(waitsFor(of(view, 'web'), view)).toEqual(['orders']);
    expect(standWords(of(view, 'orders'), view, deploy).rest).toBe('for tables');
  });

  it('follows each by its own events', () => {
    const view = after([
      [0, moved('tables', 'planning')], [2, moved('tables', 'deploying')], [3, { kind: 'of', service: 'tables', step: stage('uploading', 'Uploading 2 files') }],
      [4, { kind: 'of', service: 'tables', step: resource('A', 'AWS::SQS::Queue', 'working', 'CREATE_IN_PROGRESS') }], [5, { kind: 'of', service: 'tables', step: resource('A', 'AWS::SQS::Queue', 'done', 'CREATE_COMPLETE') }],
    ]);
    const one = of(view, 'tables');
    expect([one.state, one.words, one.settled.size, one.from]).toEqual(['deploying', 'Uploading 2 files', 1, 2000]);
    expect(nowWords(view, deploy).lead).toBe('Deploying tables.');
  });

  it('tells what stands, failed with its first cause, and was held back', () => {
    const problem = { code: 'X', kind: 'remote' as const, title: 'it failed', detail: null, hints: [], retry: 'after' as const, findings: [], failure: null };
    const view = after([[1, moved('tables', 'done', { release: release('tables', ['/a']) })], [2, moved('orders', 'failed', { problem })], [3, moved('web', 'held', { because: 'orders' })], [4, over({ kind: 'failed', problem })]]);
    expect(states(view)).toEqual(['done', 'failed', 'held']);
    expect(standWords(of(view, 'web'), view, deploy).rest).toBe('because of orders');
    expect(standWords(of(view, 'tables'), view, deploy).rest).toBe('1 endpoint');
    expect(resultTitle(view, deploy, several)).toBe('2 of 3 services were not deployed');
    expect(resultSentence(view, deploy)).toContain('1 stands, 1 failed and 1 held back because of it.');
  });

  it('asks in place, and goes on when it is answered', () => {
    const plan = planOf([]);
    const asked = after([[1, moved('orders', 'planning')], [2, { kind: 'question', question: 'q', service: 'orders', plan, typed: null }]]);
    expect(asked.questions.map((one) => one.id)).toEqual(['q']);
    expect(of(asked, 'orders').state).toBe('asking');
    expect(nowWords(asked, deploy).lead).toBe('orders waits for your answer.');
    const next: TaskEvent[] = [{ seq: 3, at: '2026-11-23T09:00:05.000Z', step: { kind: 'answered', question: 'q', goesOn: true } }];
    expect(add(asked, next).questions).toEqual([]);
  });

  it('counts nothing twice and keeps the order', () => {
    const all = events([[1, moved('tables', 'planning')], [2, moved('tables', 'deploying')], [3, moved('tables', 'done')]]);
    const late = add(add(begin(deploy, several), all.slice(1)), all.slice(0, 1));
    expect(late.stands).toEqual(add(begin(deploy, several), all).stands);
    expect(add(late, all)).toBe(late);
  });

  it('knows nothing of what was under way when it ended badly, and calls what was not begun so', () => {
    const problem = { code: 'INTERNAL', kind: 'internal' as const, title: 'a fault', detail: null, hints: [], retry: 'after' as const, findings: [], failure: null };
    const view = after([[1, moved('tables', 'deploying')], [2, over({ kind: 'failed', problem })]]);
    expect(states(view)).toEqual(['unknown', 'waiting', 'waiting']);
    expect(standWords(of(view, 'web'), view, deploy).word).toBe('Not begun');
    expect(resultTitle(view, deploy, several)).toBe('Nothing was deployed');
  });
});
