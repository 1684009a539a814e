import { describe, expect, it } from 'vitest';
import { layout } from './layout';
import { makes, needWords, orderWords, standWords, stateOf } from './model';
import { all, broken, five, member, need, standing, thirty, two } from './samples';

describe('a service among several', () => {
  it('is told by its files first, then by what stands', () => {
    expect(stateOf(member('a', 0, [], { problem: broken }), standing('a', 'live'), false).word).toBe('Cannot be read');
    expect(stateOf(member('a', 0, [], { problem: { ...broken, code: 'CONSENT_NEEDED' } }), undefined, false).word).toBe('Asks for consent');
    expect(stateOf(member('a', 0, [], { problem: { ...broken, code: 'CLOUD_NOT_ASKED' } }), undefined, false)).toEqual({ mark: 'unknown', word: 'Asks AWS' });
    expect(stateOf(member('a', 0), standing('a', 'stuck'), false)).toEqual({ mark: 'danger', word: 'Stuck' });
    expect(stateOf(member('a', 0), { service: 'a', deployed: null, problem: broken }, false).word).toBe('Not reached');
    expect(stateOf(member('a', 0), undefined, true).word).toBe('Looking');
  });

  it('says why it waits, and what it is made of', () => {
    expect(needWords([need('orders', 'reads QueueUrl'), need('users', 'dependsOn')])).toBe('orders (reads QueueUrl), users (dependsOn)');
    expect(makes(member('a', 0, [], { about: { service: 'a', stack: 'a-dev', functions: 1, resources: 9 } }))).toBe('1 function, 9 resources');
    expect(makes(member('a', 0, [], { about: null, problem: { ...broken, code: 'CLOUD_NOT_ASKED' } }))).toBe('known when planned');
  });
});

describe('several services', () => {
  it('are counted by their steps', () => {
    expect(orderWords(two)).toContain('2 services in 2 steps');
    expect(orderWords({ ...two, services: [member('a', 0), member('b', 0)] })).toContain('None waits for another');
    expect(orderWords({ ...two, services: [member('a', 0)] })).toBe('1 service.');
  });

  it('stand all, in part, or not, and what is not known is not called well', () => {
    expect(standWords(two, undefined)).toBeNull();
    expect(standWords(two, all(two, 'live'))).toEqual({ mark: 'ok', word: 'All 2 stand in dev' });
    expect(standWords(two, [standing('orders', 'live'), standing('shop', 'absent')])?.word).toBe('1 of 2 stand in dev');
    expect(standWords(two, all(two, 'absent'))?.word).toBe('Nothing stands in dev');
    expect(standWords(two, all(two, 'unknown'))?.mark).toBe('unknown');
    expect(standWords(two, [standing('orders', 'stuck'), standing('shop', 'live')])?.mark).toBe('danger');
  });
});

describe('the drawing', () => {
  it('has a column for each step, and each service right of those it waits for', () => {
    const { at, columns } = layout(five.services);
    expect(columns).toHaveLength(3);
    for (const one of five.services) for (const { service } of one.needs) expect(at.get(one.name)?.x).toBeGreaterThan(at.get(service)?.x ?? Infinity);
  });

  it('gives every one of thirty a place of its own', () => {
    const { at, width, height } = layout(thirty.services);
    expect(new Set([...at.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(30);
    for (const { x, y } of at.values()) expect(x < width && y < height).toBe(true);
  });
});
