import { describe, expect, it } from 'vitest';
import type { SeveralPlan } from '@/bridge';
import type { Scene } from '@/bridge/memory';
import { severalScenes } from '../scenesOfSeveral';
import { active, countsOf, headline, isIdle, reasons, together, yours } from './model';

function planOf(name: string): SeveralPlan {
  const scene: Scene | undefined = severalScenes[name];
  const step = scene?.tasks?.[0]?.events.at(-1)?.step;
  if (step?.kind === 'ended' && step.ended.kind === 'done' && step.ended.result.kind === 'severalPlan') return step.ended.result.plan;
  throw new Error(`${name} holds no plan`);
}

describe('a plan of several services', () => {
  it('counts what is known, and names what is not', () => {
    const plan = planOf('several-plan');
    expect(headline(plan)).toBe('8 changes to 1 service in dev');
    expect(yours(plan)).toEqual({ lead: 'Nothing is yours to settle.', rest: 'What changes in shop is known when orders stands.' });
    expect(active(plan).map((one) => one.name)).toEqual(['orders', 'shop']);
    expect(reasons(plan, {}, '')).toEqual([]);
  });

  it('leaves out of the deploy what equals its files', () => {
    expect(active(planOf('several-plan-settle')).map((one) => one.name)).toEqual(['tables', 'orders']);
    expect(isIdle(planOf('several-plan-nothing'))).toBe(true);
  });

  it('sleeps until each loss is typed, in its own service', () => {
    const plan = planOf('several-plan-settle');
    expect(reasons(plan, {}, '').map((one) => one.to)).toEqual(['settle-tables-VotesTable']);
    expect(reasons(plan, { orders: { VotesTable: 'VotesTable' } }, '')).toHaveLength(1);
    expect(reasons(plan, { tables: { VotesTable: 'VotesTable' } }, '')).toEqual([]);
  });

  it('asks for the name of production, byte for byte', () => {
    const plan = planOf('several-plan-prod');
    const typed = { polls: { VotesTable: 'VotesTable' } };
    expect(reasons(plan, typed, 'Prod')).toHaveLength(1);
    expect(reasons(plan, typed, 'prod')).toEqual([]);
    expect(yours(plan).lead).toBe('Two things are yours to settle:');
  });

  it('does not go on while one of them cannot be planned', () => {
    const plan = planOf('several-plan-broken');
    expect(yours(plan).lead).toBe('1 of 3 services cannot be planned.');
    expect(reasons(plan, {}, '')).toEqual([{ words: 'mail cannot be planned', to: 'service-mail' }]);
  });

  it('adds up the kinds, and names files from the folder that holds all', () => {
    const plan = planOf('several-plan-settle');
    expect(countsOf(plan)).toMatchObject({ replaced: 1, removed: 2, changed: 2, added: 1, total: 6 });
    expect(together(plan)?.leftOut.map((one) => one.path)).toEqual(['orders/.env']);
    expect(together(planOf('several-plan-nothing'))?.stack).toBe('');
  });
});
