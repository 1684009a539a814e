// Several services: their plan, their deploy and their removal in each state.
import type { Ended, Identity, MemberPlan, MemberRemoval, MemberState, PlanView, Problem, Release, SeveralPlan, SeveralRemoval, SeveralTask, StackResource, Step, TaskView } from '@/bridge';
import type { Scene } from '@/bridge/memory';
import { runningSandbox, sampleDeployed } from '@/bridge/memory/samples';
import { firstPlan, longPlan, prodPlan, readyPlan } from './plansForScenes';
import { over, plan, PROD_IDENTITY, resource, sinceNow, stage, task, typed } from './samples';

const AT = '?project=shop&stage=dev&target=sandbox';
const PROD = '?project=shop&stage=prod&target=account:acme-prod';
const SANDBOX: Identity = firstPlan.identity;
const COMMAND = 'pilothouse deploy --dir ~/code/acme --stage dev --sandbox --all';

export function memberPlan(name: string, level: number, needs: [string, string][], more: Partial<MemberPlan> = {}): MemberPlan {
  return { name, path: name, level, needs: needs.map(([service, why]) => ({ service, why })), plan: null, knownWhen: null, problem: null, ...more };
}

export function severalPlan(services: MemberPlan[], more: Partial<SeveralPlan> = {}): SeveralPlan {
  return { id: 'several-1', token: 'token-1', project: 'shop', name: 'acme', stage: 'dev', production: false, target: { kind: 'sandbox' }, identity: SANDBOX, services, plannedAt: new Date(Date.now() - 20_000).toISOString(), command: COMMAND, ...more };
}

const of = (shown: PlanView, service: string, more: Partial<PlanView> = {}): PlanView => ({ ...shown, id: `several-1-${service}`, token: '', project: 'shop', service, stack: `${service}-dev`, ...more });
const QUEUE = typed('Queue', 'Queue', 'AWS::SQS::Queue', 'add', 14, { typeWords: 'SQS queue', origin: { file: 'serverless.yml', line: 18, path: 'resources.Resources.Queue' } });
const ordersPlan = of({ ...plan([...firstPlan.rows.filter((row) => !row.logicalId.startsWith('ApiGateway')), QUEUE], { course: 'create', summary: '8 added' }), archives: firstPlan.archives }, 'orders');

const twoPlan = severalPlan([memberPlan('orders', 0, [], { plan: ordersPlan }), memberPlan('shop', 1, [['orders', 'reads QueueUrl']], { knownWhen: 'orders' })]);
const table = plan([
  typed('VotesTable', 'VotesTable', 'AWS::DynamoDB::Table', 'replace', 58, { holdsData: true, properties: [{ path: 'KeySchema.0.AttributeName', before: 'id', after: 'pollId' }] }),
  typed('OldRule', 'nightly-export', 'AWS::Events::Rule', 'remove', null),
], { summary: '1 replaced, 1 removed' });
const nothing = plan([], { course: 'nothing', summary: 'nothing to change' });

const threePlan = severalPlan([
  memberPlan('tables', 0, [], { plan: of(table, 'tables') }),
  memberPlan('orders', 1, [['tables', 'imports the-votes-table']], { plan: of({ ...readyPlan, summary: '1 removed, 2 changed, 1 added' }, 'orders') }),
  memberPlan('web', 2, [['orders', 'reads QueueUrl'], ['tables', 'dependsOn']], { plan: of(nothing, 'web') }),
]);
const prodAll = severalPlan([
  memberPlan('polls', 0, [], { plan: { ...of(prodPlan, 'polls'), summary: '1 replaced, 2 removed, 6 changed, 5 added' } }),
  memberPlan('mail', 0, [], { plan: { ...of(readyPlan, 'mail', { identity: PROD_IDENTITY, stage: 'prod', production: true }), summary: '1 removed, 2 changed, 1 added' } }),
  memberPlan('web', 1, [['polls', 'reads ApiUrl']], { knownWhen: 'polls' }),
], { stage: 'prod', production: true, target: { kind: 'account', profile: 'acme-prod' }, identity: PROD_IDENTITY, command: 'pilothouse deploy --dir ~/code/acme --stage prod --profile acme-prod --all' });

const broken: Problem = {
  code: 'CONFIG_BAD_VALUE', kind: 'config', title: '1 problem must be solved first', detail: null, hints: [], retry: 'after', failure: null,
  findings: [{ code: 'CONFIG_BAD_VALUE', isError: true, message: 'memorySize must be a number from 128 to 10240', path: 'functions.send.memorySize', place: { file: 'serverless.yml', line: 12, column: 17, text: '    memorySize: lots', length: 4 }, reason: 'Lambda gives functions between 128 and 10,240 MB.', hint: 'Write a number, such as 256.' }],
};
const brokenPlan = severalPlan([
  memberPlan('orders', 0, [], { plan: ordersPlan }),
  memberPlan('mail', 0, [], { problem: broken }),
  memberPlan('shop', 1, [['orders', 'reads QueueUrl'], ['mail', 'dependsOn']], { knownWhen: 'orders' }),
]);
const many = severalPlan(Array.from({ length: 30 }, (_, at) => memberPlan(`worker-${String(at + 1).padStart(2, '0')}`, Math.floor(at / 8), at < 8 ? [] : [[`worker-${String(at - 7).padStart(2, '0')}`, 'reads TableName']], at > 20 ? { knownWhen: `worker-${String(at - 7).padStart(2, '0')}` } : { plan: of({ ...(at % 3 === 0 ? nothing : readyPlan), summary: at % 3 === 0 ? 'nothing to change' : '1 removed, 2 changed, 1 added' }, `worker-${at + 1}`) })), { name: 'platform' });
const LONG = 'customer-notification-preferences-synchronisation-reconciliation-worker-for-the-european-region';
const long = severalPlan([memberPlan(LONG, 0, [], { plan: { ...of(longPlan, LONG), summary: '1 replaced, 1 changed, 1 added' } }), memberPlan(`${LONG}-of-the-second-generation`, 1, [[LONG, `imports ${'AnExportThatGoesOn'.repeat(6)}`]], { knownWhen: LONG })], { name: LONG, stage: 'feature-branch-with-a-long-name' });

/** The services of a plan as a task works on them. */
export function severalTask(shown: SeveralPlan, more: Partial<SeveralTask> = {}): SeveralTask {
  return {
    shown: shown.id, name: shown.name, stage: shown.stage, production: shown.production, command: shown.command,
    services: shown.services.map(({ name, path, level, needs, plan: own }) => ({ name, path, level, needs, changes: own?.counts.total ?? null, usualMillis: own === null ? null : 14_000 })), ...more,
  };
}

function around(scene: Scene): Scene {
  const isProd = scene.path.includes('stage=prod');
  return {
    ...scene,
    start: { sandbox: runningSandbox, profiles: ['acme-prod'], recent: [{ id: 'shop', name: 'acme', folder: '~/code/acme', config: 'serverless-compose.yml', openedAt: new Date().toISOString(), missing: false, stage: isProd ? 'prod' : 'dev', target: isProd ? { kind: 'account', profile: 'acme-prod' } : { kind: 'sandbox' }, last: null }] },
    calls: {
      project: () => Promise.reject({ ...broken, code: 'SEVERAL_SERVICES', title: '`~/code/acme` holds several services', findings: [] }),
      several: () => Promise.resolve({ id: 'shop', name: 'acme', folder: '~/code/acme', config: 'serverless-compose.yml', stage: isProd ? 'prod' : 'dev', stages: ['dev', 'prod'], production: isProd, target: isProd ? { kind: 'account' as const, profile: 'acme-prod' } : { kind: 'sandbox' as const }, region: isProd ? 'eu-central-1' : 'us-east-1', services: [], command: COMMAND }),
      severalStanding: () => Promise.resolve([{ service: 'orders', problem: null, deployed: { ...sampleDeployed, identity: isProd ? PROD_IDENTITY : SANDBOX } }]),
      ...scene.calls,
    },
  };
}

function planned(shown: SeveralPlan): Scene {
  const view = task('planSeveral', { id: shown.id, title: `Plan ${shown.services.length} services of ${shown.name}`, project: 'shop', state: 'done', ended: shown.plannedAt, target: shown.target, several: severalTask(shown, { shown: null }) });
  const { events } = sinceNow(30, [[5, over({ kind: 'done', result: { kind: 'severalPlan', plan: shown } })]]);
  return around({ path: `/plan/${shown.id}${shown.production ? PROD : AT}`, tasks: [{ view, events }] });
}

export function moved(service: string, state: MemberState, more: Partial<Extract<Step, { kind: 'service' }>> = {}): Step {
  return { kind: 'service', service, state, because: null, problem: null, release: null, kept: null, ...more };
}
const inside = (service: string, step: Step): Step => ({ kind: 'of', service, step });

function running(shown: SeveralPlan, secondsAgo: number, steps: [number, Step][], more: Partial<TaskView> = {}): Scene {
  const { began, events } = sinceNow(secondsAgo, steps);
  const last = events.at(-1);
  const ended = last?.step.kind === 'ended' ? last.at : null;
  const view = task('deploySeveral', {
    id: 'all-1', title: `Deploy ${shown.services.length} services of ${shown.name} to ${shown.stage}`, project: 'shop', target: shown.target, began, ended, several: severalTask(shown),
    cancel: ended === null ? 'What is under way is put back, and no other service is begun. What stands already stays.' : null, ...more,
  });
  return around({ path: `/task/all-1${shown.production ? PROD : AT}`, tasks: [{ view, events }] });
}

export function release(name: string, paths: string[], more: Partial<Release> = {}): Release {
  return {
    project: '', stack: `${name}-dev`, stage: '', region: 'us-east-1', changed: true, functions: [], outputs: [],
    endpoints: paths.map((path, at) => ({ id: String(at), function: name, method: 'POST', url: `http://127.0.0.1:4566/restapis/a1b2c3d4/dev/_user_request_${path}`, path, signed: false })), ...more,
  };
}

const failure: Problem = {
  code: 'DEPLOY_FAILED', kind: 'remote', title: 'the change of orders-dev failed', detail: null, hints: ['Give the queue another name, then deploy again'], retry: 'after', findings: [],
  failure: { stack: 'orders-dev', status: 'UPDATE_ROLLBACK_COMPLETE', rolledBack: true, also: [], remains: [], first: { logicalId: 'Queue', resourceType: 'AWS::SQS::Queue', typeWords: 'SQS queue', status: 'CREATE_FAILED', reason: 'A queue already exists with the same name and a different value for attribute VisibilityTimeout', at: new Date().toISOString(), origin: { file: 'serverless.yml', line: 18, path: 'resources.Resources.Queue' } } },
};
const stopped: Problem = { ...broken, code: 'CANCELLED', title: 'it was not begun, as you asked', findings: [] };
const missing: Problem = { ...broken, code: 'SERVICES_MISSING', title: '2 of 3 services were not deployed', findings: [], hints: ['Put right what failed, then go on with: pilothouse deploy --all'] };

const begun: [number, Step][] = [
  [0, moved('tables', 'planning')], [1, inside('tables', stage('planning', 'CloudFormation works out what changes'))], [3, moved('tables', 'deploying')],
  [9, moved('tables', 'done', { release: release('tables', []) })], [9.1, moved('orders', 'planning')], [11, moved('orders', 'deploying')], [12, inside('orders', stage('updating', 'Changing the stack'))],
  [14, inside('orders', resource('OldRule', 'AWS::Events::Rule', 'deleted', 'DELETE_COMPLETE'))], [15, inside('orders', resource('HelloLambdaFunction', 'AWS::Lambda::Function', 'done', 'UPDATE_COMPLETE'))],
];
const asking: [number, Step][] = [...begun.slice(0, 5), [11, { kind: 'question', question: 'q-1', service: 'orders', plan: of({ ...table, summary: '1 replaced, 1 removed' }, 'orders'), typed: null }]];
const ends = (ended: Ended): Step => over(ended);
const wentWell: [number, Step][] = [
  [0, moved('orders', 'planning')], [2, moved('orders', 'deploying')], [9, moved('orders', 'done', { release: release('orders', []) })], [9.1, moved('shop', 'planning')], [11, moved('shop', 'deploying')],
  [17, moved('shop', 'done', { release: release('shop', ['/orders', '/orders/{id}']) })], [17.1, ends({ kind: 'done', result: { kind: 'services' } })],
];
const wentWrong: [number, Step][] = [...begun, [20, moved('orders', 'failed', { problem: failure })], [20.1, moved('web', 'held', { because: 'orders' })], [20.2, ends({ kind: 'failed', problem: missing })]];
const wasStopped: [number, Step][] = [...begun, [16, { kind: 'cancelRequested', words: 'What is under way is put back, and no other service is begun. What stands already stays.' }], [20, moved('orders', 'failed', { problem: { ...stopped, title: 'the change was stopped, and what stood before is put back' } })], [20.1, moved('web', 'held', { because: 'orders' })], [20.2, ends({ kind: 'cancelled', problem: { ...missing, code: 'CANCELLED' } })]];
const manyOn: [number, Step][] = many.services.flatMap(({ name }, at): [number, Step][] => {
  if (at < 8) return [[0.2 * at, moved(name, 'planning')], [2 + at, moved(name, 'deploying')], [10 + at, moved(name, 'done', { release: release(name, [`/${name}`]) })]];
  if (at < 12) return [[20 + 0.1 * at, moved(name, 'planning')], [24 + 0.1 * at, moved(name, 'deploying')], [25 + 0.1 * at, inside(name, stage('uploading', 'Uploading 2 files'))]];
  return [];
});

const doomedOf = (name: string, more: Partial<MemberRemoval> = {}, holds: string[] = []): MemberRemoval => {
  const resources: StackResource[] = [...ordersPlan.rows, ...holds.map((id) => typed(id, id, 'AWS::DynamoDB::Table', 'remove', null))].map((row) => ({ logicalId: row.logicalId, physicalId: null, resourceType: row.resourceType, typeWords: row.typeWords, status: 'CREATE_COMPLETE' }));
  return { name, path: name, level: 0, needs: [], holdsData: ['ServerlessDeploymentBucket', ...holds], releases: null, problem: null, removal: { id: '', token: '', project: 'shop', stack: `${name}-dev`, stage: 'dev', production: false, exists: true, identity: SANDBOX, resources, bucket: `${name}-dev-serverlessdeploymentbucket-1j4q`, files: [] }, ...more };
};
const gone = (name: string): MemberRemoval => { const one = doomedOf(name); return { ...one, holdsData: [], removal: one.removal === null ? null : { ...one.removal, exists: false, resources: [], bucket: null } }; };

function removal(services: MemberRemoval[], more: Partial<SeveralRemoval> = {}): Scene {
  const shown: SeveralRemoval = { id: 'several-9', token: 'token-9', project: 'shop', name: 'acme', stage: 'dev', production: false, target: { kind: 'sandbox' }, identity: SANDBOX, services, command: COMMAND.replace('deploy', 'remove'), ...more };
  const view = task('planRemovalOfSeveral', { id: shown.id, title: 'Look what removing all of acme deletes', project: 'shop', state: 'done', ended: new Date().toISOString(), target: shown.target, several: severalTask(severalPlan([]), { shown: null }) });
  const { events } = sinceNow(5, [[2, over({ kind: 'done', result: { kind: 'severalRemoval', removal: shown } })]]);
  return around({ path: `/plan/${shown.id}${shown.production ? PROD : AT}`, tasks: [{ view, events }] });
}
const withFiles = doomedOf('web');
const site = { ...withFiles, removal: withFiles.removal === null ? null : { ...withFiles.removal, files: ['214 files in site-bucket/'] } };
const backwards = severalTask(threePlan, { services: [...threePlan.services].reverse().map(({ name, path, level }) => ({ name, path, level: 2 - level, needs: name === 'tables' ? [{ service: 'orders', why: 'imports the-votes-table' }] : [], changes: null, usualMillis: null })) });
const removing = { kind: 'removeSeveral' as const, title: 'Remove 3 services of acme from dev', several: backwards, cancel: 'What is deleted stays deleted. The rest stays, and can be removed later.' };

export const severalScenes: Record<string, Scene> = {
  'several-plan': planned(twoPlan),
  'several-plan-settle': planned(threePlan),
  'several-plan-prod': planned(prodAll),
  'several-plan-broken': planned(brokenPlan),
  'several-plan-many': planned(many),
  'several-plan-long-names': planned(long),
  'several-plan-nothing': planned(severalPlan(['orders', 'shop', 'web'].map((name) => memberPlan(name, 0, [], { plan: of(nothing, name) })))),
  'several-plan-working': (() => {
    const { began, events } = sinceNow(6, [[0, moved('tables', 'planning')], [2, moved('orders', 'planning')], [2.1, inside('orders', stage('planning', 'CloudFormation works out what changes'))]]);
    return around({ path: `/plan/several-1${AT}`, tasks: [{ view: task('planSeveral', { id: 'several-1', title: 'Plan 3 services of acme', project: 'shop', began, several: severalTask(threePlan, { shown: null }) }), events }] });
  })(),
  'several-plan-failed': (() => {
    const { began, events } = sinceNow(2, [[1, over({ kind: 'failed', problem: { ...broken, code: 'SERVICE_CYCLE', title: 'services wait for each other in a circle: orders -> users -> orders', findings: [], hints: ['Let one of them do without what it reads from the other'] } })]]);
    return around({ path: `/plan/several-1${AT}`, tasks: [{ view: task('planSeveral', { id: 'several-1', title: 'Plan 3 services of acme', project: 'shop', began, ended: began, state: 'failed', several: severalTask(threePlan, { shown: null }) }), events }] });
  })(),
  'several-plan-refused': { ...planned(twoPlan), press: ['deploy-button'] },
  'several-task': running(threePlan, 17, begun),
  'several-task-asking': running(threePlan, 14, asking),
  'several-task-stopping': running(threePlan, 18, [...begun, [16, { kind: 'cancelRequested', words: 'What is under way is put back, and no other service is begun. What stands already stays.' }]], { state: 'cancelling' }),
  'several-task-many': running(many, 32, manyOn.toSorted((a, b) => a[0] - b[0])),
  'several-task-long-names': running(long, 12, [[0, moved(LONG, 'planning')], [3, moved(LONG, 'deploying')], [4, inside(LONG, stage('updating', 'Changing the stack'))]]),
  'several-task-done': running(twoPlan, 120, wentWell, { state: 'done' }),
  'several-task-failed': running(threePlan, 120, wentWrong, { state: 'failed' }),
  'several-task-stopped': running(threePlan, 120, wasStopped, { state: 'cancelled' }),
  'several-task-not-begun': running(threePlan, 60, [[1, ends({ kind: 'failed', problem: { ...broken, code: 'PLAN_STALE', kind: 'precondition', title: 'the folder holds other services than were shown, or they wait for others', findings: [], hints: ['Nothing was changed. Plan all again'] } })]], { state: 'failed' }),
  'several-removal': removal([site, doomedOf('orders', { releases: 'acme-releases/serverless/orders/dev' }, ['OrdersTable']), gone('mail')]),
  'several-removal-prod': removal([site, { ...doomedOf('orders', {}, ['OrdersTable', 'UsersTable']) }], { stage: 'prod', production: true, target: { kind: 'account', profile: 'acme-prod' }, identity: PROD_IDENTITY }),
  'several-removal-nothing': removal([gone('shop'), gone('orders')]),
  'several-removal-broken': removal([{ ...doomedOf('web'), removal: null, holdsData: [], problem: broken }, doomedOf('orders')]),
  'several-removing': running(threePlan, 9, [[0, moved('web', 'planning')], [1, moved('orders', 'planning')], [2, moved('tables', 'planning')], [3, moved('web', 'removing')], [7, moved('web', 'done', { kept: [] })], [7.1, moved('orders', 'removing')], [7.2, inside('orders', stage('deleting', 'Deleting the stack'))]], removing),
  'several-removed': running(threePlan, 90, [[0, moved('web', 'planning')], [1, moved('orders', 'planning')], [2, moved('tables', 'planning')], [3, moved('web', 'removing')], [7, moved('web', 'done', { kept: [] })], [8, moved('orders', 'removing')], [12, moved('orders', 'done', { kept: ['OrdersTable'] })], [13, moved('tables', 'removing')], [14, moved('tables', 'done')], [15, ends({ kind: 'done', result: { kind: 'services' } })]], { ...removing, state: 'done', cancel: null }),
};
