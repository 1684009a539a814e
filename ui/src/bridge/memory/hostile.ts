// Names as nobody should make them and somebody will: markup, a turned direction, emoji, and no end. Any scene can be
// shown with them, so that every page is tried.
import type { Host } from '../host';
import type { Scene } from '.';

const MARKUP = '<img src=x onerror=alert(1)>';
const TURNED = 'invoice\u202Efdp.exe';
const EMOJI = '\u{1F469}\u200D\u{1F680}\u{1F680}\u0301 \u65E5\u672C\u8A9E';
const ENDLESS = 'a200LettersLongNameThatNeverEndsAndHasNoPlaceToBreak'.repeat(4).slice(0, 200);

/** What is no name: ids, kinds, times, and what the engine itself makes of a few fixed words. */
const KEPT = new Set([
  'json', 'form', 'suggestions', 'id', 'project', 'plan', 'task', 'kind', 'state', 'standing', 'change', 'course', 'code', 'at', 'began', 'ended', 'since', 'openedAt', 'seenAt', 'plannedAt', 'level', 'retry', 'profile',
  'token', 'sha256', 'method', 'url', 'path', 'verb', 'outcome', 'account', 'region', 'resourceType', 'theme', 'from', 'to', 'picture', 'stage', 'status', 'version', 'opened', 'listensOn', 'request', 'pattern', 'hash',
]);

function worse(text: string): string {
  return `${MARKUP} ${text} ${TURNED} ${EMOJI} ${ENDLESS}`;
}

/** The same value with the worst names. */
function named<T>(value: T, key = ''): T {
  if (typeof value === 'string') return (KEPT.has(key) || value === '' ? value : worse(value)) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => named(one, key)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, named(one, name)])) as T;
}

/** The scenes that are also shown so: each page that shows names. */
export const HOSTILE = [
  'overview-projects', 'service-prod', 'service-drawer', 'service-absent', 'service-events', 'service-resources', 'service-outputs', 'service-drawing', 'service-broken', 'service-remove', 'plan-production', 'plan-first', 'plan-broken',
  'task-running', 'task-failed', 'task-done', 'task-removed', 'invoke-answered', 'invoke-failed', 'http-answered', 'logs', 'sandbox-running', 'activity', 'activity-open', 'accounts', 'forms', 'forms-permission', 'editor-problems', 'editor-conflict', 'sizes', 'service-consent',
  'secrets-all', 'secrets-compared', 'several', 'several-one-broken', 'several-plan-settle', 'several-task', 'several-task-failed', 'several-removal',
];

/** A scene whose address names a function has that function's worse name in it. */
export function hostileScene(scene: Scene): Scene {
  const path = scene.path
    .replace(/^(\/invoke\/[^/]+\/)([^?]+)/, (_, before: string, name: string) => `${before}${encodeURIComponent(worse(name))}`)
    .replace(/^(\/services\/.*open=)(\w+)/, (_, before: string, name: string) => `${before}${encodeURIComponent(worse(name))}`);
  return { ...scene, path };
}

type Call = (...words: unknown[]) => unknown;

/** Every answer, and everything that is told, with the worst names. */
export function hostileHost(host: Host): Host {
  const wrapped = Object.entries(host as unknown as Record<string, Call>).map(([name, call]): [string, Call] => [name, (...words) => {
    const own = words.map((word) => (typeof word === 'function' ? (said: unknown) => (word as Call)(named(said)) : word));
    const answer = call(...own);
    return answer instanceof Promise ? answer.then((said: unknown) => (typeof said === 'object' ? named(said) : said), (thrown: unknown) => { throw named(thrown); }) : answer;
  }]);
  return Object.fromEntries(wrapped) as unknown as Host;
}
