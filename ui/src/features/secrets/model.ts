// What the page makes of a list of parameters: the tree of their paths, and which of them are meant.
import type { ParameterType, ParameterView } from '@/bridge';

export interface Branch { path: string; name: string; depth: number; count: number; below: boolean }

/** The paths of names, each before what is below it. Names without levels are in no path. */
export function branches(names: string[]): Branch[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    if (!name.startsWith('/')) continue;
    for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1)) counts.set(name.slice(0, at), (counts.get(name.slice(0, at)) ?? 0) + 1);
  }
  // Sorted by levels: as texts `/a-c` would come before `/a/b`.
  const sorted = [...counts].map(([path, count]) => ({ path, count, levels: path.slice(1).split('/') })).sort((a, b) => order(a.levels, b.levels));
  return sorted.map(({ path, count, levels }, index) => ({ path, count, name: levels.at(-1) ?? '', depth: levels.length - 1, below: sorted[index + 1]?.path.startsWith(`${path}/`) ?? false }));
}

function order(a: string[], b: string[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const [left = '', right = ''] = [a[at], b[at]];
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

/** Branches whose branches above are all open. */
export function inSight(all: Branch[], open: ReadonlySet<string>): Branch[] {
  return all.filter((branch) => {
    for (let at = branch.path.lastIndexOf('/'); at > 0; at = branch.path.lastIndexOf('/', at - 1)) if (!open.has(branch.path.slice(0, at))) return false;
    return true;
  });
}

/** The paths above a path, and itself. */
export function above(path: string): string[] {
  const found: string[] = [];
  for (let at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1)) found.push(path.slice(0, at));
  return path === '' ? [] : [...found, path];
}

export interface Wanted { path: string; words: string; kind: ParameterType | 'any'; age: 'any' | 'week' | 'old'; tier: 'any' | 'Standard' | 'Advanced' }

const DAY = 86_400_000;

/** The parameters that are meant, by name. */
export function matching(all: ParameterView[], wanted: Wanted, now: number): ParameterView[] {
  const words = wanted.words.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const below = wanted.path === '' ? '' : `${wanted.path}/`;
  return all.filter((one) => {
    if (!one.name.startsWith(below)) return false;
    if (wanted.kind !== 'any' && one.kind !== wanted.kind) return false;
    if (wanted.tier !== 'any' && one.tier !== wanted.tier) return false;
    const age = now - Date.parse(one.changed);
    if (wanted.age === 'week' && age > 7 * DAY) return false;
    if (wanted.age === 'old' && age < 90 * DAY) return false;
    const text = `${one.name}\n${one.key ?? ''}\n${one.description ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** A name below a path, without it. */
export function relative(name: string, path: string): string {
  return path !== '' && name.startsWith(`${path}/`) ? name.slice(path.length + 1) : name;
}

/** Whether a secret lies under the key that everybody of the account shares. */
export function underSharedKey(one: ParameterView): boolean {
  return one.kind === 'SecureString' && (one.keyWords === 'aws/ssm' || one.keyWords === null);
}
