// What the files draw, joined with what stands.
import type { Drawing, Live, LiveNode, LiveState } from '@/bridge';
import type { Mark } from '@/components';
import { plural } from '@/lib/words';

/** Each state by shape and word; `short` where there is room for few letters. */
export const LIVE: Record<LiveState, { mark: Mark; word: string; short: string }> = {
  stands: { mark: 'ok', word: 'stands', short: 'stands' },
  notYet: { mark: 'waiting', word: 'not there yet', short: 'not there yet' },
  changed: { mark: 'warn', word: 'changed in the files', short: 'changed' },
  noLonger: { mark: 'danger', word: 'no longer in the files', short: 'not in the files' },
};

/** The drawing with what stands beside it, and the state of each node that is of the stack. */
export function withLive(files: Drawing, live: Live | null): { drawing: Drawing; states: Map<string, LiveNode> } {
  if (live === null) return { drawing: files, states: new Map() };
  const states = new Map(live.nodes.map((node) => [node.id, node]));
  for (const node of live.gone) {
    const resource = live.resources.find((one) => one.logicalId === node.id);
    const facts = [['id', resource?.physicalId], ['state', resource?.status]] as const;
    states.set(node.id, { id: node.id, state: 'noLonger', changes: [], facts: facts.flatMap(([name, value]) => (value == null ? [] : [{ name, value }])) });
  }
  return { drawing: { nodes: [...files.nodes, ...live.gone], edges: files.edges }, states };
}

/** `12 stand, 1 is not there yet`: every state that occurs, counted over the resources. */
export function counted(live: Live): { state: LiveState; words: string }[] {
  const order: LiveState[] = ['stands', 'changed', 'notYet', 'noLonger'];
  return order.flatMap((state) => {
    const count = live.resources.filter((one) => one.state === state).length;
    return count === 0 ? [] : [{ state, words: `${plural(count, 'resource')} ${state === 'stands' && count > 1 ? 'stand' : LIVE[state].word}` }];
  });
}

/** Who was asked. */
export function whom(live: Live): string {
  return live.account === 'sandbox' ? `The sandbox, ${live.region}` : `Account ${live.account}, ${live.region}`;
}
