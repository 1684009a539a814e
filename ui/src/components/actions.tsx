import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { isTyping } from '@/lib/typing';

/** Something that can be done from anywhere on a page: in the palette, and by a key. */
export interface Action {
  id: string;
  label: string;
  /** A single key such as `p`, or nothing. */
  keys?: string;
  group?: string;
  /** Why it cannot be done now. */
  reason?: string | undefined;
  run: () => void;
}

interface Registry {
  set: (owner: object, actions: Action[]) => void;
  all: Action[];
}

const Context = createContext<Registry>({ set: () => undefined, all: [] });

export function ActionsProvider({ children }: { children: ReactNode }) {
  const [owners, setOwners] = useState<Map<object, Action[]>>(() => new Map());
  // It stays the same when actions come and go, or each coming would be one more change.
  const set = useCallback((owner: object, actions: Action[]) => setOwners((old) => {
    const next = new Map(old);
    if (actions.length === 0) next.delete(owner);
    else next.set(owner, actions);
    return next;
  }), []);
  const registry = useMemo<Registry>(() => ({ set, all: [...owners.values()].flat() }), [set, owners]);
  return <Context value={registry}>{children}</Context>;
}

/** Offers actions as long as the page is shown. Their functions may change with every rendering. */
export function useActions(actions: Action[]): void {
  const { set } = useContext(Context);
  const owner = useRef({});
  const latest = useRef(actions);
  useEffect(() => { latest.current = actions; });
  const shape = JSON.stringify(actions.map(({ id, label, keys, group, reason }) => [id, label, keys, group, reason]));
  useEffect(() => {
    const key = owner.current;
    set(key, latest.current.map((action) => ({ ...action, run: () => latest.current.find((one) => one.id === action.id)?.run() })));
    return () => set(key, []);
  }, [set, shape]);
  useKeyboard(latest);
}

/** Every action that is offered now. */
export function useAllActions(): Action[] {
  return useContext(Context).all;
}

function useKeyboard(actions: { current: Action[] }): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const inDialog = event.target instanceof HTMLElement && event.target.closest('[role=dialog]') !== null;
      if (isTyping(event) || inDialog || event.ctrlKey || event.metaKey || event.altKey) return;
      const action = actions.current.find((one) => one.keys === event.key && one.reason === undefined);
      if (action === undefined) return;
      event.preventDefault();
      action.run();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [actions]);
}
