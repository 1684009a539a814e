import { useCallback, useEffect, useRef, useState } from 'react';
import { useHost } from './context';
import type { EditAsked, Place, Problem, Proposal, SharedValues } from './generated/bindings';
import { asProblem } from './problem';

/** How long typing rests before it is looked at. */
const RESTS = 200;

export interface Proposed {
  /** What the last edits that could be made would change. */
  shown: Proposal | null;
  problem: Problem | null;
  isLooking: boolean;
  isSaving: boolean;
  shared: SharedValues;
  setShared: (shared: SharedValues) => void;
  /** Answers the files that changed, or null when nothing was written. */
  save: () => Promise<string[] | null>;
  again: () => void;
}

/** What edits would change, asked of the engine while they are typed; the last answer counts. */
export function useProposal(place: Place, edits: EditAsked[], isWanted: boolean): Proposed {
  const host = useHost();
  const [answer, setAnswer] = useState<{ key: string; shown: Proposal | null; problem: Problem | null } | null>(null);
  const [shared, setShared] = useState<SharedValues>('refuse');
  const [isSaving, setSaving] = useState(false);
  const [turn, setTurn] = useState(0);
  const key = JSON.stringify([edits, shared, turn]);
  const latest = useRef({ edits, place, shared });
  useEffect(() => { latest.current = { edits, place, shared }; });
  useEffect(() => {
    if (!isWanted) return;
    let gone = false;
    const timer = setTimeout(() => {
      const now = latest.current;
      host.proposeEdit(now.place, now.edits, now.shared).then(
        (shown) => { if (!gone) setAnswer({ key, shown, problem: null }); },
        (thrown: unknown) => { if (!gone) setAnswer({ key, shown: null, problem: asProblem(thrown) }); },
      );
    }, RESTS);
    return () => { gone = true; clearTimeout(timer); };
  }, [host, key, isWanted]);
  const again = useCallback(() => setTurn((old) => old + 1), []);
  const shown = isWanted ? (answer?.shown ?? null) : null;
  const save = async () => {
    if (shown === null || answer?.key !== key) return null;
    setSaving(true);
    try {
      const made = await host.makeEdit(place, edits, shared, shown.files.map((file) => ({ file: file.file, digest: file.digest })));
      return made.files.map((file) => file.file);
    } catch (thrown) {
      setAnswer({ key, shown: null, problem: asProblem(thrown) });
      return null;
    } finally {
      setSaving(false);
    }
  };
  return { shown, problem: isWanted ? (answer?.problem ?? null) : null, isLooking: isWanted && answer?.key !== key, isSaving, shared, setShared, save, again };
}
