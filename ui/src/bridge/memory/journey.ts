// The newcomer's way, from the first start to an answered call, as a scene that goes on by what is asked of it.
import type { Deployed, PlanView, TaskEvent, TaskView } from '../generated/bindings';
import type { Host } from '../host';
import { sampleDeployed } from './samples';

const AT = '2026-11-23T12:00:00.000Z';
const identity = { account: '000000000000', region: 'us-east-1', principal: 'arn:aws:iam::000000000000:root', principalWords: 'root user', sandbox: true };

const plan: PlanView = {
  id: 'journey-plan', token: 'once', project: 'hello', service: 'hello-world', stage: 'dev', production: false, stack: 'hello-world-dev', target: { kind: 'sandbox' }, identity,
  course: 'create', summary: '2 added', counts: { added: 2, changed: 0, mayReplace: 0, replaced: 0, removed: 0, letGo: 0, total: 2 },
  sizes: [{ name: 'hello-world-dev', resources: 12, most: 500 }],
  rows: [
    { logicalId: 'HelloLambdaFunction', name: 'hello', resourceType: 'AWS::Lambda::Function', typeWords: 'Lambda function', stack: null, physicalId: null, change: 'add', holdsData: false, conditional: false, properties: [], origin: { file: 'serverless.yml', line: 9, path: 'functions.hello' }, usualMillis: null },
    { logicalId: 'ApiGatewayRestApi', name: 'ApiGatewayRestApi', resourceType: 'AWS::ApiGateway::RestApi', typeWords: 'REST API', stack: null, physicalId: null, change: 'add', holdsData: false, conditional: false, properties: [], origin: null, usualMillis: null },
  ],
  notSimulated: [], archives: [{ name: 'hello-world.zip', sha256: 'a'.repeat(64), bytes: 281, files: 1, functions: ['hello'] }], leftOut: [], findings: [], plannedAt: AT, usualMillis: null, rollbackOff: false, fromPackage: null, unsynced: null, command: 'pilothouse deploy --sandbox',
};

function task(id: string, kind: TaskView['kind'], title: string, events: TaskEvent[], more: Partial<TaskView> = {}): { view: TaskView; events: TaskEvent[] } {
  return { events, view: { id, kind, title, project: 'hello', plan: null, target: { kind: 'sandbox' }, began: AT, state: 'done', ended: AT, now: '', last: events.length, cancel: null, ...more } };
}

const ended = (seq: number, step: TaskEvent['step']): TaskEvent => ({ seq, at: AT, step });

export function journey(): Partial<Host> {
  let live = false;
  const tasks = new Map([
    task('journey-plan', 'plan', 'Plan hello-world for dev', [ended(1, { kind: 'ended', ended: { kind: 'done', result: { kind: 'plan', plan } } })]),
    task('journey-deploy', 'deploy', 'Deploy 2 changes to hello-world in dev', [
      ended(1, { kind: 'resource', logicalId: 'HelloLambdaFunction', resourceType: 'AWS::Lambda::Function', typeWords: 'Lambda function', isStack: false, state: 'done', status: 'CREATE_COMPLETE', reason: null }),
      ended(2, { kind: 'ended', ended: { kind: 'done', result: { kind: 'release', release: { project: 'hello', stack: 'hello-world-dev', stage: 'dev', region: 'us-east-1', changed: true, endpoints: sampleDeployed.endpoints, functions: [{ name: 'hello', value: 'hello-world-dev-hello' }], outputs: sampleDeployed.outputs } } } }),
    ], { plan }),
  ].map((one) => [one.view.id, one]));
  const absent: Deployed = { ...sampleDeployed, standing: 'absent', status: null, endpoints: [], outputs: [], resources: [], last: null };
  const find = (id: string) => tasks.get(id);
  const begin = (id: string) => { const found = find(id); return found === undefined ? Promise.reject(new Error(id)) : Promise.resolve(found.view); };
  return {
    openExample: () => Promise.resolve('hello'),
    deployed: () => Promise.resolve(live ? sampleDeployed : absent),
    plan: () => begin('journey-plan'),
    deploy: () => { live = true; return begin('journey-deploy'); },
    tasks: () => Promise.resolve([]),
    task: begin,
    watchTask: (id, from, tell) => { queueMicrotask(() => { const found = find(id); if (found !== undefined) tell({ task: id, events: found.events.filter((event) => event.seq > from) }); }); return () => undefined; },
    invoke: (_place, fn) => Promise.resolve({ function: `hello-world-dev-${fn}`, answer: '{\n  "statusCode": 200,\n  "body": "Your function executed"\n}', isJson: true, error: null, millis: 42, logTail: null }),
  };
}
