// What the page of several services says, from what their files and the cloud told: pure, so that every state is tested.
import type { Deployed, Member, MemberStanding, Need, SeveralView } from '@/bridge';
import type { Mark } from '@/components';
import { plural } from '@/lib/words';

export interface State { mark: Mark; word: string }

const standings: Record<Deployed['standing'], State> = {
  absent: { mark: 'off', word: 'Not deployed' },
  unknown: { mark: 'unknown', word: 'Not known' },
  live: { mark: 'ok', word: 'Live' },
  busy: { mark: 'working', word: 'Being changed' },
  rolledBack: { mark: 'warn', word: 'Live, as before' },
  stuck: { mark: 'danger', word: 'Stuck' },
};

/** A configuration that takes values from AWS is no fault: they are asked for when it is planned. */
export function asksAws(member: Member): boolean {
  return member.problem?.code === 'CLOUD_NOT_ASKED';
}

export function isBroken(member: Member): boolean {
  return member.problem !== null && !asksAws(member);
}

/** How a service is, by shape and word. */
export function stateOf(member: Member, standing: MemberStanding | undefined, isLooking: boolean): State {
  if (isBroken(member)) return member.problem?.code === 'CONSENT_NEEDED' ? { mark: 'warn', word: 'Asks for consent' } : { mark: 'danger', word: 'Cannot be read' };
  if (asksAws(member)) return { mark: 'unknown', word: 'Asks AWS' };
  if (standing?.deployed != null) return standings[standing.deployed.standing];
  if (standing?.problem != null) return { mark: 'unknown', word: 'Not reached' };
  return isLooking ? { mark: 'working', word: 'Looking' } : { mark: 'unknown', word: 'Not known' };
}

/** Whether there is anything to remove. */
export function stands(all: MemberStanding[] | undefined): boolean {
  return (all ?? []).some(({ deployed }) => deployed !== null && deployed.standing !== 'absent' && deployed.standing !== 'unknown');
}

/** `orders (reads QueueUrl), users (dependsOn)`. */
export function needWords(needs: Need[]): string {
  return needs.map(({ service, why }) => `${service} (${why})`).join(', ');
}

/** What a service is made of. */
export function makes(member: Member): string {
  if (member.about === null) return asksAws(member) ? 'known when planned' : '';
  return `${plural(member.about.functions, 'function')}, ${plural(member.about.resources, 'resource')}`;
}

/** How they stand up, in one sentence. */
export function orderWords(view: SeveralView): string {
  const steps = 1 + Math.max(0, ...view.services.map((one) => one.level));
  const count = plural(view.services.length, 'service');
  if (view.services.length === 1) return `${count}.`;
  return steps === 1 ? `${count}. None waits for another: they are deployed at the same time.` : `${count} in ${steps} steps. Those of one step are deployed at the same time.`;
}

/** `2 of 3 stand`, or nothing while it is not known. */
export function standWords(view: SeveralView, all: MemberStanding[] | undefined): State | null {
  if (all === undefined) return null;
  const of = (kinds: Deployed['standing'][]) => all.filter(({ deployed }) => deployed !== null && kinds.includes(deployed.standing)).length;
  const [live, known, stuck] = [of(['live', 'rolledBack']), of(['live', 'rolledBack', 'absent', 'busy', 'stuck']), of(['stuck'])];
  const total = view.services.length;
  if (stuck > 0) return { mark: 'danger', word: `${stuck} of ${total} ${stuck === 1 ? 'is' : 'are'} stuck` };
  if (known === 0) return { mark: 'unknown', word: `Not known how ${view.stage} stands` };
  if (live === 0) return { mark: 'off', word: `Nothing stands in ${view.stage}` };
  if (live === total) return { mark: 'ok', word: `${total === 1 ? 'It stands' : `All ${total} stand`} in ${view.stage}` };
  return { mark: 'warn', word: `${live} of ${total} stand in ${view.stage}` };
}
