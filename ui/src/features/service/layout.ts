// Where each thing of a drawing stands: columns by how far it is from where calls come in, rows by its neighbours.
import type { Drawing } from '@/bridge';

export const WIDTH = 188;
export const HEIGHT = 48;
const ACROSS = 88;
const DOWN = 20;

export interface Layout {
  at: Map<string, { x: number; y: number }>;
  width: number;
  height: number;
}

/** The longest way to each node from where nothing leads to it. A circle counts once. */
export function columns(drawing: Drawing): Map<string, number> {
  const column = new Map(drawing.nodes.map((node) => [node.id, 0]));
  for (let round = 0; round < drawing.nodes.length; round += 1) {
    let moved = false;
    for (const edge of drawing.edges) {
      const from = column.get(edge.from) ?? 0;
      if ((column.get(edge.to) ?? 0) <= from && from + 1 < drawing.nodes.length) {
        column.set(edge.to, from + 1);
        moved = true;
      }
    }
    if (!moved) break;
  }
  // What starts by itself stands right before what it calls.
  for (const node of drawing.nodes) {
    const led = drawing.edges.some((edge) => edge.to === node.id);
    const next = drawing.edges.filter((edge) => edge.from === node.id).map((edge) => column.get(edge.to) ?? 0);
    if (!led && next.length > 0) column.set(node.id, Math.max(0, Math.min(...next) - 1));
  }
  return column;
}

export function layout(drawing: Drawing): Layout {
  const column = columns(drawing);
  const last = Math.max(0, ...column.values());
  const at = new Map<string, { x: number; y: number }>();
  const rows: string[][] = Array.from({ length: last + 1 }, () => []);
  for (const node of drawing.nodes) rows[column.get(node.id) ?? 0]?.push(node.id);
  const tallest = Math.max(1, ...rows.map((row) => row.length));
  const height = tallest * (HEIGHT + DOWN) - DOWN;
  rows.forEach((row, x) => {
    const middle = (id: string) => {
      const before = drawing.edges.filter((edge) => edge.to === id).map((edge) => at.get(edge.from)?.y).filter((y) => y !== undefined);
      return before.length === 0 ? 0 : before.reduce((sum, y) => sum + y, 0) / before.length;
    };
    const ordered = x === 0 ? row : [...row].sort((a, b) => middle(a) - middle(b));
    const top = (height - (ordered.length * (HEIGHT + DOWN) - DOWN)) / 2;
    ordered.forEach((id, index) => at.set(id, { x: x * (WIDTH + ACROSS), y: top + index * (HEIGHT + DOWN) }));
  });
  return { at, width: (last + 1) * (WIDTH + ACROSS) - ACROSS, height };
}

/** A wire from the right of one thing to the left of another, turning half-way. */
export function wire(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x - 2, to.y + HEIGHT / 2];
  const half = x1 + Math.max(20, (x2 - x1) / 2);
  return `M${x1} ${y1} C${half} ${y1} ${x2 - (half - x1)} ${y2} ${x2} ${y2}`;
}
