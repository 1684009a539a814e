import { describe, expect, it } from 'vitest';
import { usual } from './samples';
import { isLeftOut, share, tiles, wayTo, within } from './treemap';

describe('the map', () => {
  it('gives each part the area of its share, inside the map and without overlap', () => {
    const all = tiles(usual, 2.4);
    expect(all.map((tile) => tile.part.name)).toEqual(['node_modules', 'assets', '18 smaller', 'src']);
    for (const tile of all) {
      expect((tile.width * tile.height) / 10_000).toBeCloseTo(tile.part.unzipped / usual.unzipped, 6);
      expect(tile.left).toBeGreaterThanOrEqual(-1e-9);
      expect(tile.left + tile.width).toBeLessThanOrEqual(100 + 1e-9);
      expect(tile.top + tile.height).toBeLessThanOrEqual(100 + 1e-9);
    }
    const apart = (a: (typeof all)[number], b: (typeof all)[number]) => a.left + a.width <= b.left + 1e-9 || b.left + b.width <= a.left + 1e-9 || a.top + a.height <= b.top + 1e-9 || b.top + b.height <= a.top + 1e-9;
    all.forEach((one, at) => all.slice(at + 1).forEach((other) => expect(apart(one, other)).toBe(true)));
  });

  it('shows within a large tile what it holds, by the same shares, and nothing within a small one', () => {
    const [outer] = tiles(usual, 2.4);
    if (outer === undefined) throw new Error('there is a tile');
    const inner = within(outer, 2.4);
    expect(inner.map((one) => one.part.path)).toEqual(tiles(outer.part, 1).map((one) => one.part.path));
    const sum = inner.reduce((all, one) => all + one.part.unzipped, 0);
    for (const one of inner) expect((one.width * one.height) / 10_000).toBeCloseTo(one.part.unzipped / sum, 6);
    expect(within({ ...outer, width: 8 }, 2.4)).toEqual([]);
  });

  it('is empty for what has no bytes', () => {
    expect(tiles({ ...usual, children: [{ ...usual, unzipped: 0, children: [] }] }, 2)).toEqual([]);
  });

  it('finds the way to a part, and stays at the archive when it is gone', () => {
    expect(wayTo(usual, 'node_modules/aws-sdk/clients').map((one) => one.name)).toEqual(['', 'node_modules', 'aws-sdk', 'clients']);
    expect(wayTo(usual, 'node_modules/other')).toEqual([usual]);
    expect(wayTo(usual, '')).toEqual([usual]);
  });

  it('knows what is left out with what it lies in', () => {
    const way = wayTo(usual, 'node_modules/aws-sdk');
    const clients = wayTo(usual, 'node_modules/aws-sdk/clients').at(-1);
    if (clients === undefined) throw new Error('there are clients');
    expect(isLeftOut(way, clients, ['!node_modules/aws-sdk/**'])).toBe(true);
    expect(isLeftOut(way, clients, ['!node_modules/aws-sdk/clients/**'])).toBe(true);
    expect(isLeftOut(way, clients, ['!assets/**'])).toBe(false);
  });

  it('says shares for people', () => {
    expect([share(0, 10), share(1, 1000), share(1, 3), share(5, 0)]).toEqual(['0 %', '< 1 %', '33 %', '0 %']);
  });
});
