import { useEffect, useState } from 'react';
import { useHost, type Leaving } from '@/bridge';
import { Leave } from './Leave';
import { unsaved, useUnsaved } from './unsaved';

/** Asks before the window goes with what is not saved. As long as there is such, the engine asks here first. */
export function LeaveWindow() {
  const host = useHost();
  const held = useUnsaved();
  const [why, setWhy] = useState<Leaving | null>(null);
  const holds = held.length > 0;
  useEffect(() => {
    if (!holds) return;
    return host.watchLeaving(setWhy);
  }, [host, holds]);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => { if (unsaved().length > 0) event.preventDefault(); };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);
  if (why === null || !holds) return null;
  const isClosing = why === 'close';
  return (
    <Leave
      unsaved={held} how={isClosing ? 'Closing the window' : 'Opening the other project now'} verb={isClosing ? 'close' : 'open'}
      onGone={() => { setWhy(null); void host.leave(); }} onStay={() => setWhy(null)}
    />
  );
}
