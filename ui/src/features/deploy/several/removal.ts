// What the removal of several services says.
import type { MemberRemoval, SeveralRemoval } from '@/bridge';
import { plural } from '@/lib/words';

/** Those of which there is something to remove. */
export function doomed(removal: SeveralRemoval): MemberRemoval[] {
  return removal.services.filter((one) => one.removal?.exists === true);
}

/** What goes, counted, and what stays because it cannot go. */
export function removalSentence(removal: SeveralRemoval): string {
  const there = doomed(removal);
  const resources = there.reduce((sum, one) => sum + (one.removal?.resources.length ?? 0), 0);
  const data = there.reduce((sum, one) => sum + one.holdsData.length, 0);
  const broken = removal.services.filter((one) => one.problem !== null).length;
  const parts = [`${plural(resources, 'resource')} ${resources === 1 ? 'is' : 'are'} deleted${data === 0 ? '' : `, ${data} of them with the data that ${data === 1 ? 'it holds' : 'they hold'}`}.`];
  if (broken > 0) parts.push(`${plural(broken, 'service')} cannot be removed, and ${broken === 1 ? 'keeps' : 'keep'} what ${broken === 1 ? 'it leans' : 'they lean'} on.`);
  return parts.join(' ');
}
