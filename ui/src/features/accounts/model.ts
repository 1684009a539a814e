// Which profile is used for which project.
import type { RecentProject } from '@/bridge';

/** The projects that were last looked at with a profile. */
export function usersOf(profile: string, recent: RecentProject[]): RecentProject[] {
  return recent.filter((one) => one.target.kind === 'account' && one.target.profile === profile);
}

/** The projects that can be opened with one. */
export function choosable(recent: RecentProject[]): RecentProject[] {
  return recent.filter((one) => !one.missing);
}
