import { describe, expect, it } from 'vitest';
import type { Problem, Step, TaskEvent } from '@/bridge';
import { after, events, over, plan, resource, row, stage, stackIs, task, typed } from '../samples';
import { afterFailure, fold, initial, inOrder, nowAt, progress, type View } from './model';
import { clock, scale, took } from './time';

const FUNCTION = 'AWS::Lambda::Function';
const rows = [row('Hello', 'modify'), row('Old', 'remove'), row('Api', 'add')];
const shown = plan(rows);
const begin = () => initial(task('deploy', { plan: shown }));
const all = (steps: [number, Step][]): View => fold(begin(), events(steps), shown);
const working = (id: string): Step => resource(id, FUNCTION, 'working', 'UPDATE_IN_PROGRESS');
const done = (id: string): Step => resource(id, FUNCTION, 'done', 'UPDATE_COMPLETE');
const finished: Step = over({
  kind: 'done',
  result: {
    kind: 'release',
    release: { project: 'hello', stack: 's', stage: 'dev', region: 'r', changed: true, endpoints: [], functions: [], outputs: [] },
  },
});
const problem: Problem = {
  code: 'DEPLOY_FAILED', kind: 'remote', title: 'no', detail: null, hints: [], retry: 'after', findings: [], failure: null,
};

describe('events', () => {
  const steps: [number, Step][] = [
    [1, stage('updating', 'Changing the stack')],
    [2, working('Hello')],
    [5, done('Hello')],
    [6, finished],
  ];

  it('come to the same in one batch, one by one, twice, and backwards', () => {
    const list = events(steps);
    const once = fold(begin(), list, shown);
    const single = list.reduce((view, event) => fold(view, [event], shown), begin());
    const twice = fold(fold(begin(), list.slice(0, 3), shown), list, shown);
    const backwards = list.toReversed().reduce((view, event) => fold(view, [event], shown), begin());
    for (const other of [single, twice, backwards]) expect(other).toEqual(once);
  });

  it('that were seen change nothing, and the view stays the same object', () => {
    const view = fold(begin(), events(steps), shown);
    expect(fold(view, events(steps), shown)).toBe(view);
  });

  it('wait for those before them', () => {
    const list = events(steps);
    const view = fold(begin(), list.slice(1), shown);
    expect(view.last).toBe(0);
    expect(view.rows.get('Hello')?.state).toBe('waiting');
    expect(fold(view, list.slice(0, 1), shown).last).toBe(4);
  });

  it('leave the rows they do not name untouched, so that those are not drawn again', () => {
    const list = events(steps);
    const before = fold(begin(), list.slice(0, 2), shown);
    const next = fold(before, list.slice(2, 3), shown);
    expect(next.rows.get('Old')).toBe(before.rows.get('Old'));
    expect(next.rows.get('Hello')).not.toBe(before.rows.get('Hello'));
  });

  it('by the thousands are folded in a moment', () => {
    const many: TaskEvent[] = Array.from({ length: 5000 }, (_, index) => ({
      seq: index + 1, at: after(index / 100), step: index % 2 === 0 ? working(`R${index % 600}`) : done(`R${(index - 1) % 600}`),
    }));
    const batches = Array.from({ length: 100 }, (_, index) => many.slice(index * 50, index * 50 + 50));
    const start = performance.now();
    const view = batches.reduce((so, batch) => fold(so, batch, shown), begin());
    expect(view.last).toBe(5000);
    expect(view.rows.size).toBe(303);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('rows', () => {
  it('take the time between their beginning and their end', () => {
    const view = all([[2, working('Hello')], [5, done('Hello')]]);
    const hello = view.rows.get('Hello');
    expect(hello?.state).toBe('done');
    expect(hello === undefined ? null : took(hello, 0)).toBe(3000);
  });

  it('settle in the order in which they began; removals wait last', () => {
    expect(inOrder(begin()).map((one) => one.id)).toEqual(['Hello', 'Api', 'Old']);
    const view = all([[1, working('Api')], [2, working('Old')]]);
    expect(inOrder(view).map((one) => one.id)).toEqual(['Api', 'Old', 'Hello']);
    expect(nowAt(view).map((one) => one.id)).toEqual(['Old', 'Api']);
  });

  it('that no plan named appear when they begin', () => {
    const view = all([[1, working('Surprise')]]);
    expect(view.rows.get('Surprise')).toMatchObject({ change: null, state: 'working' });
  });

  it('are counted when they are settled', () => {
    expect(progress(all([[1, working('Api')], [2, done('Hello')]]))).toEqual({ done: 1, total: 3 });
  });

  it('that CloudFormation did not speak of are done when the deploy is', () => {
    expect(progress(all([[1, finished]]))).toEqual({ done: 3, total: 3 });
  });

  it('of what is replaced stay done while the old one is deleted', () => {
    const table = plan([typed('Votes', 'Votes', 'AWS::DynamoDB::Table', 'replace', 1)]);
    const view = fold(
      initial(task('deploy', { plan: table })),
      events([
        [1, resource('Votes', 'AWS::DynamoDB::Table', 'working', 'UPDATE_IN_PROGRESS')],
        [2, resource('Votes', 'AWS::DynamoDB::Table', 'done', 'UPDATE_COMPLETE')],
        [3, resource('Votes', 'AWS::DynamoDB::Table', 'working', 'DELETE_IN_PROGRESS')],
        [4, resource('Votes', 'AWS::DynamoDB::Table', 'deleted', 'DELETE_COMPLETE')],
      ]),
      table,
    );
    expect(view.rows.get('Votes')).toMatchObject({
      state: 'done', spans: [{ kind: 'work', from: 1000, to: 2000 }, { kind: 'cleanup', from: 3000, to: 4000 }],
    });
  });
});

describe('a failure', () => {
  const failed: [number, Step][] = [
    [1, working('Hello')],
    [2, done('Hello')],
    [3, working('Api')],
    [4, working('Other')],
    [5, resource('Api', FUNCTION, 'failed', 'CREATE_FAILED', 'not authorized')],
    [5, resource('Other', FUNCTION, 'cancelled', 'CREATE_FAILED', 'Resource creation cancelled')],
    [6, stackIs('hello-world-dev', 'rollingBack', 'UPDATE_ROLLBACK_IN_PROGRESS')],
    [7, working('Hello')],
    [9, done('Hello')],
    [10, resource('Api', FUNCTION, 'deleted', 'DELETE_COMPLETE')],
    [11, over({ kind: 'failed', problem })],
  ];

  it('shows what failed first, then what was put back, then what was stopped, then what never began', () => {
    const view = all(failed);
    expect(afterFailure(view).map((one) => [one.id, one.state])).toEqual([
      ['Api', 'failed'], ['Hello', 'rolledBack'], ['Other', 'cancelled'], ['Old', 'waiting'],
    ]);
  });

  it('keeps the reason of the service, and the times of going back apart', () => {
    const view = all(failed);
    expect(view.rows.get('Api')?.reason).toBe('not authorized');
    expect(view.rows.get('Hello')?.spans).toEqual([
      { kind: 'work', from: 1000, to: 2000 }, { kind: 'back', from: 7000, to: 9000 },
    ]);
  });

  it('that cut the work off leaves what was under way unknown, not running and not failed', () => {
    const view = all([[1, working('Hello')], [2, done('Hello')], [3, working('Api')], [4, over({ kind: 'failed', problem })]]);
    expect(view.rows.get('Api')).toMatchObject({ state: 'unknown', spans: [{ kind: 'work', from: 3000, to: 4000 }] });
    expect(view.rows.get('Hello')?.state).toBe('done');
    expect(view.rows.get('Old')?.state).toBe('waiting');
  });

  it('does not call what was cancelled failed', () => {
    expect(all(failed).rows.get('Other')).toMatchObject({ state: 'cancelled', reason: null });
  });
});

describe('a deploy of code alone', () => {
  it('finds rows by their names at AWS', () => {
    const code = plan([row('A', 'code', { name: 'a', physicalId: 'svc-dev-a' }), row('B', 'code', { name: 'b', physicalId: 'svc-dev-b' })]);
    const view = fold(
      initial(task('deploy', { plan: code })),
      events([
        [1, stage('coding', 'Giving functions their code')],
        [3, { kind: 'codeUpdated', function: 'svc-dev-a' }],
        [4, { kind: 'codeUpdated', function: 'svc-dev-b' }],
      ]),
      code,
    );
    expect(view.rows.get('A')?.spans).toEqual([{ kind: 'work', from: 1000, to: 3000 }]);
    expect(view.rows.get('B')?.spans).toEqual([{ kind: 'work', from: 3000, to: 4000 }]);
  });
});

it('steps of the sandbox that only count are one line', () => {
  const fetching = (name: string, count: number): Step => ({ kind: 'sandbox', words: `Fetching ${name}`, done: count, of: null });
  const view = all([[1, fetching('a', 1)], [2, fetching('b', 2)], [3, { kind: 'sandbox', words: 'Starting', done: null, of: null }]]);
  expect(view.sandboxSteps.map((step) => step.words)).toEqual(['Fetching b', 'Starting']);
});

it('the scale has few lines, and room for what is usual', () => {
  for (const elapsed of [0, 800, 45_000, 130_000, 1_900_000, 30_000_000]) {
    const { end, marks } = scale(elapsed, 130_000);
    expect(end).toBeGreaterThanOrEqual(elapsed);
    expect(marks.length).toBeGreaterThan(0);
    expect(marks.length).toBeLessThan(9);
  }
  expect(clock(72_400)).toBe('1:12');
});
