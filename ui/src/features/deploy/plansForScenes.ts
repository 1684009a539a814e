// Plans that scenes show.
import type { PlanRow, PlanView } from '@/bridge';
import { plan, PROD_IDENTITY, typed } from './samples';

const now = () => new Date(Date.now() - 25_000).toISOString();
const property = (path: string, before: string | null, after: string | null) => ({ path, before, after });
const FUNCTION = 'AWS::Lambda::Function';
const HASH_A = '9f2c81d4b7a35e60c1f84d92e7b60a135c8f24d1e9a7b3c650f18d42e9c741a0';
const HASH_B = 'b70ad3f19c52e84607fb13ad58c94e20d71f6a83b5c9e024f76a18d3c25be9d3';

const helloArchive = { name: 'hello-world.zip', sha256: HASH_B, bytes: 1184, files: 2, functions: ['hello'] };

export const readyPlan: PlanView = plan(
  [
    typed('OldRule', 'nightly-export', 'AWS::Events::Rule', 'remove', null, { physicalId: 'hello-world-dev-nightly-export' }),
    typed('HelloLambdaFunction', 'hello', FUNCTION, 'modify', 9, {
      physicalId: 'hello-world-dev-hello',
      properties: [property('MemorySize', '128', '512'), property('Timeout', '6', '10'), property('Code.S3Key', `serverless/hello/${HASH_A}`, `serverless/hello/${HASH_B}`), property('Environment.Variables.TABLE', 'notes', null)],
    }),
    typed('IamRoleLambdaExecution', 'role of the functions', 'AWS::IAM::Role', 'modify', 4, { properties: [property('Policies.0.PolicyDocument.Statement.1.Resource', '*', 'arn:aws:ssm:us-east-1:000000000000:parameter/hello')] }),
    typed('ApiGatewayMethodHelloPost', 'POST /hello', 'AWS::ApiGateway::Method', 'add', 15, { properties: [property('HttpMethod', null, 'POST'), property('AuthorizationType', null, 'NONE')] }),
  ],
  {
    id: 'plan-1', plannedAt: now(), usualMillis: 14_000, archives: [helloArchive],
    leftOut: [{ path: '.env', why: 'It could hold secrets', allowedBy: '!.env' }],
    notSimulated: [{ logicalId: 'ApiWaf', resourceType: 'AWS::WAFv2::WebACL', typeWords: 'WAFv2 web ACL', becauseOf: null }],
  },
);

const companions = (owner: string, change: PlanRow['change']): PlanRow[] => [
  typed(`${owner}LogGroup`, `log of ${owner}`, 'AWS::Logs::LogGroup', change, 9),
  typed(`${owner}LambdaVersion`, `version of ${owner}`, 'AWS::Lambda::Version', change, 9),
  typed(`${owner}LambdaPermissionApiGateway`, `permission of ${owner}`, 'AWS::Lambda::Permission', change, 9),
];

export const firstPlan: PlanView = plan(
  [
    typed('ServerlessDeploymentBucket', 'bucket for the code', 'AWS::S3::Bucket', 'add', null),
    typed('ServerlessDeploymentBucketPolicy', 'policy of the bucket for the code', 'AWS::S3::BucketPolicy', 'add', null),
    typed('ApiGatewayDeployment8f31c2', 'deployment of the REST API', 'AWS::ApiGateway::Deployment', 'add', null),
    typed('ApiGatewayResourceHello', '/hello', 'AWS::ApiGateway::Resource', 'add', 13),
    typed('ApiGatewayMethodHelloGet', 'GET /hello', 'AWS::ApiGateway::Method', 'add', 13),
    typed('HelloLambdaFunction', 'hello', FUNCTION, 'add', 9, { properties: [property('Runtime', null, 'python3.13'), property('MemorySize', null, '1024')] }),
    typed('ApiGatewayRestApi', 'REST API', 'AWS::ApiGateway::RestApi', 'add', null, { properties: [property('Name', null, 'dev-hello-world')] }),
    typed('IamRoleLambdaExecution', 'role of the functions', 'AWS::IAM::Role', 'add', null),
    ...companions('hello', 'add'),
  ],
  { id: 'plan-1', course: 'create', plannedAt: now(), archives: [helloArchive] },
);

const code = (name: string): PlanRow => typed(`${name}LambdaFunction`, name, FUNCTION, 'code', 30, { physicalId: `polls-api-prod-${name}`, properties: [property('Code', HASH_A, HASH_B)] });

export const prodPlan: PlanView = plan(
  [
    typed('VotesTable', 'VotesTable', 'AWS::DynamoDB::Table', 'replace', 58, { holdsData: true, physicalId: 'polls-api-prod-VotesTable-1J4QX', properties: [property('KeySchema.0.AttributeName', 'id', 'pollId')] }),
    typed('LegacyExportLambdaFunction', 'legacyExport', FUNCTION, 'remove', null, { physicalId: 'polls-api-prod-legacyExport' }),
    typed('NightlyExport', 'nightly-export', 'AWS::Events::Rule', 'remove', null),
    typed('VoteLambdaFunction', 'vote', FUNCTION, 'modify', 22, { properties: [property('MemorySize', '128', '512'), property('Timeout', '6', '10'), property('Code.S3Key', HASH_A, HASH_B), property('Environment.Variables.VOTES_TABLE', 'polls-api-prod-VotesTable-1J4QX', null)] }),
    typed('LambdaRole', 'lambdaRole', 'AWS::IAM::Role', 'modify', 12, { properties: [property('Policies.0.PolicyDocument.Statement.0.Resource', '*', 'arn:aws:ssm:eu-central-1:481516234201:parameter/polls/prod/db')] }),
    typed('Deployment', 'Stage prod', 'AWS::ApiGateway::Deployment', 'modify', null, { conditional: true, properties: [property('StageName', 'prod', 'prod')] }),
    code('createPoll'), code('listPolls'), code('closePoll'),
    typed('GetResultsLambdaFunction', 'getResults', FUNCTION, 'add', 31, { properties: [property('Runtime', null, 'python3.13'), property('MemorySize', null, '256')] }),
    typed('MethodResults', 'GET /polls/{id}/results', 'AWS::ApiGateway::Method', 'add', 34),
    typed('VoteErrors', 'vote-errors', 'AWS::CloudWatch::Alarm', 'add', 71),
    typed('GetResultsLogGroup', 'log of getResults', 'AWS::Logs::LogGroup', 'add', 31),
    typed('GetResultsPermission', 'permission of getResults', 'AWS::Lambda::Permission', 'add', 31),
  ],
  {
    id: 'plan-42', project: 'polls', service: 'polls-api', stage: 'prod', production: true, stack: 'polls-api-prod',
    target: { kind: 'account', profile: 'acme-prod' }, identity: PROD_IDENTITY, plannedAt: now(), usualMillis: 130_000,
    archives: [{ name: 'polls-api.zip', sha256: HASH_B, bytes: 4_118_022, files: 212, functions: ['vote', 'createPoll', 'listPolls', 'closePoll', 'getResults'] }],
    command: 'pilothouse deploy --dir ~/code/polls --stage prod --profile acme-prod',
  },
);

const LONG = 'CustomerNotificationPreferencesSynchronisationReconciliationWorkerForTheEuropeanRegion';

export const longPlan: PlanView = plan(
  [
    typed(`${LONG}Table`, `${LONG}Table`, 'AWS::DynamoDB::Table', 'replace', 1204, { holdsData: true, properties: [property('KeySchema.0.AttributeName.WithAPathThatGoesOnAndOnAndOn', 'a'.repeat(120), 'b'.repeat(220))] }),
    typed(`${LONG}LambdaFunction`, LONG, FUNCTION, 'modify', 980, { stack: 'NestedStack1', properties: [property('Environment.Variables.A_VERY_LONG_NAME_OF_A_VARIABLE', 'https://example.com/'.repeat(12), 'https://example.org/'.repeat(12))] }),
    typed('M', `GET /v1/organisations/{organisationId}/departments/{departmentId}/members/{memberId}/preferences/{preferenceId}`, 'AWS::ApiGateway::Method', 'add', 40),
  ],
  {
    id: 'plan-1', service: 'customer-notification-preferences-synchronisation-service', stage: 'feature-branch-with-a-long-name', stack: 'customer-notification-preferences-synchronisation-service-feature-branch-with-a-long-name',
    sizes: [{ name: 'customer-notification-preferences-synchronisation-service-feature-branch-with-a-long-name', resources: 462, most: 500 }, { name: 'NestedStack1', resources: 395, most: 500 }, { name: `${LONG}NestedStack`, resources: 12, most: 500 }],
    plannedAt: now(), archives: [{ name: `${LONG}-archive-of-everything.zip`, sha256: HASH_A, bytes: 62_000_000, files: 8412, functions: [LONG] }],
    leftOut: [{ path: `config/secrets/${LONG}/production.pem`, why: 'Its name says that it holds a private key', allowedBy: null }],
    identity: { ...PROD_IDENTITY, principalWords: 'DeployerOfTheEuropeanPlatformTeam, anastasia.konstantinopoulou@a-very-long-company-name.example' },
  },
);

const KINDS: PlanRow['change'][] = ['remove', 'modify', 'code', 'add'];

export const manyPlan: PlanView = plan(
  Array.from({ length: 480 }, (_, index) => {
    const change = KINDS[Math.floor(index / 120)] ?? 'add';
    const name = `worker${String(index).padStart(3, '0')}`;
    return typed(`${name}LambdaFunction`, name, FUNCTION, change, change === 'remove' ? null : 10 + index, {
      properties: change === 'modify' ? [property('MemorySize', '128', '256')] : change === 'code' ? [property('Code', HASH_A, HASH_B)] : [],
    });
  }),
  { id: 'plan-1', plannedAt: now(), usualMillis: 540_000, archives: [helloArchive] },
);

const digest = (start: string) => `polls/poster@sha256:${start}${'0f18d42e9c741a0b'.repeat(4).slice(start.length)}`;
const policy = (effect: string) => `{"Statement":[{"Effect":"${effect}","Action":["Update:Replace","Update:Delete"],"Principal":"*","Resource":"LogicalResourceId/VotesTable"}]}`;

/** What no archive and no template says: an image under the same tag, and what the stack has beside its template. */
export const besidePlan: PlanView = plan(
  [
    typed('RenderPosterLambdaFunction', 'renderPoster', FUNCTION, 'modify', 63, { physicalId: 'hello-world-dev-renderPoster', properties: [property('Code.ImageUri', digest('6bb600b4'), digest('9af21c07'))] }),
    typed('RenderPosterLambdaVersion9f2', 'RenderPosterLambdaVersion9f2', 'AWS::Lambda::Version', 'add', 63),
    typed('hello-world-dev', 'hello-world-dev', 'AWS::CloudFormation::Stack', 'modify', 2, {
      typeWords: 'Settings of the stack', physicalId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/hello-world-dev/388ec319-cd65-49a7-97da-2054dcf772c4',
      properties: [property('Parameters.Size', 'big', 'huge'), property('Parameters.DbPassword', null, null), property('NotificationARNs', 'none', 'arn:aws:sns:us-east-1:000000000000:a-topic-with-a-name-of-some-length-that-hears-of-every-change-of-it'), property('StackPolicy', policy('Allow'), policy('Deny'))],
    }),
  ],
  { id: 'plan-1', plannedAt: now(), usualMillis: 14_000, rollbackOff: true },
);
