import { describe, expect, it } from 'vitest';
import { nothing, reduce } from './tasks';
import type { TaskEvent } from './generated/bindings';

const event = (seq: number): TaskEvent => ({ seq, at: '2026-11-23T12:00:00.000Z', step: { kind: 'note', words: String(seq) } });
const numbers = (batches: number[][]) => batches.reduce((history, batch) => reduce(history, { kind: 'events', events: batch.map(event) }), nothing).events.map((one) => one.seq);

describe('the history of a task', () => {
  it('takes batches in order', () => expect(numbers([[1, 2], [3]])).toEqual([1, 2, 3]));
  it('does not count twice what is told again', () => expect(numbers([[1, 2], [1, 2, 3], [3, 4]])).toEqual([1, 2, 3, 4]));
  it('waits for what is missing instead of showing a gap', () => expect(numbers([[1], [3], [2, 3]])).toEqual([1, 2, 3]));
  it('is the same value when nothing is new', () => {
    const history = reduce(nothing, { kind: 'events', events: [event(1)] });
    expect(reduce(history, { kind: 'events', events: [event(1)] })).toBe(history);
  });
});
