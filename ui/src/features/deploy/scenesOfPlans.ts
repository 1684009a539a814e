// The plan page in each of its states.
import type { Problem, TaskEvent, TaskView } from '@/bridge';
import type { Scene } from '@/bridge/memory';
import { needsConsent, untilAllowed } from '@/bridge/memory/consent';
import { DEV, onProduction, PROD, withProjects } from './around';
import { plan, PROD_IDENTITY, sinceNow, stage, task, typed, warning, over } from './samples';
import { besidePlan, firstPlan, longPlan, manyPlan, prodPlan, readyPlan } from './plansForScenes';
import type { PlanView } from '@/bridge';


/** A plan task that ended with a plan. */
function planned(shown: PlanView, search = DEV): Scene {
  const view = task('plan', { id: shown.id, title: `Plan ${shown.service} for ${shown.stage}`, state: 'done', ended: shown.plannedAt, project: shown.project, target: shown.target });
  return { path: `/plan/${shown.id}${search}`, tasks: [{ view, events: planEvents(shown) }] };
}

function planEvents(shown: PlanView): TaskEvent[] {
  return sinceNow(30, [
    [0, stage('packaging', 'Reading and packing the project')],
    [1, stage('looking', 'Looking how things stand')],
    [2, stage('planning', 'CloudFormation works out what changes')],
    [5, over({ kind: 'done', result: { kind: 'plan', plan: shown } })],
  ]).events;
}

function working(seconds: number, steps: Parameters<typeof sinceNow>[1]): Scene {
  const { began, events } = sinceNow(seconds, steps);
  const view: TaskView = task('plan', { id: 'plan-1', title: 'Plan hello-world for dev', began });
  return { path: `/plan/plan-1${DEV}`, tasks: [{ view, events }] };
}

function failed(problem: Problem): Scene {
  const view = task('plan', { id: 'plan-1', title: 'Plan hello-world for dev', state: 'failed', ended: new Date().toISOString() });
  const { events } = sinceNow(4, [[0, stage('packaging', 'Reading and packing the project')], [1, over({ kind: 'failed', problem })]]);
  return { path: `/plan/plan-1${DEV}`, tasks: [{ view, events }] };
}

const broken: Problem = {
  code: 'CONFIG_BAD_VALUE', kind: 'config', title: 'serverless.yml has 1 error', detail: null, hints: [], retry: 'after', failure: null,
  findings: [{
    code: 'CONFIG_BAD_VALUE', isError: true, message: 'memorySize must be a number from 128 to 10240', path: 'functions.hello.memorySize',
    place: { file: 'serverless.yml', line: 12, column: 17, text: '    memorySize: lots', length: 4 },
    reason: 'Lambda gives functions between 128 and 10,240 MB.', hint: 'Write a number, such as 256.',
  }],
};

const denied: Problem = {
  code: 'DENIED', kind: 'permission', title: 'you may not do this in the account',
  detail: 'User: arn:aws:sts::481516234201:assumed-role/Reader/ana is not authorized to perform: cloudformation:CreateChangeSet on resource: arn:aws:cloudformation:eu-central-1:481516234201:stack/hello-world-dev/*',
  hints: ['Ask for cloudformation:CreateChangeSet on this stack', 'Or choose a profile that may'], retry: 'after', findings: [], failure: null,
};

const busy: Problem = {
  code: 'STACK_BUSY', kind: 'precondition', title: 'another Pilothouse is working on hello-world-dev', detail: 'process 4711, deploying since 14:02',
  hints: ['Wait until it is done, then deploy'], retry: 'after', findings: [], failure: null,
};

const nothing = plan([], { course: 'nothing', plannedAt: new Date().toISOString() });
const executedBy = task('deploy', { id: 'deploy-9', state: 'done', ended: new Date().toISOString(), plan: readyPlan });

export const planScenes: Record<string, Scene> = withProjects({
  'plan-working': working(3, [
    [0, stage('packaging', 'Reading and packing the project')],
    [1.2, stage('looking', 'Looking how things stand')],
    [1.6, stage('planning', 'CloudFormation works out what changes')],
  ]),
  'plan-working-sandbox': working(9, [
    [0, stage('packaging', 'Reading and packing the project')],
    [1, { kind: 'sandbox', words: 'Installing 12 packages with Python 3.12', done: 0, of: 12 }],
    [2, { kind: 'sandbox', words: 'Fetching boto3', done: 7, of: null }],
  ]),
  'plan-ready': planned(readyPlan),
  'plan-first': planned(firstPlan),
  'plan-production': onProduction(planned(prodPlan, PROD)),
  'plan-long-names': planned(longPlan),
  'plan-many': planned(manyPlan),
  'plan-beside': planned(besidePlan),
  'plan-beside-open': { press: ['row-hello-world-dev', 'row-RenderPosterLambdaFunction'], ...planned(besidePlan) },
  'plan-nothing': planned(nothing),
  'plan-gone': { path: `/plan/plan-7${DEV}` },
  'plan-executed': {
    ...planned(readyPlan),
    tasks: [...(planned(readyPlan).tasks ?? []), { view: executedBy, events: [] }],
  },
  'plan-refused': { press: ['deploy-button'], ...planned(readyPlan), calls: { deploy: () => Promise.reject(busy) } },
  'plan-broken': failed(broken),
  'plan-from-package': planned({ ...readyPlan, fromPackage: 'release-2026-11-23' }),
  'plan-without-files': planned({ ...readyPlan, unsynced: 'Files are left as they are in their buckets, this once: site, assets/images' }),
  'plan-consent': { ...failed(needsConsent()), calls: { ...untilAllowed({}), plan: () => Promise.resolve(task('plan', { id: 'plan-2', title: 'Plan hello-world for dev' })) } },
  'plan-denied': failed(denied),
  'plan-files': planned(
    plan(
      [
        typed('site-bucket/ (deleted files)', '3 files in site-bucket/', 'AWS::S3::Object', 'remove', null, { typeWords: 'files of a bucket', physicalId: 'site-bucket', properties: ['app.4f2a.js', 'app.4f2a.css', `images/${'a'.repeat(120)}.webp`].map((path) => ({ path, before: 'in the bucket', after: 'deleted' })) }),
        typed('site-bucket/', '2 files in site-bucket/', 'AWS::S3::Object', 'remove', null, { holdsData: true, typeWords: 'files of a bucket', physicalId: 'site-bucket', properties: ['uploads/ana.jpg', 'uploads/bo.jpg'].map((path) => ({ path, before: 'no deploy put it there', after: 'deleted' })) }),
        typed('site-bucket/ (changed files)', '1 file of dist in site-bucket/', 'AWS::S3::Object', 'modify', null, { typeWords: 'files of a bucket', physicalId: 'site-bucket', properties: [{ path: 'index.html', before: 'as it lies there', after: '3.2 KB' }] }),
        typed('site-bucket/ (new files)', '2 files of dist in site-bucket/', 'AWS::S3::Object', 'add', null, { typeWords: 'files of a bucket', physicalId: 'site-bucket', properties: [{ path: 'app.91bc.js', before: null, after: '210.4 KB' }, { path: 'app.91bc.css', before: null, after: '12.0 KB' }] }),
      ],
      { plannedAt: new Date().toISOString(), summary: 'files of buckets: 2 added, 1 changed, 3 deleted' },
    ),
  ),
  'plan-data-removed': planned(
    plan(
      [
        typed('ReportsBucket', 'ReportsBucket', 'AWS::S3::Bucket', 'remove', null, { holdsData: true, physicalId: 'hello-world-dev-reportsbucket-1x2y3z' }),
        typed('SessionsTable', 'SessionsTable', 'AWS::DynamoDB::Table', 'mayReplace', 31, { holdsData: true, properties: [{ path: 'TableName', before: 'sessions', after: null }] }),
        typed('AuditLog', 'AuditLog', 'AWS::Logs::LogGroup', 'letGo', null, { physicalId: '/hello/audit' }),
      ],
      { plannedAt: new Date().toISOString(), findings: [warning('A timeout above 29 s is not reached through an API', 44, 'Use 29 or less.')], identity: PROD_IDENTITY, target: { kind: 'account', profile: null } },
    ),
  ),
});
