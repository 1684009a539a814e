import { useEffect, useReducer, useState } from 'react';
import { useHost, type LogBatch, type Place } from '@/bridge';
import { empty, take, type Stream } from './model';

type Said = { kind: 'begin' } | { kind: 'batch'; batch: LogBatch };

/** The logs of a place, from some time back and onwards. `again` begins anew. */
export function useLogs(place: Place | null, sinceSeconds: number): { stream: Stream; again: () => void } {
  const host = useHost();
  const [round, setRound] = useState(0);
  const [stream, say] = useReducer(
    (so: Stream, said: Said) => (said.kind === 'begin' ? empty : take(so, said.batch)),
    empty,
  );
  const key = JSON.stringify(place);
  useEffect(() => {
    const at = JSON.parse(key) as Place | null;
    if (at === null) return;
    say({ kind: 'begin' });
    let isGone = false;
    const stop = host.watchLogs(at, { functions: [], sinceSeconds, follow: true }, (batch) => {
      if (!isGone) say({ kind: 'batch', batch });
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [host, key, sinceSeconds, round]);
  return { stream, again: () => setRound(round + 1) };
}
