import { useEffect, useReducer, useState } from 'react';
import { useHost, type ParameterView, type Problem, type SecretsTold, type StorePlace } from '@/bridge';

export interface Store { account: string; region: string; principal: string }

/** The list as far as it was read, and what stands in the way of the rest. */
export interface Listed {
  rows: ParameterView[];
  store: Store | null;
  state: 'reading' | 'waiting' | 'whole' | 'failed' | 'stopped';
  words: string;
  problem: Problem | null;
  readAt: string | null;
}

const nothing: Listed = { rows: [], store: null, state: 'reading', words: '', problem: null, readAt: null };
type Said = { kind: 'begin' } | { kind: 'told'; told: SecretsTold; at: string };

export function take(so: Listed, told: SecretsTold, at: string): Listed {
  switch (told.kind) {
    case 'reached': return { ...so, store: { account: told.account, region: told.region, principal: told.principal } };
    case 'page': return { ...so, state: 'reading', rows: told.parameters.length === 0 ? so.rows : [...so.rows, ...told.parameters] };
    case 'waiting': return { ...so, state: 'waiting', words: told.words };
    case 'whole': return { ...so, state: 'whole', readAt: at, rows: [...so.rows].sort((a, b) => (a.name < b.name ? -1 : 1)) };
    case 'failed': return { ...so, state: 'failed', problem: told.problem };
    case 'stopped': return { ...so, state: 'stopped' };
    case 'done': return so;
  }
}

/** The parameters of a place, as they are read. `again` reads them anew. */
export function useSecrets(place: StorePlace): { listed: Listed; again: () => void } {
  const host = useHost();
  const [round, setRound] = useState(0);
  const [listed, say] = useReducer((so: Listed, said: Said) => (said.kind === 'begin' ? nothing : take(so, said.told, said.at)), nothing);
  const key = JSON.stringify(place);
  useEffect(() => {
    let isGone = false;
    say({ kind: 'begin' });
    const stop = host.watchSecrets(JSON.parse(key) as StorePlace, null, (told) => { if (!isGone) say({ kind: 'told', told, at: new Date().toISOString() }); });
    return () => { isGone = true; stop(); };
  }, [host, key, round]);
  return { listed, again: () => setRound((so) => so + 1) };
}
