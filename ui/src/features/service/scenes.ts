import type { Activity, Deployed, Live, Problem, Program, ProjectView, StackResource, TaskView } from '@/bridge';
import { forever, type Scene } from '@/bridge/memory';
import { needsConsent, sampleProgram, untilAllowed } from '@/bridge/memory/consent';
import { runningSandbox, sampleDeployed, sampleProject } from '@/bridge/memory/samples';
import { ago, huge, longNamed, polls, pollsDeployed, prodIdentity } from './samples';

const HELLO = '/services/hello?project=hello&stage=dev&target=sandbox';
const POLLS = '/services/polls?project=polls&stage=prod&target=account:acme-prod';
const start = {
  profiles: ['acme-staging', 'acme-prod'], sandbox: runningSandbox,
  recent: [
    { id: 'polls', name: 'polls-api', folder: '~/code/acme/polls', config: 'serverless.yml', openedAt: ago(3), missing: false, stage: 'prod', target: polls.target, last: null },
    { id: 'hello', name: 'hello-world', folder: '~/pilothouse-examples/hello-world', config: 'serverless.yml', openedAt: ago(9), missing: false, stage: 'dev', target: { kind: 'sandbox' as const }, last: null },
  ],
};
const live: Deployed = { ...sampleDeployed, last: { verb: 'deploy', outcome: 'done', at: ago(4), targetWords: 'the sandbox', stack: 'hello-world-dev' }, seenAt: ago(0.1) };
const absent: Deployed = { ...live, standing: 'absent', status: null, endpoints: [], outputs: [], resources: [], last: null };

function problem(code: string, title: string, detail: string | null, hints: string[], more: Partial<Problem> = {}): Problem {
  return { code, kind: 'remote', title, detail, hints, retry: 'now', findings: [], failure: null, ...more };
}

const broken = problem('CONFIG_BAD_VALUE', 'serverless.yml has 2 errors', null, [], {
  kind: 'config', retry: 'after',
  findings: [
    { code: 'CONFIG_BAD_VALUE', isError: true, message: 'memorySize must be a number of MB between 128 and 10240', path: 'functions.hello.memorySize', reason: 'Lambda gives a function at most 10240 MB.', hint: 'Write 10240 or less.', place: { file: 'serverless.yml', line: 11, column: 17, text: '    memorySize: 102400', length: 6 } },
    { code: 'CONFIG_UNKNOWN_KEY', isError: true, message: 'runtme is no key of a function', path: 'functions.hello.runtme', reason: null, hint: 'Did you mean runtime?', place: { file: 'serverless.yml', line: 12, column: 5, text: '    runtme: python3.13', length: 6 } },
    { code: 'CONFIG_DEPRECATED', isError: false, message: 'package.include is old', path: 'package.include', reason: 'It is read as package.patterns.', hint: 'Move its entries to package.patterns.', place: { file: 'serverless.yml', line: 30, column: 3, text: '  include:', length: 7 } },
  ],
});
const lost = problem('CLOUD_SILENT', 'AWS does not answer', 'dispatch failure: io error: error trying to connect: dns error: failed to lookup address information: Temporary failure in name resolution', ['Look at your network, then look again']);
const denied = problem('DENIED', 'Deployer may not read the stack polls-api-prod', 'User: arn:aws:sts::481516234201:assumed-role/Deployer/ana@acme.io is not authorized to perform: cloudformation:DescribeStacks on resource: arn:aws:cloudformation:eu-central-1:481516234201:stack/polls-api-prod/*', ['Ask for cloudformation:DescribeStacks on this stack'], { kind: 'permission', retry: 'after' });
const expired = problem('CREDENTIALS', 'the sign-in of the profile acme-prod has ended', 'the SSO session has expired', ['Run aws sso login --profile acme-prod, then look again'], { kind: 'permission', retry: 'after' });

const looking: TaskView = { id: 'planRemoval-1', kind: 'planRemoval', title: 'Look what removing hello-world-dev deletes', project: 'hello', plan: null, target: { kind: 'sandbox' }, began: ago(0.1), state: 'done', ended: ago(0.05), now: '', last: 1, cancel: null };
function removal(resources: StackResource[], files: string[] = []): Scene['tasks'] {
  return [{
    view: looking,
    events: [{ seq: 1, at: ago(0.05), step: { kind: 'ended', ended: { kind: 'done', result: { kind: 'removal', removal: { id: 'removal-1', token: 'token', project: 'hello', stack: 'hello-world-dev', stage: 'dev', production: false, exists: resources.length > 0, identity: live.identity, resources, bucket: 'hello-world-dev-serverlessdeploymentbucket-1j4q', files } } } } }],
  }];
}
const tasksOf = (tasks: Scene['tasks']) => (tasks === undefined ? {} : { tasks });
const doomed = sampleProject.resources.map((one): StackResource => ({ logicalId: one.logicalId, physicalId: null, resourceType: one.resourceType, typeWords: one.typeWords, status: 'CREATE_COMPLETE' }));

const lately = (stack: string, account: string, principal: string, rows: [number, Activity['outcome'], string, number | null][]): Activity[] => rows.map(([minutes, outcome, words, millis], index) => ({
  id: `op-${index}`, verb: 'deploy', stack, account, region: account === 'sandbox' ? 'us-east-1' : 'eu-central-1', principal, at: ago(minutes), outcome, words, millis, command: '', project: null,
}));
const helloDone = lately('hello-world-dev', 'sandbox', 'root', [[4, 'done', '1 changed', 940], [19, 'done', '1 changed', 870], [52, 'failed', 'the change of hello-world-dev failed', 3100], [55, 'done', '11 added', 4200]]);

const hello = (deployed: Deployed, more: Partial<Scene> = {}, search = ''): Scene => ({ path: `${HELLO}${search}`, start, project: sampleProject, deployed, ...more, calls: { activity: () => Promise.resolve(deployed.standing === 'absent' ? [] : helloDone), ...more.calls } });
const done = lately(polls.stack, '481516234201', prodIdentity.principal, [[26, 'done', '2 changed, 1 added', 72_000], [190, 'rolled back', 'VotesTable could not be changed', 161_000], [1500, 'done', 'code of 3 functions', 9400]])
  .map((one, index) => (index === 0 ? { ...one, at: pollsDeployed.last?.at ?? one.at } : one));
const prod = (search = '', more: Partial<Scene> = {}): Scene => ({ path: `${POLLS}${search}`, start, project: polls, deployed: pollsDeployed, ...more, calls: { activity: () => Promise.resolve(done), ...more.calls } });
const asked: ProjectView['asked'] = [
  { what: 'the parameter /polls/prod/allowed-origins', region: 'eu-central-1', profile: 'acme-prod', account: '481516234201', outcome: 'found' },
  { what: 'the secret polls/prod/mail', region: 'eu-central-1', profile: 'acme-prod', account: '481516234201', outcome: 'secret' },
  { what: `the output ${'Vpc'.repeat(40)} of the stack network-prod`, region: 'eu-central-1', profile: 'acme-prod', account: '481516234201', outcome: 'missing' },
];
const fails = (thrown: Problem, call: 'deployed' | 'live' = 'deployed') => ({ calls: { [call]: () => Promise.reject(thrown) } });
/** The stack of the drawing: one function changed in the files, one table new, one queue left from before. */
const liveProd: Live = {
  status: 'UPDATE_COMPLETE', reason: null, account: '481516234201', region: 'eu-central-1',
  nodes: polls.drawing.nodes.filter((node) => !['internet', 'secret', 'key'].includes(node.kind)).map((node, index) => ({
    id: node.id, state: (['stands', 'changed', 'stands', 'notYet'] as const)[index % 4] ?? 'stands',
    facts: index % 4 === 3 ? [] : [{ name: 'id', value: `polls-api-prod-${node.label}` }, { name: 'state', value: 'UPDATE_COMPLETE' }], changes: index % 4 === 1 ? ['MemorySize: 256, in the files 512', 'Environment.Variables.TABLE'] : [],
  })),
  gone: [{ id: 'LegacyQueue', kind: 'queue', label: 'LegacyQueue', note: 'SQS queue' }],
  resources: [
    ...polls.resources.map((one, index) => ({
      logicalId: one.logicalId, resourceType: one.resourceType, typeWords: one.typeWords, state: (['stands', 'changed', 'stands', 'notYet'] as const)[index % 4] ?? 'stands',
      physicalId: index % 4 === 3 ? null : `polls-api-prod-${one.logicalId}`, status: index % 4 === 3 ? null : 'UPDATE_COMPLETE', changes: index % 4 === 1 ? ['MemorySize: 256, in the files 512', 'Environment.Variables.TABLE'] : [], origin: one.origin,
    })),
    { logicalId: 'LegacyQueue', resourceType: 'AWS::SQS::Queue', typeWords: 'SQS queue', state: 'noLonger', physicalId: 'https://sqs.eu-central-1.amazonaws.com/481516234201/polls-legacy', status: 'CREATE_COMPLETE', changes: [], origin: null },
  ],
  unknown: ["The stack's policy: cloudformation:GetStackPolicy is not allowed", 'The code of functions is not compared here: a plan packs it and tells'],
};

const manyFiles = Array.from({ length: 240 }, (_, number) => `node_modules/serverless-step-functions/lib/deploy/stepFunctions/compileStateMachines-${number}.js`);
const plugins: Program = { ...sampleProgram, name: 'serverless-step-functions 3.21.0, serverless-plugin-aws-alerts 1.7.5', files: manyFiles, may: ['runs in serverless 3.40.0, as you, when this service is packaged', 'reads and writes files and starts programs', 'can reach the network', 'gets no credentials and none of your environment variables'] };

export const scenes: Record<string, Scene> = {
  'service-live': hello(live),
  'service-prod': prod(),
  'service-drawer': prod('&open=vote'),
  'service-drawer-image': prod('&open=renderPoster'),
  'service-drawer-bundled': prod('&open=notify'),
  'service-events': prod('&tab=events'),
  'service-resources': prod('&tab=resources'),
  'service-outputs': prod('&tab=outputs'),
  'service-drawing': prod('&tab=drawing'),
  'service-drawing-live': prod('&tab=drawing', { calls: { live: () => Promise.resolve({ live: liveProd, askedAt: ago(0.05) }) } }),
  'service-drawing-not-there': prod('&tab=drawing', { calls: { live: () => Promise.resolve({ live: { ...liveProd, status: null, gone: [], nodes: liveProd.nodes.map((one) => ({ ...one, state: 'notYet' as const, facts: [], changes: [] })), resources: liveProd.resources.filter((one) => one.state !== 'noLonger').map((one) => ({ ...one, state: 'notYet' as const, physicalId: null, status: null, changes: [] })), unknown: [] }, askedAt: ago(0.05) }) } }),
  'service-drawing-asking': prod('&tab=drawing', { calls: { live: forever } }),
  'service-drawing-denied': prod('&tab=drawing', fails(denied, 'live')),
  'service-drawing-stopped': hello({ ...absent, standing: 'unknown', identity: null }, { path: `${HELLO}&tab=drawing`, calls: { live: () => Promise.resolve({ live: null, askedAt: ago(0) }) } }),
  'service-absent': hello(absent),
  'service-sandbox-stopped': hello({ ...absent, standing: 'unknown', identity: null, last: live.last }),
  'service-busy': hello({ ...live, standing: 'busy', status: 'UPDATE_IN_PROGRESS', statusReason: 'User Initiated' }),
  'service-rolled-back': prod('', { deployed: { ...pollsDeployed, standing: 'rolledBack', status: 'UPDATE_ROLLBACK_COMPLETE', last: { verb: 'deploy', outcome: 'rolled back', at: ago(12), targetWords: 'account 481516234201', stack: 'polls-api-prod' } } }),
  'service-stuck': prod('', { deployed: { ...pollsDeployed, standing: 'stuck', status: 'UPDATE_ROLLBACK_FAILED', statusReason: 'The following resource(s) failed to update: [VotesTable].', last: { verb: 'deploy', outcome: 'failed', at: ago(40), targetWords: 'account 481516234201', stack: 'polls-api-prod' } } }),
  'service-loading': hello(live, { calls: { project: forever } }),
  'service-looking': prod('', { calls: { deployed: forever } }),
  'service-offline': prod('', fails(lost)),
  'service-denied': prod('', fails(denied)),
  'service-signed-out': prod('', fails(expired)),
  'service-last-known': prod('', { calls: { deployed: once(pollsDeployed, lost) } }),
  'service-broken': hello(absent, { calls: { project: () => Promise.reject(broken) } }),
  'service-consent': hello(absent, { calls: untilAllowed({ project: () => Promise.resolve(sampleProject) }) }),
  'service-consent-many': hello(absent, { calls: { ...untilAllowed({ project: () => Promise.resolve(sampleProject) }, plugins), codeTexts: () => forever() } }),
  'service-consent-changed': hello(absent, { calls: { ...untilAllowed({ project: () => Promise.reject(needsConsent()) }), allowCode: () => Promise.reject(problem('CONSENT_NEEDED', 'the code changed since it was shown', 'what was allowed is a content, and this one is another', ['Look again: what would run now is shown'], { kind: 'permission', retry: 'after' })) }, press: ['allow-once'] }),
  'service-asks-aws': hello(absent, { path: POLLS, calls: { project: () => Promise.reject(problem('CLOUD_NOT_ASKED', 'the configuration asks AWS for 3 values', 'the parameter /polls/prod/allowed-origins in eu-central-1 by the profile acme-prod; the output VpcId of the stack network-prod in eu-central-1 by the profile acme-prod; the secret polls/prod/mail in eu-central-1 by the profile acme-prod', ['Let AWS be asked, or give the variables other values with `--param`'], { kind: 'precondition', retry: 'after' })) } }),
  'service-asks-aws-not-answered': hello(absent, { press: ['ask-aws'], calls: { askCloud: () => Promise.reject(problem('CLOUD_NOT_ASKED', 'the configuration asks AWS for values, and the sandbox does not run', null, ['Start it: pilothouse sandbox up'], { kind: 'precondition', retry: 'after' })), project: () => Promise.reject(problem('CLOUD_NOT_ASKED', 'the configuration asks AWS for 1 value', 'the parameter /hello/url in us-east-1', [], { kind: 'precondition', retry: 'after' })) } }),
  'service-aws-denied': prod('', { calls: { project: () => Promise.reject({ ...broken, title: '1 problem must be solved first', findings: [{ code: 'DENIED', isError: true, message: '`${ssm:/polls/prod/allowed-origins}` has no answer: ssm:GetParameter is not allowed', path: 'provider.environment.ORIGINS', reason: 'ssm:GetParameter is not allowed', hint: 'Ask whoever manages the account for the permission `ssm:GetParameter`', place: { file: 'serverless.yml', line: 9, column: 14, text: '    ORIGINS: ${ssm:/polls/prod/allowed-origins}', length: 35 } }] }) } }),
  'service-asked-aws': prod('', { project: { ...polls, asked } }),
  'service-not-planned': hello(live, { press: ['plan-button'], calls: { plan: () => Promise.reject(problem('STACK_BUSY', 'another change of hello-world-dev is under way', null, ['Wait until it ended, then plan again'])) } }),
  'service-findings': hello(live, { project: { ...sampleProject, findings: broken.findings.slice(2) } }),
  'service-no-functions': hello(absent, { project: { ...sampleProject, functions: [], resources: [], outputs: [], drawing: { nodes: [], edges: [] } } }),
  'service-long-names': prod('', { project: longNamed }),
  'service-long-drawer': prod(`&open=${longNamed.functions[0]?.key ?? ''}`, { project: longNamed }),
  'service-long-drawing': prod('&tab=drawing', { project: longNamed }),
  'service-huge': prod('', { project: huge }),
  'service-huge-resources': prod('&tab=resources', { project: huge }),
  'service-huge-drawing': prod('&tab=drawing', { project: huge }),
  'service-remove': hello(live, { ...tasksOf(removal(doomed)), calls: { planRemoval: () => Promise.resolve(looking) } }, '&open=:remove'),
  'service-remove-files': hello(live, { ...tasksOf(removal(doomed, ['214 files in site-bucket/', `3 files in ${'a-very-long-name-of-a-bucket-'.repeat(2)}docs/v1/`])), calls: { planRemoval: () => Promise.resolve(looking) } }, '&open=:remove'),
  'service-remove-looking': hello(live, { calls: { planRemoval: forever } }, '&open=:remove'),
  'service-remove-denied': hello(live, { calls: { planRemoval: () => Promise.reject(denied) } }, '&open=:remove'),
};

/** Answers once, and fails from then on: what is known stays in sight. */
function once(answer: Deployed, then: Problem): () => Promise<Deployed> {
  let asked = 0;
  return () => {
    asked += 1;
    return asked === 1 ? Promise.resolve({ ...answer, seenAt: ago(14) }) : Promise.reject(then);
  };
}
