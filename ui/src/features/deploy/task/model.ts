// The progress page's reducer: numbered events of a task in, what the page shows out. Events may come twice and out
// of order (a page that was reloaded asks for all of them again); each is folded once, in its order.
import type { Ended, PlanRow, PlanView, ResourceState, Stage, Step, TaskEvent, TaskView } from '@/bridge';

/** A stretch of time in milliseconds since the task began. `to` is null while it lasts. */
export interface Span {
  kind: 'work' | 'back' | 'cleanup';
  from: number;
  to: number | null;
}

export interface Row {
  id: string;
  name: string;
  type: string;
  /** What is meant to happen to it; null for what no plan named. */
  change: PlanRow['change'] | null;
  /** Unknown: the work ended while it was under way, and nobody looked since. */
  state: ResourceState | 'waiting' | 'unknown';
  spans: Span[];
  usual: number | null;
  reason: string | null;
  origin: string | null;
  /** Its place among what began: the number of its first event. */
  began: number | null;
}

export interface Phase {
  stage: Stage;
  words: string;
  from: number;
  to: number | null;
}

export interface Said {
  seq: number;
  at: number;
  text: string;
  tone: 'plain' | 'bad' | 'quiet';
}

export interface View {
  /** The number of the newest event that is folded. */
  last: number;
  /** Events that came before those they follow. */
  early: TaskEvent[];
  /** When the task began, in milliseconds since 1970. */
  began: number;
  rows: ReadonlyMap<string, Row>;
  phases: Phase[];
  said: Said[];
  /** What the sandbox is doing, while it is being brought up. */
  sandbox: { words: string; done: number | null; of: number | null } | null;
  /** How things got on with the sandbox before the work began. */
  sandboxSteps: { words: string; at: number }[];
  goingBack: boolean;
  cancelWords: string | null;
  ended: Ended | null;
  endedAt: number | null;
}

export function initial(task: Pick<TaskView, 'began' | 'plan'>): View {
  return {
    last: 0,
    early: [],
    began: Date.parse(task.began),
    rows: new Map((task.plan?.rows ?? []).map((row) => [row.logicalId, waiting(row)])),
    phases: [],
    said: [],
    sandbox: null,
    sandboxSteps: [],
    goingBack: false,
    cancelWords: null,
    ended: null,
    endedAt: null,
  };
}

function waiting(row: PlanRow): Row {
  return {
    id: row.logicalId,
    name: row.name,
    type: row.typeWords,
    change: row.change,
    state: 'waiting',
    spans: [],
    usual: row.usualMillis,
    reason: null,
    origin: row.origin === null ? null : `${row.origin.file}:${row.origin.line}`,
    began: null,
  };
}

/** Folds events into a view. What was seen already changes nothing, and answers the same view. */
export function fold(view: View, events: readonly TaskEvent[], plan: PlanView | null): View {
  const fresh = new Map<number, TaskEvent>();
  for (const event of [...view.early, ...events]) if (event.seq > view.last) fresh.set(event.seq, event);
  if (fresh.size === 0 || events.length === 0) return view;
  const next: Draft = {
    ...view,
    rows: new Map(view.rows),
    phases: [...view.phases],
    said: [...view.said],
    sandboxSteps: [...view.sandboxSteps],
  };
  for (let event = fresh.get(next.last + 1); event !== undefined; event = fresh.get(next.last + 1)) {
    fresh.delete(event.seq);
    next.last = event.seq;
    take(next, event, plan);
  }
  next.early = [...fresh.values()];
  return next;
}

type Draft = Omit<View, 'rows'> & { rows: Map<string, Row> };

function take(view: Draft, event: TaskEvent, plan: PlanView | null): void {
  const { step, seq } = event;
  const at = Math.max(0, Date.parse(event.at) - view.began);
  const say = (text: string, tone: Said['tone'] = 'plain') => view.said.push({ seq, at, text, tone });
  switch (step.kind) {
    case 'stage':
      closePhase(view, at);
      view.phases.push({ stage: step.stage, words: step.words, from: at, to: null });
      view.sandbox = null;
      return;
    case 'sandbox':
      view.sandbox = { words: step.words, done: step.done, of: step.of };
      keepSandboxStep(view, step.words, at);
      return;
    case 'resource':
      if (step.isStack) {
        takeStack(view, step);
        say(`The stack: ${statusWords(step.status)}`, step.state === 'failed' ? 'bad' : 'quiet');
      } else {
        takeResource(view, step, seq, at);
        const name = view.rows.get(step.logicalId)?.name ?? step.logicalId;
        say(`${name}: ${statusWords(step.status)}`, step.state === 'failed' ? 'bad' : 'plain');
      }
      return;
    case 'uploaded':
      say(`${step.name} ${step.copied ? 'copied from an earlier release' : 'uploaded'}`);
      return;
    case 'codeUpdated':
      takeCode(view, step.function, plan, seq, at);
      say(`${step.function} runs its new code`);
      return;
    case 'note':
      say(step.words, 'quiet');
      return;
    case 'cancelRequested':
      view.cancelWords = step.words;
      say('You asked to stop', 'quiet');
      return;
    case 'ended':
      finish(view, step.ended, at);
  }
}

/** The same step with another number is one line that counts. */
function keepSandboxStep(view: Draft, words: string, at: number): void {
  const MOST = 40;
  const before = view.sandboxSteps.at(-1);
  const isFetching = (text: string) => text.startsWith('Fetching ');
  if (before !== undefined && (before.words === words || (isFetching(before.words) && isFetching(words)))) {
    view.sandboxSteps[view.sandboxSteps.length - 1] = { words, at: before.at };
  } else if (view.sandboxSteps.length < MOST) view.sandboxSteps.push({ words, at });
}

function takeStack(view: Draft, step: Extract<Step, { kind: 'resource' }>): void {
  if (/ROLLBACK_(IN_PROGRESS|REQUESTED)/.test(step.status)) view.goingBack = true;
}

function takeResource(view: Draft, step: Extract<Step, { kind: 'resource' }>, seq: number, at: number): void {
  const before = view.rows.get(step.logicalId) ?? unplanned(step);
  const isMeantToGo = before.change === 'remove';
  const isDelete = step.status.startsWith('DELETE');
  const kind: Span['kind'] =
    view.goingBack || step.state === 'rollingBack' || step.state === 'rolledBack'
      ? 'back'
      : isDelete && before.change !== null && !isMeantToGo
        ? 'cleanup'
        : 'work';
  const row: Row = {
    ...before,
    began: before.began ?? seq,
    spans: spans(before.spans, kind, step.state, at),
    state: stateOf(before, kind, step.state),
    reason: before.reason ?? (step.state === 'failed' ? step.reason : null),
  };
  view.rows.set(row.id, row);
}

function unplanned(step: Extract<Step, { kind: 'resource' }>): Row {
  return {
    id: step.logicalId,
    name: step.logicalId,
    type: step.typeWords,
    change: null,
    state: 'waiting',
    spans: [],
    usual: null,
    reason: null,
    origin: null,
    began: null,
  };
}

function stateOf(before: Row, kind: Span['kind'], told: ResourceState): Row['state'] {
  // What failed stays failed while it is cleared away, and what was stopped stays that.
  if (before.state === 'failed' || before.state === 'cancelled') {
    return told === 'working' || told === 'done' ? (kind === 'back' ? before.state : told) : before.state;
  }
  // The old one of what was replaced is deleted last; the new one is what counts.
  if (kind === 'cleanup') return told === 'failed' ? 'failed' : 'done';
  if (kind !== 'back') return told;
  switch (told) {
    case 'working':
      return 'rollingBack';
    case 'done':
    case 'deleted':
      return 'rolledBack';
    default:
      return told;
  }
}

function spans(before: Span[], kind: Span['kind'], told: ResourceState, at: number): Span[] {
  const isOver = told !== 'working' && told !== 'rollingBack';
  const open = before.at(-1);
  if (open?.to === null && open.kind === kind) {
    return isOver ? [...before.slice(0, -1), { ...open, to: at }] : before;
  }
  const closed = before.map((span) => (span.to === null ? { ...span, to: at } : span));
  // CloudFormation tells of the end alone where nothing had to be done.
  return [...closed, { kind, from: at, to: isOver ? at : null }];
}

function takeCode(view: Draft, name: string, plan: PlanView | null, seq: number, at: number): void {
  const planned = plan?.rows.find((row) => row.physicalId === name || row.name === name);
  const row = planned === undefined ? undefined : view.rows.get(planned.logicalId);
  if (row === undefined) return;
  const from = view.phases.findLast((phase) => phase.stage === 'coding')?.from ?? at;
  const start = Math.max(from, latestCode(view));
  view.rows.set(row.id, {
    ...row,
    began: row.began ?? seq,
    state: 'done',
    spans: [{ kind: 'work', from: Math.min(start, at), to: at }],
  });
}

/** Functions get their code one after the other. */
function latestCode(view: Draft): number {
  let latest = 0;
  for (const row of view.rows.values()) {
    if (row.change === 'code') latest = Math.max(latest, row.spans.at(-1)?.to ?? 0);
  }
  return latest;
}

function closePhase(view: Draft, at: number): void {
  const open = view.phases.at(-1);
  if (open?.to === null) view.phases[view.phases.length - 1] = { ...open, to: at };
}

function finish(view: Draft, ended: Ended, at: number): void {
  closePhase(view, at);
  view.ended = ended;
  view.endedAt = at;
  view.sandbox = null;
  for (const row of view.rows.values()) {
    const isOpen = row.spans.at(-1)?.to === null;
    if (!isOpen && row.state !== 'waiting') continue;
    const spans = row.spans.map((span) => (span.to === null ? { ...span, to: at } : span));
    view.rows.set(row.id, { ...row, spans, state: atEnd(row, ended) });
  }
}

function atEnd(row: Row, ended: Ended): Row['state'] {
  if (ended.kind === 'done') return row.change === 'letGo' || row.change === 'import' ? 'done' : settled(row);
  return row.state === 'working' || row.state === 'rollingBack' ? 'unknown' : row.state;
}

function settled(row: Row): Row['state'] {
  return row.state === 'waiting' || row.state === 'working' ? 'done' : row.state;
}

/** In the order in which they settle: what began, by its beginning; then what waits, removals last. */
export function inOrder(view: View): Row[] {
  const all = [...view.rows.values()];
  const began = all.filter((row) => row.began !== null);
  const rest = all.filter((row) => row.began === null);
  began.sort((a, b) => (a.began ?? 0) - (b.began ?? 0));
  const goes = (row: Row) => row.change === 'remove' || row.change === 'letGo';
  return [...began, ...rest.filter((row) => !goes(row)), ...rest.filter(goes)];
}

/** What failed first, then what was put back, then what was stopped because of it. */
export function afterFailure(view: View): Row[] {
  const rank = (row: Row): number => {
    if (row.state === 'failed') return 0;
    if (row.state === 'cancelled') return 3;
    return row.state === 'waiting' ? 4 : 1;
  };
  return inOrder(view).sort((a, b) => rank(a) - rank(b));
}

export function isSettled(row: Row): boolean {
  return row.state !== 'waiting' && row.state !== 'working' && row.state !== 'rollingBack' && row.state !== 'unknown';
}

export function progress(view: View): { done: number; total: number } {
  let done = 0;
  for (const row of view.rows.values()) if (isSettled(row)) done += 1;
  return { done, total: view.rows.size };
}

/** What is being done now, by what began last. */
export function nowAt(view: View): Row[] {
  return [...view.rows.values()]
    .filter((row) => row.state === 'working' || row.state === 'rollingBack')
    .sort((a, b) => (b.began ?? 0) - (a.began ?? 0));
}

/** `UPDATE_ROLLBACK_COMPLETE` as `update rollback complete`. */
export function statusWords(status: string): string {
  return status.toLowerCase().replaceAll('_', ' ');
}
