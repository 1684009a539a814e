// What was written in this window and is on no disk yet, by whoever wrote it. It outlives its page: looking at another
// part or file loses nothing. Before the window goes it is named.
import { useSyncExternalStore } from 'react';

/** What became of saving it: where it did not work, the page that shows why is gone to. */
export type SaveOutcome = { kind: 'saved' } | { kind: 'not'; show: () => void };

export interface Unsaved {
  /** Unique. */
  id: string;
  project: string;
  /** In words: the file, or what a form is about. */
  name: string;
  /** Nothing when it can only be saved where it was written. */
  save: (() => Promise<SaveOutcome>) | null;
  discard: () => void;
}

let all: readonly Unsaved[] = [];
const heard = new Set<() => void>();

function set(next: readonly Unsaved[]): void {
  all = next;
  for (const tell of heard) tell();
}

/** Something is written that is not saved, or is written on. */
export function holdUnsaved(one: Unsaved): void {
  const at = all.findIndex((other) => other.id === one.id);
  set(at < 0 ? [...all, one] : all.with(at, one));
}

/** It is saved, or given up. */
export function letGo(id: string): void {
  if (all.some((one) => one.id === id)) set(all.filter((one) => one.id !== id));
}

/** All that is not saved now. */
export function unsaved(): readonly Unsaved[] {
  return all;
}

export function useUnsaved(): readonly Unsaved[] {
  return useSyncExternalStore((tell) => { heard.add(tell); return () => heard.delete(tell); }, unsaved);
}

/** Saves one after the other; answers how to show the first that could not be, behind which the rest waits. */
export async function saveAll(these: readonly Unsaved[]): Promise<(() => void) | null> {
  for (const one of these) {
    if (one.save === null) return () => undefined;
    const outcome = await one.save();
    if (outcome.kind === 'not') return outcome.show;
    letGo(one.id);
  }
  return null;
}

export function discardAll(these: readonly Unsaved[]): void {
  for (const one of these) { one.discard(); letGo(one.id); }
}
