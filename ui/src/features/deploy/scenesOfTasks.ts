// The task page in each of its states.
import type { Problem, ProjectView, Release, Step, TaskBatch, TaskView } from '@/bridge';
import type { Scene } from '@/bridge/memory';
import { DEV, onProduction, PROD, withProjects } from './around';
import { firstPlan, longPlan, manyPlan, prodPlan, readyPlan } from './plansForScenes';
import { over, resource, sinceNow, stackIs, stage, task } from './samples';

type Steps = [number, Step][];
const FUNCTION = 'AWS::Lambda::Function';
const TABLE = 'AWS::DynamoDB::Table';
const CANCEL = 'AWS stops the change and puts back what stood before. Nothing half-made stays.';

function scene(view: TaskView, secondsAgo: number, steps: Steps, search = DEV): Scene {
  const { began, events } = sinceNow(secondsAgo, steps);
  const last = events.at(-1);
  const ended = last?.step.kind === 'ended' ? last.at : null;
  const made = { path: `/task/${view.id}${search}`, tasks: [{ view: { ...view, began, ended, last: events.length }, events }] };
  return search === PROD ? onProduction(made) : made;
}

const deploying = task('deploy', { plan: readyPlan, cancel: CANCEL, now: 'Checking that the plan still fits' });
const usual: Record<string, number> = { VoteLambdaFunction: 9000, LambdaRole: 15_000, VotesTable: 30_000, GetResultsLambdaFunction: 8000, MethodResults: 5000, VoteErrors: 4000, Deployment: 10_000, LegacyExportLambdaFunction: 6000, NightlyExport: 9000 };
const prodRows = prodPlan.rows.map((row) => ({ ...row, usualMillis: usual[row.logicalId] ?? 5000 }));
const prodDeploy = task('deploy', { id: 'deploy-42', project: 'polls', plan: { ...prodPlan, rows: prodRows }, target: prodPlan.target, title: 'Deploy 14 changes to polls-api in prod', cancel: CANCEL });

const begun: Steps = [
  [0, stage('looking', 'Looking how things stand')],
  [4, stage('uploading', 'Uploading 1 file')],
  [7, { kind: 'uploaded', name: 'polls-api.zip', copied: false }],
  [8, stage('updating', 'Changing the stack')],
  [9, stackIs('polls-api-prod', 'working', 'UPDATE_IN_PROGRESS')],
  [10, resource('LambdaRole', 'AWS::IAM::Role', 'working', 'UPDATE_IN_PROGRESS')],
  [11, resource('VotesTable', TABLE, 'working', 'UPDATE_IN_PROGRESS')],
  [26, resource('LambdaRole', 'AWS::IAM::Role', 'done', 'UPDATE_COMPLETE')],
  [28, resource('GetResultsLambdaFunction', FUNCTION, 'working', 'CREATE_IN_PROGRESS')],
  [37, resource('GetResultsLambdaFunction', FUNCTION, 'done', 'CREATE_COMPLETE')],
  [42, resource('VotesTable', TABLE, 'done', 'UPDATE_COMPLETE')],
  ...['createPoll', 'listPolls', 'closePoll'].flatMap((name, index): Steps => [
    [44 + index, resource(`${name}LambdaFunction`, FUNCTION, 'working', 'UPDATE_IN_PROGRESS')],
    [56 + index * 3, resource(`${name}LambdaFunction`, FUNCTION, 'done', 'UPDATE_COMPLETE')],
  ]),
  [68, resource('VoteLambdaFunction', FUNCTION, 'working', 'UPDATE_IN_PROGRESS')],
];
const inOrder = (steps: Steps): Steps => steps.toSorted((a, b) => a[0] - b[0]);

const DENY = 'User: arn:aws:sts::481516234201:assumed-role/Deployer/ana is not authorized to perform: cloudwatch:PutMetricAlarm with an explicit deny in a service control policy';
function problem(secondsAgo: number, at: number, more: Partial<Problem> = {}): Problem {
  return {
    code: 'DEPLOY_FAILED', kind: 'remote', title: 'the change of polls-api-prod failed', detail: null, hints: ['Ask whoever owns the organisation for cloudwatch:PutMetricAlarm', 'Or take the alarm out of the file and plan again'], retry: 'after', findings: [],
    failure: {
      stack: 'polls-api-prod', status: 'UPDATE_ROLLBACK_COMPLETE', rolledBack: true, also: [], remains: [],
      first: { logicalId: 'VoteErrors', resourceType: 'AWS::CloudWatch::Alarm', typeWords: 'CloudWatch alarm', status: 'CREATE_FAILED', reason: DENY, at: new Date(Date.now() - secondsAgo * 1000 + at * 1000).toISOString(), origin: { file: 'serverless.yml', line: 71, path: 'resources.Resources.VoteErrors' } },
    },
    ...more,
  };
}

const goesWrong: Steps = [
  ...begun,
  [76, resource('VoteLambdaFunction', FUNCTION, 'done', 'UPDATE_COMPLETE')],
  [77, resource('VoteErrors', 'AWS::CloudWatch::Alarm', 'working', 'CREATE_IN_PROGRESS')],
  [78, resource('MethodResults', 'AWS::ApiGateway::Method', 'working', 'CREATE_IN_PROGRESS')],
  [79, resource('VoteErrors', 'AWS::CloudWatch::Alarm', 'failed', 'CREATE_FAILED', DENY)],
  [80, resource('MethodResults', 'AWS::ApiGateway::Method', 'cancelled', 'CREATE_FAILED', 'Resource creation cancelled')],
  [82, stackIs('polls-api-prod', 'rollingBack', 'UPDATE_ROLLBACK_IN_PROGRESS')],
  [84, resource('LambdaRole', 'AWS::IAM::Role', 'working', 'UPDATE_IN_PROGRESS')],
  [99, resource('LambdaRole', 'AWS::IAM::Role', 'done', 'UPDATE_COMPLETE')],
  [84, resource('VoteLambdaFunction', FUNCTION, 'working', 'UPDATE_IN_PROGRESS')],
  [100, resource('VoteLambdaFunction', FUNCTION, 'done', 'UPDATE_COMPLETE')],
  ...['createPoll', 'listPolls', 'closePoll'].flatMap((name): Steps => [[85, resource(`${name}LambdaFunction`, FUNCTION, 'working', 'UPDATE_IN_PROGRESS')], [98, resource(`${name}LambdaFunction`, FUNCTION, 'done', 'UPDATE_COMPLETE')]]),
  [102, resource('GetResultsLambdaFunction', FUNCTION, 'working', 'DELETE_IN_PROGRESS')],
  [110, resource('GetResultsLambdaFunction', FUNCTION, 'deleted', 'DELETE_COMPLETE')],
  [112, resource('VotesTable', TABLE, 'working', 'DELETE_IN_PROGRESS')],
  [156, resource('VotesTable', TABLE, 'deleted', 'DELETE_COMPLETE')],
  [158, stackIs('polls-api-prod', 'rolledBack', 'UPDATE_ROLLBACK_COMPLETE')],
];

const url = (path: string) => `https://k3j9x2m1q4.execute-api.eu-central-1.amazonaws.com/prod${path}`;
const release: Release = {
  project: 'polls', stack: 'polls-api-prod', stage: 'prod', region: 'eu-central-1', changed: true,
  endpoints: [
    { id: '0', function: 'listPolls', method: 'GET', url: url('/polls'), path: '/polls', signed: false },
    { id: '1', function: 'vote', method: 'POST', url: url('/polls/{id}/vote'), path: '/polls/{id}/vote', signed: true },
  ],
  functions: [{ name: 'vote', value: 'polls-api-prod-vote' }], outputs: [{ name: 'ServiceEndpoint', value: url('') }],
};
const wellDone: Steps = inOrder([...begun, [76, resource('VoteLambdaFunction', FUNCTION, 'done', 'UPDATE_COMPLETE')], [124, over({ kind: 'done', result: { kind: 'release', release } })]]);

const helloRelease: Release = { ...release, project: 'hello', stack: 'using-kms-dev', stage: 'dev', region: 'us-east-1', functions: [{ name: 'getSecret', value: 'using-kms-dev-getSecret' }], endpoints: [{ id: '0', function: 'getSecret', method: 'POST', url: 'http://127.0.0.1:4566/restapis/a1b2c3d4/dev/_user_request_/get-secret', path: '/get-secret', signed: true }], outputs: [] };
const kms = { id: 'hello', service: 'using-kms', stage: 'dev', stages: ['dev'], production: false, resources: [], outputs: [], asked: [], findings: [], folder: '~/using-kms', config: 'serverless.yml', target: { kind: 'sandbox' }, region: 'us-east-1', stack: 'using-kms-dev', drawing: { nodes: [], edges: [] }, functions: [{ key: 'getSecret', name: 'using-kms-dev-getSecret', description: null, handler: 'handler.get_secret', runtime: 'python3.13', image: null, bundle: null, memory: 1024, timeout: 6, environment: ['SECRET_NAME'], events: [], permissions: [{ name: 'ssm:GetParameter', value: 'arn:aws:ssm:us-east-1:000000000000:parameter/top-secret-1' }], origin: null }] } satisfies ProjectView;

const removing = task('remove', { title: 'Remove hello-world-dev', cancel: 'What is deleted stays deleted. The rest stays, and can be removed later.' });
const goes: Steps = [
  [0, stage('emptying', 'Emptying the bucket')], [2, stage('deleting', 'Deleting the stack')],
  [3, resource('ApiGatewayDeployment', 'AWS::ApiGateway::Deployment', 'working', 'DELETE_IN_PROGRESS')], [5, resource('ApiGatewayDeployment', 'AWS::ApiGateway::Deployment', 'deleted', 'DELETE_COMPLETE')],
  [5, resource('HelloLambdaFunction', FUNCTION, 'working', 'DELETE_IN_PROGRESS')],
];
const manySteps: Steps = manyPlan.rows.flatMap((row, index): Steps => (index > 300 ? [] : [[index / 10, resource(row.logicalId, FUNCTION, 'working', 'UPDATE_IN_PROGRESS')], ...(index > 280 ? [] : [[index / 10 + 2, resource(row.logicalId, FUNCTION, 'done', 'UPDATE_COMPLETE')] as [number, Step]])]));

/** Told from outside, so that a measurement can stream as it likes. */
const streamed: NonNullable<Scene['calls']> = {
  watchTask: (_id, _from, tell) => {
    const hear = (event: Event) => tell((event as CustomEvent<TaskBatch>).detail);
    window.addEventListener('pilothouse:told', hear);
    return () => window.removeEventListener('pilothouse:told', hear);
  },
};

export const taskScenes: Record<string, Scene> = withProjects({
  'task-stream': { ...scene({ ...deploying, id: 'stream', plan: manyPlan }, 0, []), calls: streamed },
  'task-waiting': scene(deploying, 1, []),
  'task-running': scene(prodDeploy, 72, inOrder(begun), PROD),
  'task-first': scene({ ...deploying, plan: firstPlan, cancel: CANCEL }, 6, [[0, stage('creating', 'Creating the stack and its bucket')], [2, stage('updating', 'Changing the stack')], [3, resource('IamRoleLambdaExecution', 'AWS::IAM::Role', 'working', 'CREATE_IN_PROGRESS')]]),
  'task-cancelling': scene({ ...prodDeploy, state: 'cancelling' }, 76, [...inOrder(begun), [70, { kind: 'cancelRequested', words: 'AWS puts back what stood before.' }], [71, stackIs('polls-api-prod', 'rollingBack', 'UPDATE_ROLLBACK_IN_PROGRESS')]], PROD),
  'task-failed': scene({ ...prodDeploy, state: 'failed' }, 170, [...inOrder(goesWrong), [161, over({ kind: 'failed', problem: problem(170, 79) })]], PROD),
  'task-stuck': scene({ ...prodDeploy, state: 'failed' }, 170, [...inOrder(goesWrong), [161, over({ kind: 'failed', problem: { ...problem(170, 79), failure: { stack: 'polls-api-prod', status: 'UPDATE_ROLLBACK_FAILED', rolledBack: false, first: problem(170, 79).failure?.first ?? null, also: problem(170, 80).failure?.first == null ? [] : [{ logicalId: 'LambdaRole', resourceType: 'AWS::IAM::Role', typeWords: 'IAM role', status: 'UPDATE_FAILED', reason: 'Role is attached to something that the stack does not know', at: new Date().toISOString(), origin: null }], remains: ['LambdaRole'] } } })]], PROD),
  'task-cancelled': scene({ ...deploying, state: 'cancelled' }, 20, [[0, stage('updating', 'Changing the stack')], [2, resource('HelloLambdaFunction', FUNCTION, 'working', 'UPDATE_IN_PROGRESS')], [5, { kind: 'cancelRequested', words: CANCEL }], [9, over({ kind: 'cancelled', problem: { ...problem(20, 5), code: 'CANCELLED', title: 'the deploy was stopped', hints: ['What stood before stands again'], failure: null } })]]),
  'task-lost': scene({ ...prodDeploy, state: 'failed' }, 90, [...inOrder(begun), [80, over({ kind: 'failed', problem: { ...problem(90, 79), code: 'CLOUD_SILENT', title: 'AWS does not answer', detail: 'dispatch failure: io error: failed to lookup address information', hints: ['See whether this computer is online'], failure: null } })]], PROD),
  'task-stale': scene({ ...deploying, state: 'failed' }, 5, [[0, stage('looking', 'Looking how things stand')], [1, over({ kind: 'failed', problem: { ...problem(5, 1), code: 'PLAN_STALE', kind: 'precondition', title: 'the stack has moved on since the plan was made', detail: 'it was UPDATE_COMPLETE at 12:01:07 and is now at 12:03:44', hints: ['Nothing was changed. Plan again'], failure: null } })]]),
  'task-done': scene({ ...prodDeploy, state: 'done' }, 134, wellDone, PROD),
  'task-done-secret': { ...scene({ ...deploying, state: 'done', plan: { ...firstPlan, service: 'using-kms', stack: 'using-kms-dev' } }, 20, [[0, stage('updating', 'Changing the stack')], [11, over({ kind: 'done', result: { kind: 'release', release: helloRelease } })]]), project: kms },
  'task-many': scene({ ...deploying, plan: manyPlan }, 32, inOrder(manySteps)),
  'task-long-names': scene({ ...deploying, plan: longPlan, title: longPlan.service }, 12, longPlan.rows.slice(0, 2).map((row, index): [number, Step] => [index + 1, resource(row.logicalId, FUNCTION, 'working', 'UPDATE_IN_PROGRESS')])),
  'task-code': scene({ ...deploying, plan: { ...prodPlan, course: 'code', rows: prodPlan.rows.filter((row) => row.change === 'code') } }, 6, [[0, stage('uploading', 'Uploading 3 files')], [2, stage('coding', 'Giving functions their code')], [4, { kind: 'codeUpdated', function: 'polls-api-prod-createPoll' }]]),
  'task-removing': scene(removing, 7, goes),
  'task-removed': scene({ ...removing, state: 'done' }, 30, [...goes, [9, resource('HelloLambdaFunction', FUNCTION, 'deleted', 'DELETE_COMPLETE')], [12, over({ kind: 'done', result: { kind: 'removed', stack: 'hello-world-dev', objects: 14, kept: ['AuditTable'] } })]]),
  'task-sandbox-installing': scene(task('sandboxUp', { title: 'Start the sandbox', project: null, target: null }), 14, [[0, { kind: 'sandbox', words: 'Installing 12 packages with Python 3.12', done: 0, of: 12 }], [6, { kind: 'sandbox', words: 'Fetching moto', done: 7, of: 12 }]]),
  'task-sandbox-failed': scene(task('sandboxUp', { title: 'Start the sandbox', project: null, target: null, state: 'failed' }), 14, [[0, { kind: 'sandbox', words: 'Starting the local AWS and PostgreSQL', done: null, of: null }], [6, over({ kind: 'failed', problem: { ...problem(14, 6), code: 'SANDBOX_START', title: 'the sandbox does not stay up', detail: 'address already in use: 127.0.0.1:4566', hints: ['End what listens on port 4566, then start it again'], failure: null } })]]),
  'task-unknown': { path: `/task/task-77${DEV}` },
});
