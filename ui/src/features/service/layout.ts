// Where each thing of a drawing stands: columns by what it is, rows by its neighbours, so that wires cross little.
import type { Drawing, NodeKind } from '@/bridge';

export const WIDTH = 174;
export const HEIGHT = 48;
const ACROSS = 58;
const DOWN = 18;
/** A column that is taller than the window would put its neighbours out of sight: they stay near the top. */
const SEEN = 460;

/** Calls come in at the left; what functions use stands at the right. */
const ranks: Record<NodeKind, number> = { internet: 0, api: 1, schedule: 1, function: 2, key: 3, secret: 3, table: 3, bucket: 3, queue: 3, network: 3, other: 3 };

export interface Layout {
  at: Map<string, { x: number; y: number }>;
  width: number;
  height: number;
}

/** The node ids of each column, left to right. A column that would be empty is left out. */
export function columns(drawing: Drawing): string[][] {
  const all: string[][] = [[], [], [], []];
  for (const node of drawing.nodes) all[ranks[node.kind]]?.push(node.id);
  const filled = all.filter((column) => column.length > 0);
  // Each column is put in the order of what it hangs on, once from the left and once from the right.
  for (let at = 1; at < filled.length; at += 1) order(filled, at, at - 1, drawing);
  for (let at = filled.length - 2; at >= 0; at -= 1) order(filled, at, at + 1, drawing);
  return filled;
}

function order(filled: string[][], at: number, beside: number, drawing: Drawing): void {
  const rows = new Map((filled[beside] ?? []).map((id, row) => [id, row]));
  const middle = new Map<string, number>();
  (filled[at] ?? []).forEach((id, row) => {
    const next = drawing.edges.flatMap((edge) => (edge.to === id ? [rows.get(edge.from)] : edge.from === id ? [rows.get(edge.to)] : [])).filter((found) => found !== undefined);
    middle.set(id, next.length === 0 ? row : next.reduce((sum, one) => sum + one, 0) / next.length);
  });
  filled[at]?.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
}

export function layout(drawing: Drawing): Layout {
  const all = columns(drawing);
  const tall = (count: number) => count * (HEIGHT + DOWN) - DOWN;
  const height = tall(Math.max(1, ...all.map((column) => column.length)));
  const at = new Map<string, { x: number; y: number }>();
  all.forEach((column, x) => {
    const top = Math.max(0, (Math.min(height, SEEN) - tall(column.length)) / 2);
    column.forEach((id, row) => at.set(id, { x: x * (WIDTH + ACROSS), y: top + row * (HEIGHT + DOWN) }));
  });
  return { at, width: Math.max(1, all.length) * (WIDTH + ACROSS) - ACROSS, height };
}

/** A wire from the right of one thing to the left of another, turning half-way. */
export function wire(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x - 2, to.y + HEIGHT / 2];
  const half = x1 + Math.max(20, (x2 - x1) / 2);
  return `M${x1} ${y1} C${half} ${y1} ${x2 - (half - x1)} ${y2} ${x2} ${y2}`;
}
