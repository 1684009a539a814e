// Where each service of a drawing stands: columns by their steps, rows near those they wait for.
import type { Member } from '@/bridge';

export const WIDTH = 196;
export const HEIGHT = 50;
export const HEAD = 26;
const ACROSS = 64;
const DOWN = 14;
/** A column that is taller than the window would put its neighbours out of sight: they stay near the top. */
const SEEN = 400;

export interface Spot { x: number; y: number }
export interface Layout { at: Map<string, Spot>; columns: Spot[]; width: number; height: number }

export function layout(members: Pick<Member, 'name' | 'level' | 'needs'>[]): Layout {
  const count = 1 + Math.max(0, ...members.map((one) => one.level));
  const all = Array.from({ length: count }, (_, level) => members.filter((one) => one.level === level));
  const row = new Map<string, number>();
  const at = new Map<string, Spot>();
  const tall = (rows: number) => Math.max(1, rows) * (HEIGHT + DOWN) - DOWN;
  const height = tall(Math.max(...all.map((column) => column.length)));
  all.forEach((column, level) => {
    const sorted = column.map((one, index) => ({ one, middle: middle(one.needs.map(({ service }) => row.get(service)), index) })).sort((a, b) => a.middle - b.middle);
    const top = Math.max(0, (Math.min(height, SEEN) - tall(column.length)) / 2);
    sorted.forEach(({ one }, index) => {
      row.set(one.name, index);
      at.set(one.name, { x: level * (WIDTH + ACROSS), y: HEAD + top + index * (HEIGHT + DOWN) });
    });
  });
  const columns = all.map((_, level) => ({ x: level * (WIDTH + ACROSS), y: 0 }));
  return { at, columns, width: count * (WIDTH + ACROSS) - ACROSS, height: height + HEAD };
}

function middle(rows: (number | undefined)[], own: number): number {
  const known = rows.filter((one) => one !== undefined);
  return known.length === 0 ? own : known.reduce((sum, one) => sum + one, 0) / known.length;
}

/** A wire from the right of one to the left of another. */
export function wire(from: Spot, to: Spot): string {
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x - 2, to.y + HEIGHT / 2];
  const half = Math.max(24, Math.min(ACROSS, x2 - x1) / 2);
  return `M${x1} ${y1} C${x1 + half} ${y1} ${x2 - half} ${y2} ${x2} ${y2}`;
}
