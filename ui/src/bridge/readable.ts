// What the engine tells, with letters that are not seen named: no page can be made to show a name as another. What is
// sent back stays as it came, and so does what functions wrote and answered: that is read where it stands.
import { visible } from '@/lib/words';
import type { Host } from './host';

const RAW = new Set(['insert', 'hash', 'json', 'form', 'suggestions', 'id', 'key', 'function', 'logicalId', 'stack', 'stage', 'stages', 'profile', 'profiles', 'project', 'task', 'token', 'url', 'path', 'pattern', 'patternsAt', 'answer', 'logTail', 'body', 'command']);
/** Words that stay as they are written: an editor that showed a letter as its name would save the name. */
const AS_WRITTEN = new Set(['watchLogs', 'watchSandboxLogs', 'readText', 'saveText']);

/** The same value when nothing in it is hidden. */
export function readable<T>(value: T, key = ''): T {
  if (typeof value === 'string') return (RAW.has(key) ? value : visible(value)) as T;
  if (typeof value !== 'object' || value === null) return value;
  let isSame = true;
  const told = (one: unknown, name: string): unknown => {
    const next = readable(one, name);
    if (next !== one) isSame = false;
    return next;
  };
  const copy = Array.isArray(value) ? value.map((one: unknown) => told(one, key)) : Object.fromEntries(Object.entries(value).map(([name, one]) => [name, told(one, name)]));
  return isSame ? value : copy as T;
}

type Call = (...words: unknown[]) => unknown;

/** The host with every answer made readable. */
export function readableHost(host: Host): Host {
  const wrap = ([name, call]: [string, Call]): [string, Call] => [name, (...words) => {
    if (AS_WRITTEN.has(name)) return call(...words);
    const answer = call(...words.map((word) => (typeof word === 'function' ? (said: unknown) => (word as Call)(readable(said)) : word)));
    return answer instanceof Promise ? answer.then((said: unknown) => readable(said), (thrown: unknown) => { throw readable(thrown); }) : answer;
  }];
  return Object.fromEntries(Object.entries(host as unknown as Record<string, Call>).map(wrap)) as unknown as Host;
}
