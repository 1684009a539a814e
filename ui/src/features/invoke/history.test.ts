import { expect, it } from 'vitest';
import { Memory } from './history';

it('keeps the newest first, each place by itself, and no more than thirty', () => {
  const memory = new Memory<number>();
  for (let number = 0; number < 40; number += 1) memory.add('a', number, 'now');
  memory.add('b', 99, 'now');
  expect(memory.list('a')).toHaveLength(30);
  expect(memory.list('a')[0]?.what).toBe(39);
  expect(memory.list('b').map((entry) => entry.what)).toEqual([99]);
});

it('tells those who look, and answers the same list while nothing changes', () => {
  const memory = new Memory<number>();
  let told = 0;
  const stop = memory.subscribe(() => { told += 1; });
  expect(memory.list('a')).toBe(memory.list('a'));
  memory.add('a', 1, 'now');
  stop();
  memory.add('a', 2, 'now');
  expect(told).toBe(1);
});
