// What the plan of several services says: the sentences, what is the reader's to settle, and the counts of all.
import type { Counts, MemberPlan, Need, PlanView, Place, SeveralPlan, SeveralTask, TaskView } from '@/bridge';
import { cutMiddle, plural } from '@/lib/words';
import { changes, decisions, gateId, isNothing, lost, NUMBERS, type Reason } from '../plan/model';

/** What was typed, by service and logical id. */
export type Typed = Record<string, Record<string, string>>;

export const STAGE_FIELD = 'settle-stage';

/** The element of a service on the page. */
export function serviceId(name: string): string {
  return `service-${name}`;
}

/** What ids of a service's rows begin with. */
export function scopeOf(name: string): string {
  return `${name}-`;
}

export function plansOf(plan: SeveralPlan): PlanView[] {
  return plan.services.flatMap((one) => (one.plan === null ? [] : [one.plan]));
}

/** Those with something to do, or of which nobody knows it yet. */
export function active(plan: SeveralPlan): MemberPlan[] {
  return plan.services.filter((one) => one.plan === null || !isNothing(one.plan));
}

export function isIdle(plan: SeveralPlan): boolean {
  return active(plan).length === 0;
}

const KINDS = ['added', 'changed', 'mayReplace', 'replaced', 'removed', 'letGo', 'total'] as const;

/** The changes of all that is known. */
export function countsOf(plan: SeveralPlan): Counts {
  const sum: Counts = { added: 0, changed: 0, mayReplace: 0, replaced: 0, removed: 0, letGo: 0, total: 0 };
  for (const { counts } of plansOf(plan)) for (const kind of KINDS) sum[kind] += counts[kind];
  return sum;
}

/** `14 changes to 2 services in dev`. */
export function headline(plan: SeveralPlan): string {
  const known = plansOf(plan).filter((one) => !isNothing(one)).length;
  if (known === 0) return `${plan.name} in ${plan.stage}`;
  return `${changes(countsOf(plan).total)} to ${plural(known, 'service')} in ${plan.stage}`;
}

/** What the reader must do before the deploy, and what happens then. */
export function yours(plan: SeveralPlan): { lead: string; rest: string } {
  const broken = plan.services.filter((one) => one.problem !== null).length;
  if (broken > 0) return { lead: `${broken} of ${plural(plan.services.length, 'service')} cannot be planned.`, rest: 'Put right what is wrong first, then plan all again.' };
  const rows = plansOf(plan).flatMap(decisions);
  const parts = rows.length > 0 ? [`confirm ${lost(rows)}`] : [];
  if (plan.production) parts.push("type the stage's name");
  const count = rows.length + (plan.production ? 1 : 0);
  if (count === 0) return { lead: 'Nothing is yours to settle.', rest: laterWords(plan) };
  return { lead: `${NUMBERS[count] ?? `${count} things`} ${count === 1 ? 'is' : 'are'} yours to settle:`, rest: `${parts.join(', and ')}. ${laterWords(plan)}`.trim() };
}

function laterWords(plan: SeveralPlan): string {
  const later = plan.services.filter((one) => one.knownWhen !== null);
  const [first] = later;
  if (first === undefined) return '';
  if (later.length === 1) return `What changes in ${cutMiddle(first.name, 40)} is known when ${cutMiddle(first.knownWhen ?? '', 40)} stands.`;
  return `What changes in ${later.length} of them is known when others stand.`;
}

/** Why the deploy cannot begin yet; each leads to the place that settles it. */
export function reasons(plan: SeveralPlan, typed: Typed, stageTyped: string): Reason[] {
  const left: Reason[] = [];
  for (const one of plan.services) {
    if (one.problem !== null) left.push({ words: `${cutMiddle(one.name, 32)} cannot be planned`, to: serviceId(one.name) });
    for (const row of one.plan === null ? [] : decisions(one.plan)) {
      if (typed[one.name]?.[row.logicalId] !== row.logicalId) left.push({ words: `type ${row.logicalId}`, to: gateId(row, scopeOf(one.name)) });
    }
  }
  if (plan.production && stageTyped !== plan.stage) left.push({ words: `type ${plan.stage}`, to: STAGE_FIELD });
  return left;
}

/** `after orders (reads QueueUrl)`. */
export function afterWords(needs: Need[]): string {
  return needs.length === 0 ? '' : `after ${needs.map(({ service, why }) => `${service} (${why})`).join(', ')}`;
}

/** What follows from all plans together, for the panel of one. Places are told from the folder that holds all. */
export function together(plan: SeveralPlan): PlanView | null {
  const [first] = plansOf(plan);
  if (first === undefined) return null;
  const all = plan.services.flatMap((one) => (one.plan === null ? [] : [{ own: one.plan, name: one.name, path: one.path }]));
  return {
    ...first,
    stack: '', command: plan.command, plannedAt: plan.plannedAt, sizes: [],
    findings: all.flatMap(({ own, path }) => own.findings.map((one) => ({ ...one, place: one.place === null ? null : { ...one.place, file: `${path}/${one.place.file}` } }))),
    notSimulated: all.flatMap(({ own, name }) => own.notSimulated.map((one) => ({ ...one, logicalId: `${name}/${one.logicalId}` }))),
    archives: all.flatMap(({ own, path }) => own.archives.map((one) => ({ ...one, name: `${path}/${one.name}` }))),
    leftOut: all.flatMap(({ own, path }) => own.leftOut.map((one) => ({ ...one, path: `${path}/${one.path}` }))),
  };
}

/** Where a task on several services works. */
export function placeOf(task: TaskView, several: SeveralTask): Place | null {
  return task.project === null || task.target === null ? null : { project: task.project, stage: several.stage, target: task.target };
}

export function whereWords(plan: SeveralPlan): string {
  if (plan.target.kind === 'sandbox') return 'the sandbox';
  return plan.target.profile ?? (plan.identity === null ? 'the account' : `account ${plan.identity.account}`);
}
