// What the service page says, from what the files and the cloud told: pure, so that every state is tested.
import type { Activity, Deployed, EndpointView, EventView, FunctionView, LastChange, ProjectView } from '@/bridge';
import type { Mark } from '@/components';
import { plural } from '@/lib/words';

/** In the address, in place of a function's key: no key can hold a colon. */
export const REMOVING = ':remove';

const standings: Record<Deployed['standing'], { mark: Mark; word: (stage: string) => string }> = {
  absent: { mark: 'off', word: (stage) => `Not deployed to ${stage}` },
  unknown: { mark: 'unknown', word: (stage) => `Not known how ${stage} stands` },
  live: { mark: 'ok', word: (stage) => `Live in ${stage}` },
  busy: { mark: 'working', word: (stage) => `A change of ${stage} is under way` },
  rolledBack: { mark: 'warn', word: (stage) => `Live in ${stage}, as before a change that failed` },
  stuck: { mark: 'danger', word: (stage) => `${stage} is stuck` },
};

export function standingWords(deployed: Deployed, stage: string): { mark: Mark; word: string } {
  const { mark, word } = standings[deployed.standing];
  return { mark, word: word(stage) };
}

/** Whether there is anything to call, to read or to remove. */
export function stands(deployed: Deployed | undefined): boolean {
  return deployed !== undefined && deployed.standing !== 'absent' && deployed.standing !== 'unknown' && deployed.resources.length > 0;
}

/** What was done last, up to its time: `Deployed`, `The last deploy failed`. */
export function lastWords(last: LastChange): string {
  const verb = last.verb === 'remove' ? 'removal' : last.verb;
  switch (last.outcome) {
    case 'done': return last.verb === 'remove' ? 'Removed' : 'Deployed';
    case 'nothing to do': return 'Deployed with nothing to change';
    case 'rolled back': return `The last ${verb} was rolled back`;
    case 'refused': return `The last ${verb} was refused`;
    case 'failed': return `The last ${verb} failed`;
    case 'running or cut off': return `A ${verb} runs or was cut off, begun`;
    default: return `The last ${verb}: ${last.outcome},`;
  }
}

/** Who acted, by the ARN: `Deployer, ana@acme.io`. */
export function whoWords(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  const [kind, ...names] = resource.split('/');
  if (kind === 'assumed-role') return names.join(', ');
  if (names.length > 0) return names.at(-1) ?? resource;
  return resource === 'root' ? 'root user' : resource;
}

/** Who did what was done last, when this computer's journal knows. In the sandbox everyone is the same. */
export function byWhom(last: LastChange, activity: Activity[] | undefined): string | null {
  const done = activity?.find((one) => one.stack === last.stack && one.at === last.at && one.account !== 'sandbox');
  return done === undefined ? null : whoWords(done.principal);
}

/** A browser opens addresses that need nothing filled in and no signature. */
export function canOpen(endpoint: EndpointView): boolean {
  return (endpoint.method === 'GET' || endpoint.method === 'ANY') && !endpoint.signed && !endpoint.url.includes('{');
}

/** Whether every word of a filter is in the text. */
export function fits(text: string, filter: string): boolean {
  const lower = text.toLowerCase();
  return filter.toLowerCase().split(/\s+/).every((word) => lower.includes(word));
}

export function functionText(one: FunctionView): string {
  return `${one.key} ${one.name} ${one.runtime} ${one.events.map((event) => event.words).join(' ')}`;
}

export type EventRow = EventView & { key: string };

export function eventRows(project: ProjectView): EventRow[] {
  return project.functions.flatMap((one) => one.events.map((event, index) => ({ ...event, key: `${one.key}:${index}` })));
}

export interface ResourceRow {
  id: string;
  type: string;
  words: string;
  physical: string | null;
  status: string | null;
  /** Where it is written; null for what the framework adds. */
  origin: string | null;
  /** It stands in the cloud and is not in the file any more: the next deploy removes it. */
  isLeft: boolean;
}

/** The file's resources and the cloud's, joined by their logical ids. */
export function joined(project: ProjectView, deployed: Deployed | undefined): ResourceRow[] {
  const standing = new Map((deployed?.resources ?? []).map((one) => [one.logicalId, one]));
  const planned: ResourceRow[] = project.resources.map((one) => {
    const there = standing.get(one.logicalId);
    standing.delete(one.logicalId);
    const origin = one.origin === null ? null : `${one.origin.file}:${one.origin.line}`;
    return { id: one.logicalId, type: one.resourceType, words: one.typeWords, physical: there?.physicalId ?? null, status: there?.status ?? null, origin, isLeft: false };
  });
  const rest = [...standing.values()].map((one) => ({ id: one.logicalId, type: one.resourceType, words: one.typeWords, physical: one.physicalId, status: one.status, origin: null, isLeft: true }));
  return [...planned, ...rest];
}

/** What a first deploy makes, counted: `1 function, 1 REST API, 1 DynamoDB table and 8 that go with them`. */
export function makesWords(project: ProjectView): string {
  const MOST = 4;
  const kinds = new Map<string, number>();
  for (const one of project.resources) {
    const isOwn = one.origin?.path.startsWith('resources.') === true;
    if (!isOwn && !MAIN.includes(one.resourceType)) continue;
    const word = one.resourceType === 'AWS::Lambda::Function' ? 'function' : one.typeWords;
    kinds.set(word, (kinds.get(word) ?? 0) + 1);
  }
  const shown = [...kinds].sort(([a], [b]) => Number(b === 'function') - Number(a === 'function')).slice(0, MOST);
  const rest = project.resources.length - shown.reduce((sum, [, count]) => sum + count, 0);
  const parts = shown.map(([word, count]) => plural(count, word));
  if (rest > 0) parts.push(parts.length === 0 ? plural(rest, 'resource') : `${rest} that ${rest === 1 ? 'goes' : 'go'} with ${shown.length === 1 && shown[0]?.[1] === 1 ? 'it' : 'them'}`);
  return parts.join(', ').replace(/, ([^,]*)$/, ' and $1');
}

const MAIN = ['AWS::Lambda::Function', 'AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];

/** How a resource stands; `known` is whether the cloud was looked at. */
export function resourceState(status: string | null, known: boolean): { mark: Mark; word: string } {
  if (status === null) return known ? { mark: 'off', word: 'Not deployed' } : { mark: 'waiting', word: 'Not known' };
  if (status.endsWith('_FAILED')) return { mark: 'danger', word: 'Failed' };
  if (status.endsWith('_COMPLETE')) return { mark: 'ok', word: 'Stands' };
  return { mark: 'working', word: 'Changing' };
}
