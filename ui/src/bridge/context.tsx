import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { Host } from './host';
import { readableHost } from './readable';

const Context = createContext<Host | null>(null);

export function HostProvider({ host, children }: { host: Host; children: ReactNode }) {
  const shown = useMemo(() => readableHost(host), [host]);
  return <Context value={shown}>{children}</Context>;
}

/** The engine, as every page reaches it. */
export function useHost(): Host {
  const host = useContext(Context);
  if (host === null) throw new Error('a page is shown without its host');
  return host;
}
