import type { Host } from './host';

/** The engine; in a build for browsers, the in-memory one. The other is not part of the build. */
export async function chooseHost(): Promise<Host> {
  if (import.meta.env.MODE === 'memory') return (await import('./memory')).memoryHost();
  return (await import('./tauri')).tauriHost();
}
