// Where each part of an archive stands in the map: its area is its share of the bytes.
import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import type { SizePart } from '@/bridge';

export interface Tile {
  part: SizePart;
  /** Of the width and height of the map, from 0 to 100. */
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Item { part: SizePart | null; value: number; items: Item[] }

/** The tiles of what a part holds, largest first. `wide` is the map's width over its height. */
export function tiles(part: SizePart, wide: number): Tile[] {
  const items = part.children.filter((one) => one.unzipped > 0).map((one): Item => ({ part: one, value: one.unzipped, items: [] }));
  if (items.length === 0) return [];
  const root = hierarchy<Item>({ part: null, value: 0, items }, (item) => item.items).sum((item) => item.value).sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const laid = treemap<Item>().tile(treemapSquarify).size([100 * wide, 100])(root);
  return (laid.children ?? []).flatMap((one) => (one.data.part === null ? [] : [{ part: one.data.part, left: one.x0 / wide, top: one.y0, width: (one.x1 - one.x0) / wide, height: one.y1 - one.y0 }]));
}

/** How much of the map's height the name and size of a tile take. */
const TITLE = 10;
/** A tile that is smaller, in percent of the map, shows nothing within. */
const ROOM = { width: 13, height: 26 };

/** The tiles within a tile that has room for them, of the area under its title: what one goes to next. */
export function within(tile: Tile, wide: number): Tile[] {
  if (tile.width < ROOM.width || tile.height < ROOM.height) return [];
  return tiles(tile.part, (tile.width * wide) / (tile.height - TITLE));
}

/** The part with a path, and what it lies in, from the archive down; the archive alone when there is none. */
export function wayTo(root: SizePart, path: string): SizePart[] {
  const way = [root];
  for (let at = root; at.path !== path;) {
    const next = at.children.find((one) => one.kind !== 'smaller' && (one.path === path || path.startsWith(`${one.path}/`)));
    if (next === undefined) return [root];
    way.push(next);
    at = next;
  }
  return way;
}

/** Whether patterns leave a part out, by itself or with what it lies in. */
export function isLeftOut(way: SizePart[], part: SizePart, without: string[]): boolean {
  return [...way, part].some((one) => one.pattern !== null && without.includes(one.pattern));
}

/** The share of a whole in percent, for people: what is not nothing shows. */
export function share(bytes: number, whole: number): string {
  if (whole === 0 || bytes === 0) return '0 %';
  const percent = (bytes / whole) * 100;
  return percent < 1 ? '< 1 %' : `${Math.round(percent)} %`;
}
