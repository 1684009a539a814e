// What was called from this page since the window was opened. It is kept for the session, for each function and place
// by itself, and never written down: payloads can hold anything.
import { useSyncExternalStore } from 'react';

const MOST = 30;

export interface Entry<T> {
  id: number;
  at: string;
  what: T;
}

/** A list that outlives the page that shows it. */
export class Memory<T> {
  private readonly lists = new Map<string, Entry<T>[]>();
  private readonly listeners = new Set<() => void>();
  private next = 1;
  private readonly none: Entry<T>[] = [];

  add(key: string, what: T, at: string): void {
    const entry = { id: this.next, at, what };
    this.next += 1;
    this.lists.set(key, [entry, ...(this.lists.get(key) ?? [])].slice(0, MOST));
    this.listeners.forEach((tell) => { tell(); });
  }

  list(key: string): Entry<T>[] {
    return this.lists.get(key) ?? this.none;
  }

  readonly subscribe = (tell: () => void): (() => void) => {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  };
}

export function useMemory<T>(memory: Memory<T>, key: string): Entry<T>[] {
  return useSyncExternalStore(memory.subscribe, () => memory.list(key));
}

/** The last text of each function, so that coming back finds what was typed. */
export const lastTexts = new Map<string, string>();
