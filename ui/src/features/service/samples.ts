// Services for this feature's scenes and tests: one like those people have, and the same grown out of bounds.
import type { Deployed, Drawing, EventView, FunctionView, Identity, ProjectView, ResourceView, StackResource } from '@/bridge';

export const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const origin = (line: number, path: string) => ({ file: 'serverless.yml', line, path });

export const prodIdentity: Identity = { account: '481516234201', region: 'eu-central-1', principal: 'arn:aws:sts::481516234201:assumed-role/Deployer/ana@acme.io', principalWords: 'Deployer, ana@acme.io', sandbox: false };

function event(fn: string, kind: 'http' | 'httpApi' | 'schedule', words: string, line: number, notes: string[] = []): EventView {
  const kindWords = { http: 'REST API', httpApi: 'HTTP API', schedule: 'Schedule' }[kind];
  return { function: fn, kind, kindWords, words, notes, origin: origin(line, `functions.${fn}.events.0`) };
}

function fn(key: string, line: number, events: EventView[], more: Partial<FunctionView> = {}): FunctionView {
  return {
    key, name: `polls-api-prod-${key}`, description: null, handler: `polls/handlers.${key}`, runtime: 'python3.13', image: null, bundle: null, memory: 256, timeout: 6, environment: ['STAGE', 'VOTES_TABLE'], events,
    permissions: [{ name: 'dynamodb:GetItem', value: 'VotesTable' }, { name: 'dynamodb:PutItem', value: 'VotesTable' }], origin: origin(line, `functions.${key}`), ...more,
  };
}

const functions = [
  fn('vote', 24, [event('vote', 'http', 'POST /polls/{id}/vote', 27)], { description: 'Counts one vote, once per person and poll', memory: 128, environment: ['STAGE', 'VOTES_TABLE', 'VOTE_LIMIT_PER_HOUR', 'SMTP_TOKEN_NAME'], permissions: [{ name: 'dynamodb:PutItem', value: 'VotesTable' }, { name: 'ssm:GetParameter', value: 'arn:aws:ssm:eu-central-1:481516234201:parameter/polls/prod/db/password' }, { name: 'kms:Decrypt', value: 'PollsKey' }] }),
  fn('listPolls', 33, [event('listPolls', 'http', 'GET /polls', 36)]),
  fn('createPoll', 39, [event('createPoll', 'http', 'POST /polls', 42, ['signed requests only'])]),
  fn('closePoll', 45, [event('closePoll', 'http', 'POST /polls/{id}/close', 48, ['API key'])]),
  fn('notify', 51, [], { runtime: 'nodejs22.x', bundle: { by: 'esbuild', external: ['sharp', '@aws-sdk/*'] }, memory: 128, handler: 'notify/index.handler' }),
  fn('renderPoster', 63, [], { runtime: 'image', image: 'polls/poster@sha256:6bb600b4d6e1d7cf521097177dd0c4e9ea373edb91984a505333be8ac9455d38', memory: 2048, handler: 'poster.render' }),
  fn('legacyExport', 57, [event('legacyExport', 'schedule', 'cron(0 2 * * ? *)', 60, ['disabled'])], { memory: 512, timeout: 300, permissions: [] }),
];

const cap = (key: string) => key.charAt(0).toUpperCase() + key.slice(1);
const resources: ResourceView[] = [
  { logicalId: 'ServerlessDeploymentBucket', resourceType: 'AWS::S3::Bucket', typeWords: 'S3 bucket', origin: null },
  { logicalId: 'IamRoleLambdaExecution', resourceType: 'AWS::IAM::Role', typeWords: 'IAM role', origin: null },
  { logicalId: 'VotesTable', resourceType: 'AWS::DynamoDB::Table', typeWords: 'DynamoDB table', origin: origin(66, 'resources.Resources.VotesTable') },
  { logicalId: 'PollsKey', resourceType: 'AWS::KMS::Key', typeWords: 'KMS key', origin: origin(78, 'resources.Resources.PollsKey') },
  { logicalId: 'ApiGatewayRestApi', resourceType: 'AWS::ApiGateway::RestApi', typeWords: 'REST API', origin: null },
  ...functions.flatMap((one): ResourceView[] => [
    { logicalId: `${cap(one.key)}LogGroup`, resourceType: 'AWS::Logs::LogGroup', typeWords: 'Log group', origin: one.origin },
    { logicalId: `${cap(one.key)}LambdaFunction`, resourceType: 'AWS::Lambda::Function', typeWords: 'Lambda function', origin: one.origin },
  ]),
];

const drawing: Drawing = {
  nodes: [
    { id: 'internet', kind: 'internet', label: 'Internet', note: 'anyone who knows the address' },
    { id: 'restApi', kind: 'api', label: 'prod-polls-api', note: 'REST API' },
    { id: 'clock', kind: 'schedule', label: 'cron(0 2 * * ? *)', note: 'disabled' },
    ...functions.map((one) => ({ id: `function:${one.key}`, kind: 'function' as const, label: one.key, note: one.runtime })),
    { id: 'key', kind: 'key', label: 'PollsKey', note: 'KMS key' },
    { id: 'secret', kind: 'secret', label: '/polls/prod/db/password', note: 'Parameter Store' },
    { id: 'table', kind: 'table', label: 'VotesTable', note: 'DynamoDB table' },
  ],
  edges: [
    { from: 'internet', to: 'restApi', label: 'HTTPS' },
    ...functions.flatMap((one) => one.events.filter((each) => each.kind !== 'schedule').map((each) => ({ from: 'restApi', to: `function:${one.key}`, label: each.words }))),
    { from: 'clock', to: 'function:legacyExport', label: 'starts' },
    { from: 'function:vote', to: 'secret', label: 'ssm:GetParameter' },
    { from: 'function:vote', to: 'key', label: 'kms:Decrypt' },
    ...['vote', 'listPolls', 'createPoll', 'closePoll', 'notify'].map((key) => ({ from: `function:${key}`, to: 'table', label: 'dynamodb:GetItem, dynamodb:PutItem' })),
  ],
};

/** An API with a table, a key and a schedule, in production. */
export const polls: ProjectView = {
  id: 'polls', service: 'polls-api', folder: '~/code/acme/polls', config: 'serverless.yml', stage: 'prod', stages: ['dev', 'staging', 'prod'], production: true,
  asked: [], target: { kind: 'account', profile: 'acme-prod' }, region: 'eu-central-1', stack: 'polls-api-prod', functions, resources, outputs: [{ name: 'ServiceEndpoint', value: 'URL of the service endpoint' }, { name: 'VotesTableArn', value: 'the ARN of VotesTable' }], drawing, findings: [],
};

function stands(one: ResourceView): StackResource {
  return { logicalId: one.logicalId, physicalId: `${polls.stack}-${one.logicalId}-1J4QX8K2M7VWT`, resourceType: one.resourceType, typeWords: one.typeWords, status: 'CREATE_COMPLETE' };
}

const ADDRESS = 'https://k3v9d1x7qe.execute-api.eu-central-1.amazonaws.com/prod';

export const pollsDeployed: Deployed = {
  standing: 'live', status: 'UPDATE_COMPLETE', statusReason: null, target: polls.target, identity: prodIdentity,
  endpoints: functions.flatMap((one) => one.events.filter((each) => each.kind === 'http').map((each) => ({ id: one.key, function: one.key, method: each.words.split(' ')[0] ?? 'GET', path: each.words.split(' ')[1] ?? '/', url: `${ADDRESS}${each.words.split(' ')[1] ?? ''}`, signed: each.notes.includes('signed requests only') }))),
  outputs: [{ name: 'ServiceEndpoint', value: ADDRESS }, { name: 'VotesTableArn', value: 'arn:aws:dynamodb:eu-central-1:481516234201:table/polls-api-prod-VotesTable-1J4QX8K2M7VWT' }, { name: 'ServerlessDeploymentBucketName', value: 'polls-api-prod-serverlessdeploymentbucket-1j4qx8k2m7vwt' }],
  resources: [...resources.map(stands), { logicalId: 'OldReportsBucket', physicalId: 'polls-api-prod-oldreportsbucket-9c2', resourceType: 'AWS::S3::Bucket', typeWords: 'S3 bucket', status: 'CREATE_COMPLETE' }],
  last: { verb: 'deploy', outcome: 'done', at: ago(26), targetWords: 'account 481516234201', stack: 'polls-api-prod' }, seenAt: ago(0.1),
};

const LONG = 'aggregateInvoicesOfEveryCustomerOfTheNorthernRegionIntoOneSpreadsheetForTheAuditors';

/** Names as long as AWS and people make them. */
export const longNamed: ProjectView = {
  ...polls, service: 'invoice-worker-for-the-northern-region-of-the-acme-corporation-and-its-daughters', stack: 'invoice-worker-for-the-northern-region-of-the-acme-corporation-and-its-daughters-prod', folder: '/media/backup/projects/2026/invoice-worker-for-the-northern-region',
  functions: [fn(LONG, 12, [event(LONG, 'http', `GET /customers/{customerIdentifier}/invoices/{invoiceIdentifier}/attachments/{attachmentIdentifier}`, 15)], { description: 'Reads every invoice, adds them up and writes one spreadsheet, which the auditors fetch with a link that ends after a day', permissions: [{ name: 's3:GetObjectVersionForReplicationAndAttributes', value: `arn:aws:s3:::${LONG.toLowerCase()}-1j4qx8k2m7vwt/*` }], environment: ['A_VARIABLE_WITH_A_NAME_THAT_IS_LONGER_THAN_THE_DRAWER_IS_WIDE_AND_MUST_BREAK'] }), ...functions],
  resources: [{ logicalId: `${LONG}LambdaFunction`, resourceType: 'AWS::Lambda::Function', typeWords: 'Lambda function', origin: origin(12, `functions.${LONG}`) }, ...resources],
  drawing: { nodes: drawing.nodes.map((node) => (node.id === 'function:vote' ? { ...node, label: LONG } : node)), edges: drawing.edges },
};

/** Hundreds of functions. */
export const huge: ProjectView = (() => {
  const many = Array.from({ length: 400 }, (_, index) => fn(`handler${index}`, 10 + index * 4, [event(`handler${index}`, 'http', `GET /things/${index}`, 12 + index * 4)]));
  return {
    ...polls, functions: many,
    resources: many.flatMap((one): ResourceView[] => [{ logicalId: `${cap(one.key)}LambdaFunction`, resourceType: 'AWS::Lambda::Function', typeWords: 'Lambda function', origin: one.origin }, { logicalId: `${cap(one.key)}LogGroup`, resourceType: 'AWS::Logs::LogGroup', typeWords: 'Log group', origin: one.origin }]),
    drawing: {
      nodes: [...drawing.nodes.slice(0, 2), ...many.slice(0, 60).map((one) => ({ id: one.key, kind: 'function' as const, label: one.key, note: one.runtime }))],
      edges: [drawing.edges[0] ?? { from: 'internet', to: 'restApi', label: 'HTTPS' }, ...many.slice(0, 60).map((one) => ({ from: 'restApi', to: one.key, label: one.events[0]?.words ?? '' }))],
    },
  };
})();
