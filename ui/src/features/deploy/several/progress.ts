// The reducer of a task on several services: numbered events in, how each service stands out. Events may come twice and
// out of order; each is folded once, in its order.
import type { Ended, Need, PlanView, Problem, Release, SeveralTask, Step, TaskEvent, TaskMember, TaskView } from '@/bridge';

export type StandState = 'waiting' | 'planning' | 'planned' | 'asking' | 'deploying' | 'removing' | 'done' | 'failed' | 'held' | 'unknown';

/** How one of several services stands. Times are milliseconds since the task began. */
export interface Stand {
  name: string;
  path: string;
  level: number;
  needs: Need[];
  changes: number | null;
  usual: number | null;
  state: StandState;
  /** What is being done to it now. */
  words: string;
  from: number | null;
  to: number | null;
  /** Resources that are as they should be. */
  settled: ReadonlySet<string>;
  because: string | null;
  problem: Problem | null;
  release: Release | null;
  /** Resources that were left where they are; null when there was no stack. */
  kept: string[] | null;
}

export interface Question {
  id: string;
  service: string;
  plan: PlanView;
  typed: string | null;
}

export interface SeveralView {
  last: number;
  early: TaskEvent[];
  began: number;
  stands: ReadonlyMap<string, Stand>;
  /** Those that wait for an answer. */
  questions: Question[];
  cancelWords: string | null;
  ended: Ended | null;
  endedAt: number | null;
}

export function begin(task: TaskView, several: SeveralTask): SeveralView {
  return { last: 0, early: [], began: Date.parse(task.began), stands: new Map(several.services.map((one) => [one.name, waiting(one)])), questions: [], cancelWords: null, ended: null, endedAt: null };
}

function waiting(one: TaskMember): Stand {
  return { name: one.name, path: one.path, level: one.level, needs: one.needs, changes: one.changes, usual: one.usualMillis, state: 'waiting', words: '', from: null, to: null, settled: new Set(), because: null, problem: null, release: null, kept: null };
}

/** Folds events into a view. What was seen already changes nothing, and answers the same view. */
export function add(view: SeveralView, events: readonly TaskEvent[]): SeveralView {
  const fresh = new Map<number, TaskEvent>();
  for (const event of [...view.early, ...events]) if (event.seq > view.last) fresh.set(event.seq, event);
  if (fresh.size === 0 || events.length === 0) return view;
  const next: Draft = { ...view, stands: new Map(view.stands), questions: [...view.questions] };
  for (let event = fresh.get(next.last + 1); event !== undefined; event = fresh.get(next.last + 1)) {
    fresh.delete(event.seq);
    next.last = event.seq;
    take(next, event);
  }
  next.early = [...fresh.values()];
  return next;
}

type Draft = Omit<SeveralView, 'stands'> & { stands: Map<string, Stand> };

function take(view: Draft, event: TaskEvent): void {
  const { step } = event;
  const at = Math.max(0, Date.parse(event.at) - view.began);
  switch (step.kind) {
    case 'of':
      change(view, step.service, (so) => happened(so, step.step));
      return;
    case 'service':
      moved(view, step, at);
      return;
    case 'question':
      view.questions.push({ id: step.question, service: step.service, plan: step.plan, typed: step.typed });
      change(view, step.service, (so) => ({ ...so, state: 'asking', words: '' }));
      return;
    case 'answered': {
      const asked = view.questions.find((one) => one.id === step.question);
      view.questions = view.questions.filter((one) => one.id !== step.question);
      if (asked !== undefined && step.goesOn) change(view, asked.service, (so) => ({ ...so, state: 'planned' }));
      return;
    }
    case 'cancelRequested':
      view.cancelWords = step.words;
      return;
    case 'ended':
      view.ended = step.ended;
      view.endedAt = at;
      view.questions = [];
      for (const one of view.stands.values()) if (isUnderWay(one)) view.stands.set(one.name, { ...one, state: atEnd(one, step.ended), to: at, words: '' });
      return;
    default:
  }
}

function change(view: Draft, name: string, next: (so: Stand) => Stand): void {
  const so = view.stands.get(name);
  if (so !== undefined) view.stands.set(name, next(so));
}

/** What happens to one service, in the sentence that stands beside it. */
function happened(so: Stand, step: Step): Stand {
  switch (step.kind) {
    case 'stage':
    case 'sandbox':
      return { ...so, words: step.words };
    case 'resource': {
      if (step.isStack) return so;
      const isOver = step.state === 'done' || step.state === 'deleted' || step.state === 'kept';
      return isOver ? { ...so, settled: new Set([...so.settled, step.logicalId]) } : so;
    }
    case 'codeUpdated':
      return { ...so, settled: new Set([...so.settled, step.function]) };
    default:
      return so;
  }
}

type Moved = Extract<Step, { kind: 'service' }>;

function moved(view: Draft, step: Moved, at: number): void {
  // One is planned after the other: a plan that was made waits until those beside it are made too.
  if (step.state === 'planning' || step.state === 'deploying' || step.state === 'removing') for (const one of view.stands.values()) if (one.state === 'planning') view.stands.set(one.name, { ...one, state: 'planned', words: '', to: at });
  change(view, step.service, (so) => {
    const isOver = step.state === 'done' || step.state === 'failed' || step.state === 'held';
    const starts = step.state === 'deploying' || step.state === 'removing';
    return {
      ...so, state: step.state, words: '', settled: starts ? new Set() : so.settled,
      // How long the plan took is no part of how long the deploy takes.
      from: starts || so.from === null ? at : so.from, to: isOver ? at : null,
      because: step.because, problem: step.problem ?? so.problem, release: step.release, kept: step.kept,
    };
  });
}

export function isUnderWay(one: Stand): boolean {
  return one.state === 'planning' || one.state === 'planned' || one.state === 'asking' || one.state === 'deploying' || one.state === 'removing';
}

function atEnd(one: Stand, ended: Ended): StandState {
  if (ended.kind === 'done') return one.state === 'planning' ? 'planned' : one.state;
  // A plan that was not begun changed nothing.
  return one.state === 'deploying' || one.state === 'removing' ? 'unknown' : 'waiting';
}

/** The services, in the order in which it is their turn. */
export function standsOf(view: SeveralView): Stand[] {
  return [...view.stands.values()];
}

export function countOf(view: SeveralView, ...states: StandState[]): number {
  return standsOf(view).filter((one) => states.includes(one.state)).length;
}

/** The ones that a waiting service waits for still. */
export function waitsFor(one: Stand, view: SeveralView): string[] {
  return one.needs.map(({ service }) => service).filter((name) => view.stands.get(name)?.state !== 'done');
}
