import { createContext, useContext, type ReactNode } from 'react';
import type { Host } from './host';

const Context = createContext<Host | null>(null);

export function HostProvider({ host, children }: { host: Host; children: ReactNode }) {
  return <Context value={host}>{children}</Context>;
}

/** The engine, as every page reaches it. */
export function useHost(): Host {
  const host = useContext(Context);
  if (host === null) throw new Error('a page is shown without its host');
  return host;
}
