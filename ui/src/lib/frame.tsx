// What a page tells the frame around it.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

export interface Crumb {
  label: string;
  /** Leads to this project's page. */
  project?: string;
}

interface Frame {
  crumbs: Crumb[];
  setCrumbs: (crumbs: Crumb[]) => void;
}

const Context = createContext<Frame>({ crumbs: [], setCrumbs: () => undefined });

export function FrameProvider({ children }: { children: ReactNode }) {
  const [crumbs, setCrumbs] = useState<Crumb[]>([]);
  const frame = useMemo(() => ({ crumbs, setCrumbs }), [crumbs]);
  return <Context value={frame}>{children}</Context>;
}

export function useCrumbs(): Crumb[] {
  return useContext(Context).crumbs;
}

/** Where the reader is, from the outside in. The innermost page that says so is heard. */
export function useBreadcrumb(crumbs: Crumb[]): void {
  const { setCrumbs } = useContext(Context);
  const words = JSON.stringify(crumbs);
  useEffect(() => setCrumbs(JSON.parse(words) as Crumb[]), [setCrumbs, words]);
}
