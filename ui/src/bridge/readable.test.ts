import { describe, expect, it } from 'vitest';
import { hostOf } from './memory';
import { readable, readableHost } from './readable';

describe('what the engine tells', () => {
  it('hides no letter, and stays the same where none is hidden', () => {
    const plain = { name: 'vote', list: [{ text: 'a' }], count: 3, none: null };
    expect(readable(plain)).toBe(plain);
    expect(readable({ folder: '~/a\u202Eb', list: ['x\u200By'] })).toEqual({ folder: '~/a<U+202E>b', list: ['x<U+200B>y'] });
  });

  it('is sent back as it came', () => {
    expect(readable({ key: 'a\u202Eb', stage: 'd\u200Bev' })).toEqual({ key: 'a\u202Eb', stage: 'd\u200Bev' });
  });

  it('is readable in answers, in refusals and in what is told on the way', async () => {
    const host = readableHost({ ...hostOf({ path: '/' }, 'light'), savePlan: () => Promise.resolve('a\u202E'), plan: () => Promise.reject({ title: 'b\u202E' }), watchTasks: (tell) => { tell({ title: 'c\u202E' } as never); return () => undefined; } });
    await expect(host.savePlan('p')).resolves.toBe('a<U+202E>');
    await expect(host.plan({ project: 'p', stage: null, target: { kind: 'sandbox' } })).rejects.toEqual({ title: 'b<U+202E>' });
    const told: unknown[] = [];
    host.watchTasks((task) => told.push(task));
    expect(told).toEqual([{ title: 'c<U+202E>' }]);
  });
});
