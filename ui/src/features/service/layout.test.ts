import { describe, expect, it } from 'vitest';
import type { Drawing, NodeKind } from '@/bridge';
import { columns, HEIGHT, layout, wire } from './layout';
import { huge, polls } from './samples';

const drawing = (nodes: [string, NodeKind][], edges: [string, string][]): Drawing => ({
  nodes: nodes.map(([id, kind]) => ({ id, kind, label: id, note: '' })),
  edges: edges.map(([from, to]) => ({ from, to, label: '' })),
});

describe('the layout of a drawing', () => {
  it('has one column for each kind of part, calls at the left, what is used at the right', () => {
    const found = columns(drawing([['web', 'internet'], ['api', 'api'], ['clock', 'schedule'], ['fn', 'function'], ['key', 'key'], ['db', 'table']], [['web', 'api'], ['api', 'fn'], ['clock', 'fn'], ['fn', 'db']]));
    expect(found.map((column) => [...column].sort())).toEqual([['web'], ['api', 'clock'], ['fn'], ['db', 'key']]);
  });
  it('leaves no empty column', () => {
    expect(columns(drawing([['fn', 'function'], ['db', 'table']], [['fn', 'db']]))).toEqual([['fn'], ['db']]);
    expect(columns(drawing([], []))).toEqual([]);
  });
  it('puts what belongs together on the same height', () => {
    const found = columns(drawing([['a', 'function'], ['b', 'function'], ['of b', 'table'], ['of a', 'table']], [['a', 'of a'], ['b', 'of b']]));
    expect(found).toEqual([['a', 'b'], ['of a', 'of b']]);
  });
  it('lays no two things over each other, and places every one inside', () => {
    for (const one of [polls.drawing, huge.drawing]) {
      const { at, width, height } = layout(one);
      const places = [...at.values()];
      expect(places).toHaveLength(one.nodes.length);
      expect(places.every((place, index) => places.every((other, next) => index === next || place.x !== other.x || Math.abs(place.y - other.y) >= HEIGHT))).toBe(true);
      expect(places.every((place) => place.x >= 0 && place.x < width && place.y >= 0 && place.y + HEIGHT <= height)).toBe(true);
    }
  });
  it('keeps what calls in sight beside a column that is taller than the window', () => {
    expect(layout(huge.drawing).at.get('internet')?.y).toBeLessThan(400);
  });
  it('draws wires that begin and end at the sides', () => {
    expect(wire({ x: 0, y: 0 }, { x: 300, y: 100 })).toMatch(/^M174 24 C.* 298 124$/);
  });
});
