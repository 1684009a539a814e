import { describe, expect, it } from 'vitest';
import type { Drawing } from '@/bridge';
import { columns, HEIGHT, layout } from './layout';

const drawing = (nodes: string[], edges: [string, string][]): Drawing => ({
  nodes: nodes.map((id) => ({ id, kind: 'function', label: id, note: '' })),
  edges: edges.map(([from, to]) => ({ from, to, label: '' })),
});

describe('the layout of a drawing', () => {
  it('puts what is called right of what calls it', () => {
    const column = columns(drawing(['web', 'api', 'fn', 'db', 'clock'], [['web', 'api'], ['api', 'fn'], ['fn', 'db'], ['clock', 'fn']]));
    expect(Object.fromEntries(column)).toEqual({ web: 0, api: 1, fn: 2, db: 3, clock: 1 });
  });
  it('ends on a circle', () => {
    const column = columns(drawing(['a', 'b'], [['a', 'b'], ['b', 'a']]));
    expect([...column.values()].every((at) => at < 2)).toBe(true);
  });
  it('lays no two things over each other', () => {
    const many = drawing(['api', ...Array.from({ length: 20 }, (_, index) => `fn${index}`)], Array.from({ length: 20 }, (_, index): [string, string] => ['api', `fn${index}`]));
    const { at } = layout(many);
    const places = [...at.values()];
    expect(places.every((one, index) => places.every((other, next) => index === next || one.x !== other.x || Math.abs(one.y - other.y) >= HEIGHT))).toBe(true);
  });
});
