// The logs page in each of its states.
import type { LogLine, Problem } from '@/bridge';
import type { Scene } from '@/bridge/memory';
import { runningSandbox, sampleDeployed, sampleProject } from '@/bridge/memory/samples';

const PATH = '/logs/hello?project=hello&stage=dev&target=sandbox';
const recent = [{ id: 'hello', name: 'polls-api', folder: '~/code/polls-api', config: 'serverless.yml', openedAt: '2026-11-23T09:00:00.000Z', missing: false, stage: 'dev', target: { kind: 'sandbox' as const }, last: null }];
const start = { sandbox: runningSandbox, recent };
const hello = sampleProject.functions[0];
const project = (names: string[]) => ({ ...sampleProject, service: 'polls-api', functions: hello === undefined ? [] : names.map((key) => ({ ...hello, key })) });

const REQUESTS = ['8476a536-e9f4-11e8-9739-2dfe598c3fcd', '1b7f02aa-41c8-4e0e-93a5-0f2a63c1d7e4', 'd20c5a10-7e3b-4b9a-8f0e-52c1f4be8a91'];
const TEXTS: [string, string][] = [
  ['platform', 'START RequestId: {id} Version: $LATEST'],
  ['info', '{"level":"info","message":"vote counted","poll":"lunch","choice":"ramen","took":{"read":4,"write":11}}'],
  ['info', 'counting votes of poll lunch'],
  ['warn', '[WARNING] {id} the cache is cold, reading 18204 items'],
  ['debug', 'DEBUG:root:cache key polls/lunch/votes'],
  ['error', '[ERROR] KeyError: \'choice\' Traceback (most recent call last): File "/var/task/vote.py", line 31, in handler'],
  ['platform', 'END RequestId: {id}'],
  ['platform', 'REPORT RequestId: {id} Duration: 31.20 ms Billed Duration: 32 ms Memory Size: 256 MB Max Memory Used: 62 MB'],
];

function lines(count: number, sources: string[]): LogLine[] {
  const first = Date.now() - count * 1300;
  return Array.from({ length: count }, (_, index) => {
    const request = REQUESTS[Math.floor(index / TEXTS.length) % REQUESTS.length] ?? '';
    const [level, text] = TEXTS[index % TEXTS.length] ?? ['info', ''];
    const source = sources[Math.floor(index / TEXTS.length) % sources.length] ?? 'hello';
    return { id: String(index), at: new Date(first + index * 1300).toISOString(), source, level, text: text.replace('{id}', request), request };
  });
}

const silent: Problem = { code: 'CLOUD_SILENT', kind: 'remote', title: 'the local AWS does not answer', detail: 'connection refused (127.0.0.1:4566)', hints: ['See whether the sandbox runs'], retry: 'now', findings: [], failure: null };
const denied: Problem = { ...silent, code: 'DENIED', kind: 'permission', title: 'you may not do this in the account', detail: 'User: arn:aws:sts::481516234201:assumed-role/Reader/ana is not authorized to perform: logs:FilterLogEvents on resource: arn:aws:logs:eu-central-1:481516234201:log-group:/aws/lambda/polls-api-dev-vote', hints: ['Ask for logs:FilterLogEvents on this log group'] };

const told = (found: LogLine[], after?: Problem): Scene['calls'] => ({
  watchLogs: (_place, _asked, tell) => {
    queueMicrotask(() => {
      tell({ kind: 'lines', lines: found });
      tell(after === undefined ? { kind: 'upToDate' } : { kind: 'failed', problem: after });
    });
    return () => undefined;
  },
});

/** Goes on with a line every so often, as a function that is called does. */
const flowing: Scene['calls'] = {
  watchLogs: (_place, _asked, tell) => {
    const all = lines(400, ['vote', 'createPoll', 'listPolls']);
    let next = 300;
    queueMicrotask(() => { tell({ kind: 'lines', lines: all.slice(0, next) }); tell({ kind: 'upToDate' }); });
    const timer = setInterval(() => { tell({ kind: 'lines', lines: all.slice(next, next + 1) }); next += 1; }, 100);
    return () => clearInterval(timer);
  },
};

const LONG = 'customerNotificationPreferencesSynchronisationReconciliationWorkerForTheEuropeanRegion';
const three = project(['vote', 'createPoll', 'listPolls']);
const workers = Array.from({ length: 40 }, (_, index) => `worker${index}`);

export const scenes: Record<string, Scene> = {
  'logs': { path: PATH, start, project: three, calls: told(lines(60, ['vote', 'createPoll', 'listPolls'])) },
  'logs-flowing': { path: PATH, start, project: three, calls: flowing },
  'logs-one-function': { path: `${PATH}&open=vote`, start, project: three, calls: told(lines(60, ['vote', 'createPoll', 'listPolls'])) },
  'logs-never-called': { path: PATH, start, project: project(['vote']), calls: { watchLogs: (_place, _asked, tell) => { queueMicrotask(() => { tell({ kind: 'noLog', function: 'vote' }); tell({ kind: 'upToDate' }); }); return () => undefined; } } },
  'logs-absent': { path: PATH, start, project: three, deployed: { ...sampleDeployed, standing: 'absent', endpoints: [] } },
  'logs-quiet': { path: PATH, start, project: three },
  'logs-reading': { path: PATH, start, project: three, calls: { watchLogs: () => () => undefined } },
  'logs-cut-off': { path: PATH, start, project: three, calls: told(lines(30, ['vote']), silent) },
  'logs-denied': { path: PATH, start, project: three, calls: told([], denied) },
  'logs-no-functions': { path: PATH, start, project: project([]) },
  'logs-many': { path: PATH, start, project: project(workers), calls: told(lines(20_400, workers)) },
  'logs-long-names': { path: PATH, start, project: project([LONG, `${LONG}Two`]), calls: told(lines(30, [LONG, `${LONG}Two`]).map((line) => ({ ...line, text: `${line.text} ${'and so on '.repeat(120)}` }))) },
};
