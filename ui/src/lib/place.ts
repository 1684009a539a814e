// Where the window is: which project, stage and cloud, all in the address, so that back works.
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Place, Target } from '@/bridge';

/** What every address may hold beside its path. */
export interface Search {
  project?: string;
  stage?: string;
  target?: string;
  tab?: string;
  open?: string;
  endpoint?: string;
  line?: string;
  region?: string;
  path?: string;
  to?: string;
}

export function readSearch(search: Record<string, unknown>): Search {
  const names = ['project', 'stage', 'target', 'tab', 'open', 'endpoint', 'line', 'region', 'path', 'to'] as const;
  const read: Search = {};
  for (const name of names) {
    const value = search[name];
    if (typeof value === 'string' || typeof value === 'number') read[name] = String(value);
  }
  return read;
}

export function targetWord(target: Target): string {
  if (target.kind === 'sandbox') return 'sandbox';
  return target.profile === null ? 'account' : `account:${target.profile}`;
}

export function readTarget(word: string | undefined): Target {
  if (word === undefined || word === 'sandbox') return { kind: 'sandbox' };
  return { kind: 'account', profile: word.startsWith('account:') ? word.slice('account:'.length) : null };
}

/** The project, stage and cloud that are looked at; null when no project is open. */
export function usePlace(): Place | null {
  const search = useSearch({ strict: false }) as Search;
  const params = useParams({ strict: false }) as { project?: string };
  const project = params.project ?? search.project;
  return useMemo(() => (project === undefined ? null : { project, stage: search.stage ?? null, target: readTarget(search.target) }), [project, search.stage, search.target]);
}

/** A part of the path. */
export function useParam(name: string): string {
  const params = useParams({ strict: false }) as Record<string, string | undefined>;
  return params[name] ?? '';
}

/** A part of the address beside the path, and how to change it. */
export function useView(name: 'tab' | 'open' | 'endpoint' | 'line' | 'path' | 'to'): [string | undefined, (value: string | undefined) => void] {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  return [search[name], (value) => void navigate({ to: '.', search: (old: Search) => ({ ...old, [name]: value }), replace: name === 'tab' || name === 'line' || name === 'to' })];
}

/** Ways through the window. The stage and the cloud stay as they are. */
export function useGo() {
  const navigate = useNavigate();
  return useMemo(() => {
    const keep = (more: Search = {}) => (old: Search): Search => {
      const kept: Search = {};
      if (old.project !== undefined) kept.project = old.project;
      if (old.stage !== undefined) kept.stage = old.stage;
      if (old.target !== undefined) kept.target = old.target;
      return { ...kept, ...more };
    };
    const to = (path: string, params: Record<string, string> = {}, more: Search = {}) => void navigate({ to: path, params, search: keep(more) } as never);
    return {
      home: () => to('/'),
      service: (project: string | null, more: Search = {}) => (project === null ? to('/') : to('/services/$project', { project }, { project, ...more })),
      place: (place: Place) => to('/services/$project', { project: place.project }, { project: place.project, target: targetWord(place.target), ...(place.stage === null ? {} : { stage: place.stage }) }),
      here: (more: Search) => void navigate({ to: '.', search: (old: Search) => ({ ...old, ...more }) } as never),
      plan: (plan: string) => to('/plan/$plan', { plan }),
      task: (task: string) => to('/task/$task', { task }),
      invoke: (project: string, fn: string) => to('/invoke/$project/$function', { project, function: fn }, { project }),
      http: (project: string, endpoint?: string) => to('/http/$project', { project }, endpoint === undefined ? { project } : { project, endpoint }),
      forms: (project: string, open?: string) => to('/forms/$project', { project }, open === undefined ? { project } : { project, open }),
      sizes: (project: string) => to('/sizes/$project', { project }, { project }),
      editor: (project: string, file?: string, line?: number) => to('/editor/$project', { project }, { project, ...(file === undefined ? {} : { open: file }), ...(line === undefined ? {} : { line: String(line) }) }),
      logs: (project: string | null, more: Search = {}) => (project === null ? to('/') : to('/logs/$project', { project }, { project, ...more })),
      secrets: (more: Search = {}) => to('/secrets', {}, more),
      compareSecrets: (path: string) => to('/secrets/compare', {}, { path }),
      create: () => to('/new'),
      sandbox: () => to('/sandbox'),
      activity: () => to('/activity'),
      accounts: () => to('/accounts'),
      settings: () => to('/settings'),
    };
  }, [navigate]);
}
