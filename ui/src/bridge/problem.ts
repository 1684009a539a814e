import type { Problem } from './generated/bindings';

/** What a call threw, as a problem: the engine throws nothing else, the border itself may. */
export function asProblem(thrown: unknown): Problem {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'title' in thrown) return thrown as Problem;
  return {
    code: 'INTERNAL', kind: 'internal', title: 'Pilothouse did not answer',
    detail: thrown instanceof Error ? thrown.message : String(thrown),
    hints: ['Try again. If it stays so, start Pilothouse again: what runs goes on'], retry: 'now', findings: [], failure: null,
  };
}
