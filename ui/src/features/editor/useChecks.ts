import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { asProblem, useHost, type Diagnosis, type Place, type Problem } from '@/bridge';
import type { EditorHandle } from './CodeEditor';

/** A moment without a key pressed: then it is worth looking. */
const QUIET = 250;

export interface Checks {
  /** What was found last; nothing before the first answer. */
  findings: Diagnosis[] | null;
  /** Whether the text was changed since, or is being looked at. */
  isBehind: boolean;
  /** Why it could not be looked at. */
  problem: Problem | null;
  later: () => void;
  again: () => void;
}

/** Numbers of checks, for all editors of this page: the last one is the one that counts. */
let number = 0;

/** Has the text checked whenever it stands still for a moment. */
export function useChecks(place: Place, file: string, editor: RefObject<EditorHandle | null>): Checks {
  const host = useHost();
  const [findings, setFindings] = useState<Diagnosis[] | null>(null);
  const [isBehind, setBehind] = useState(true);
  const [problem, setProblem] = useState<Problem | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const again = useCallback(() => {
    clearTimeout(timer.current);
    const text = editor.current?.text();
    if (text === undefined) return;
    number += 1;
    const own = number;
    setBehind(true);
    host.checkText(place, file, text, own).then(
      (checked) => {
        if (checked === null || own !== number) return;
        setFindings(checked.findings);
        setProblem(null);
        setBehind(editor.current?.text() !== text);
        editor.current?.show(text, checked.findings);
      },
      (thrown: unknown) => { if (own === number) { setProblem(asProblem(thrown)); setBehind(false); } },
    );
  }, [host, place, file, editor]);
  const later = useCallback(() => {
    setBehind(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(again, QUIET);
  }, [again]);
  useEffect(() => {
    const first = setTimeout(again);
    return () => { clearTimeout(first); clearTimeout(timer.current); };
  }, [again]);
  return useMemo(() => ({ findings, isBehind, problem, later, again }), [findings, isBehind, problem, later, again]);
}
