// Parts of a configuration as the engine describes them, for scenes and tests.
import type { Control, DiffLine, Field, Finding, Form, Outline, Proposal } from '@/bridge';

const field = (name: string, doc: string, control: Control, more: Partial<Field> = {}): Field => ({ name, doc, required: false, inherited: null, suggestions: [], control, ...more });
const text: Control = { kind: 'text', wants: null };

export const outline: Outline = {
  config: 'serverless.yml',
  functions: [
    { name: 'hello', handler: 'src/app.hello', path: ['functions', 'hello'], events: [
      { name: 'http', summary: '/hello get', path: ['functions', 'hello', 'events', '0'], form: ['functions', 'hello', 'events', '0', 'http'] },
      { name: 'schedule', summary: 'rate(1 hour)', path: ['functions', 'hello', 'events', '1'], form: ['functions', 'hello', 'events', '1', 'schedule'] },
    ] },
    { name: 'tidy', handler: 'src/tidy.run', path: ['functions', 'tidy'], events: [] },
  ],
  permissions: [{ name: '1', summary: 'Allow dynamodb:GetItem, dynamodb:PutItem on Items', path: ['provider', 'iam', 'role', 'statements', '0'], form: ['provider', 'iam', 'role', 'statements', '0'] }],
  permissionsPath: ['provider', 'iam', 'role', 'statements'],
  resources: [{ name: 'Items', summary: 'AWS::DynamoDB::Table', path: ['resources', 'Resources', 'Items'], form: ['resources', 'Resources', 'Items'] }],
  starts: [
    { word: 'Table', resourceType: 'AWS::DynamoDB::Table', doc: 'Items by key, in DynamoDB' }, { word: 'Queue', resourceType: 'AWS::SQS::Queue', doc: 'Messages that wait for a function, in SQS' },
    { word: 'Bucket', resourceType: 'AWS::S3::Bucket', doc: 'Files, in S3' },
  ],
  eventKinds: [{ name: 'http', doc: 'A method of a REST API' }, { name: 'httpApi', doc: 'A route of an HTTP API' }, { name: 'schedule', doc: 'A schedule' }, { name: 'sqs', doc: 'Messages of a queue' }],
};

const fields: Field[] = [
  field('handler', 'The file and name of what is called, such as `src/app.hello`', text),
  field('description', 'What it is for', { kind: 'text', wants: 'at most 256 characters' }),
  field('runtime', 'What it runs on', { kind: 'choice', words: ['nodejs22.x', 'nodejs20.x', 'python3.13', 'python3.12'] }, { inherited: 'python3.13' }),
  field('memorySize', 'Its memory in MB', { kind: 'number', least: 128, most: 10240 }, { inherited: '1024' }),
  field('timeout', 'Seconds it may run', { kind: 'number', least: 1, most: 900 }, { inherited: '6' }),
  field('architecture', 'Its processor', { kind: 'choice', words: ['x86_64', 'arm64'] }, { inherited: 'x86_64' }),
  field('environment', 'Its environment variables', { kind: 'table', names: 'letters, digits and underscores, no digit first', value: { kind: 'either', variants: [{ label: 'Text', control: text }, { label: 'YAML', control: { kind: 'yaml' } }] } }),
  field('url', 'A URL of its own', { kind: 'either', variants: [{ label: 'Yes or no', control: { kind: 'truth' } }, { label: 'Settings', control: { kind: 'group', fields: [field('authorizer', 'Who may call', { kind: 'choice', words: ['aws_iam'] })] } }] }),
  field('layers', 'Its layers', { kind: 'list', item: text }),
  field('reservedConcurrency', 'How many may run at once', { kind: 'number', least: 0, most: 1000000 }),
  field('tags', 'Its tags', { kind: 'table', names: null, value: text }),
  field('condition', 'The condition under which it exists', text),
  field('tracing', 'X-Ray', { kind: 'choice', words: ['Active', 'PassThrough'] }),
  field('vpc', 'Its network', { kind: 'yaml' }),
];

export const functionForm: Form = {
  path: ['functions', 'hello'], said: 'functions.hello', doc: 'The functions, by their names', file: 'serverless.yml', line: 14, exists: true,
  json: JSON.stringify({ handler: 'src/app.hello', timeout: 10, environment: { GREETING: 'Hello', TABLE: { $yaml: '!Ref Items' } } }),
  control: { kind: 'group', fields },
  refers: [{ file: 'serverless.yml', line: 40, text: 'Value: !GetAtt HelloLambdaFunction.Arn' }],
};

export const newFunctionForm: Form = { ...functionForm, path: ['functions', 'newFunction'], said: 'functions.newFunction', line: null, exists: false, json: 'null', refers: [] };

export const eventForm: Form = {
  path: ['functions', 'hello', 'events', '2', 'http'], said: 'functions.hello.events.2.http', doc: 'A method of a REST API', file: 'serverless.yml', line: null, exists: false, json: 'null', refers: [],
  control: { kind: 'either', variants: [
    { label: 'Settings', control: { kind: 'group', fields: [
      field('path', 'The path, such as `users/{id}`', { kind: 'text', wants: 'a path' }, { required: true }), field('method', 'The method, such as `get`', { kind: 'text', wants: 'a method' }, { required: true }),
      field('cors', 'Which web pages may call', { kind: 'truth' }), field('private', 'Whether an API key is asked for', { kind: 'truth' }),
    ] } },
    { label: 'Text', control: text },
  ] },
};

export const permissionForm: Form = {
  path: ['provider', 'iam', 'role', 'statements', '0'], said: 'provider.iam.role.statements.0', doc: 'What the functions may do', file: 'serverless.yml', line: 8, exists: true, refers: [],
  json: JSON.stringify({ Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:PutItem'], Resource: [{ $yaml: '!GetAtt Items.Arn' }] }),
  control: { kind: 'group', fields: [
    field('Effect', 'Whether it allows or denies', { kind: 'choice', words: ['Allow', 'Deny'] }, { required: true }),
    field('Action', 'What may be done', { kind: 'list', item: text }, { suggestions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:*', 's3:GetObject'] }),
    field('Resource', 'To what', { kind: 'list', item: text }, { suggestions: ['{"Fn::GetAtt":["Items","Arn"]}'] }),
  ] },
};

export const resourceForm: Form = {
  path: ['resources', 'Resources', 'NewResource'], said: 'resources.Resources.NewResource', doc: 'Resources', file: 'serverless.yml', line: null, exists: false, refers: [],
  json: JSON.stringify({ Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: { $yaml: '- AttributeName: id\n  KeyType: HASH' }, BillingMode: 'PAY_PER_REQUEST' } }),
  control: { kind: 'group', fields: [
    field('Type', 'Its type, such as `AWS::S3::Bucket`', text, { required: true }),
    field('Properties', 'Its properties', { kind: 'group', fields: [field('KeySchema', '', { kind: 'yaml' }, { required: true }), field('BillingMode', '', text), field('TableName', '', text)] }),
    field('DeletionPolicy', 'What becomes of it when it is deleted', text),
  ] },
};

const line = (mark: DiffLine['mark'], number: number, words: string): DiffLine => ({ mark, old: mark === 'added' ? null : number, new: mark === 'removed' ? null : number, text: words });

export const proposal: Proposal = {
  files: [{ file: 'serverless.yml', digest: '1', lines: [
    line('same', 13, 'functions:'), line('same', 14, '  hello: # says hello'), line('same', 15, '    handler: src/app.hello'), line('removed', 16, '    timeout: 10  # seconds'), line('added', 16, '    timeout: 30  # seconds'),
    line('same', 17, '    environment:'), line('same', 18, '      GREETING: Hello'), line('added', 19, '      NAME_3: a'), { mark: 'gap', old: null, new: null, text: '' }, line('same', 33, 'custom: {}'),
  ] }],
  findings: [], newErrors: 0,
};

export const wrong: Finding = { code: 'CONFIG_BAD_VALUE', isError: true, message: '`functions.hello.timeout` must be a whole number from 1 to 900, not `9999`', path: 'functions.hello.timeout', reason: 'must be a whole number from 1 to 900', hint: null, place: { file: 'serverless.yml', line: 16, column: 14, text: '    timeout: 9999', length: 4 } };
