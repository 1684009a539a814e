// What pages read, cached by what it depends on. Loud failures are problems.
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useHost } from './context';
import { asProblem } from './problem';
import type { Place, SecretDraft, StorePlace } from './generated/bindings';

const place = (at: Place) => [at.project, at.stage, at.target] as const;
const shared = { retry: false, refetchOnWindowFocus: true } as const;

export function useStart() {
  const host = useHost();
  return useQuery(queryOptions({ queryKey: ['start'], queryFn: () => host.start(), ...shared }));
}

export function usePrerequisites() {
  const host = useHost();
  return useQuery(queryOptions({ queryKey: ['prerequisites'], queryFn: () => host.prerequisites(), ...shared }));
}

export function useProject(at: Place | null) {
  const host = useHost();
  return useQuery(queryOptions({
    queryKey: ['project', ...(at === null ? [] : place(at))],
    queryFn: () => { if (at === null) throw new Error('no project'); return host.project(at); },
    enabled: at !== null, ...shared,
  }));
}

/** Whether a project is no service, and holds several. */
export function holdsSeveral(project: { isError: boolean; error: unknown }): boolean {
  return project.isError && asProblem(project.error).code === 'SEVERAL_SERVICES';
}

/** A folder of several services, from its files alone. */
export function useSeveral(at: Place | null, enabled = true) {
  const host = useHost();
  return useQuery(queryOptions({
    queryKey: ['several', ...(at === null ? [] : place(at))],
    queryFn: () => { if (at === null) throw new Error('no project'); return host.several(at); },
    enabled: at !== null && enabled, ...shared,
  }));
}

/** How each of several services stands. */
export function useSeveralStanding(at: Place, enabled = true) {
  const host = useHost();
  return useQuery(queryOptions({ queryKey: ['severalStanding', ...place(at)], queryFn: () => host.severalStanding(at), enabled, ...shared }));
}

/** What the frame says about the project that is open, whether it is one service or several. */
export function useAbout(at: Place | null): { stage: string; stages: string[]; production: boolean; region: string } | undefined {
  const project = useProject(at);
  const several = useSeveral(at, holdsSeveral(project));
  if (project.data !== undefined) return project.data;
  return several.data === undefined ? undefined : { ...several.data, region: several.data.region ?? '' };
}

/** What of the configuration can be edited by form. */
export function useOutline(at: Place) {
  const host = useHost();
  return useQuery(queryOptions({ queryKey: ['outline', ...place(at)], queryFn: () => host.outline(at), ...shared }));
}

/** How large the service is without what the patterns take; the last answer stays in sight while the next is made. */
export function useSizes(at: Place, without: string[]) {
  const host = useHost();
  return useQuery(queryOptions({ queryKey: ['sizes', ...place(at), ...without], queryFn: () => host.sizes(at, without), placeholderData: keepPreviousData, ...shared }));
}

/** The files of code that somebody must allow. */
export function useCodeTexts(at: Place, hash: string) {
  const host = useHost();
  return useQuery(queryOptions({ queryKey: ['code', ...place(at), hash], queryFn: () => host.codeTexts(at, hash), gcTime: 0, ...shared }));
}

/** What may run for good, of all projects. */
export function useAllowedCode() {
  const host = useHost();
  return useQuery(queryOptions({ queryKey: ['allowed'], queryFn: () => host.allowedCode(), ...shared }));
}

/** What stands in the cloud. The last known answer stays in sight when a new one cannot be had. */
export function useDeployed(at: Place | null) {
  const host = useHost();
  return useQuery(queryOptions({
    queryKey: ['deployed', ...(at === null ? [] : place(at))],
    queryFn: () => { if (at === null) throw new Error('no project'); return host.deployed(at); },
    enabled: at !== null, ...shared,
  }));
}

/** What stands of a drawing. It is asked when it is looked at, and again when somebody says so. */
export function useLive(at: Place) {
  const host = useHost();
  return useQuery(queryOptions({ queryKey: ['live', ...place(at)], queryFn: () => host.live(at), ...shared, refetchOnWindowFocus: false, staleTime: Infinity }));
}

/** A file of the configuration as text; null for the configuration file itself. */
export function useText(at: Place, file: string | null) {
  const host = useHost();
  return useQuery(queryOptions({ queryKey: ['text', ...place(at), file], queryFn: () => host.readText(at, file), gcTime: 0, ...shared }));
}

/** The sandbox, looked at again while it changes by itself. */
export function useSandbox() {
  const host = useHost();
  return useQuery(queryOptions({ queryKey: ['sandbox'], queryFn: () => host.sandbox(), refetchInterval: 3000, ...shared }));
}

/** A task as it stands, without its history. */
export function useTaskView(id: string) {
  const host = useHost();
  return useQuery(queryOptions({ queryKey: ['task', id], queryFn: () => host.task(id), ...shared }));
}

/** The command that calls a function with these data. What was typed last stays in sight until the next is known. */
export function useInvokeCommand(at: Place, fn: string, data: string) {
  const host = useHost();
  return useQuery(queryOptions({
    queryKey: ['invokeCommand', ...place(at), fn, data], queryFn: () => host.invokeCommand(at, fn, data),
    placeholderData: keepPreviousData, gcTime: 0, retry: false,
  }));
}

const store = (at: StorePlace) => [at.target, at.region] as const;

/** All of one parameter but its value, which is in no cache. */
export function useSecret(at: StorePlace, name: string) {
  const host = useHost();
  return useQuery(queryOptions({ queryKey: ['secret', ...store(at), name], queryFn: () => host.secret(at, name), gcTime: 0, ...shared }));
}

/** What a draft would do. What was told last stays in sight until the next is known. */
export function useCheckedSecret(region: string, draft: SecretDraft, bytes: number | null) {
  const host = useHost();
  return useQuery(queryOptions({ queryKey: ['checkSecret', region, draft, bytes], queryFn: () => host.checkSecret(region, draft, bytes), placeholderData: keepPreviousData, gcTime: 0, retry: false }));
}

/** Two paths beside each other. */
export function useComparison(left: StorePlace, leftPath: string, right: StorePlace, rightPath: string, enabled: boolean) {
  const host = useHost();
  return useQuery(queryOptions({ queryKey: ['compare', ...store(left), leftPath, ...store(right), rightPath], queryFn: () => host.compareSecrets(left, leftPath, right, rightPath), enabled, gcTime: 0, ...shared, refetchOnWindowFocus: false }));
}

export function useActivity(most: number) {
  const host = useHost();
  return useQuery(queryOptions({ queryKey: ['activity', most], queryFn: () => host.activity(most), ...shared }));
}

/** Has everything read again: something was done. */
export function useRefresh(): () => void {
  const client = useQueryClient();
  return useCallback(() => void client.invalidateQueries(), [client]);
}
