// What a scene shows when it says nothing else.
import type { Deployed, Live, ProjectView, SandboxView, Start } from '../generated/bindings';

export const stoppedSandbox: SandboxView = {
  standing: 'stopped', reason: null, installed: true, running: null, usedBy: [], untilDown: false, keepsState: false,
  versions: { ministack: '1.5.33', boto3: '1.43.106', postgres: '18.6.3' },
  limits: [
    { id: 'code', text: "The sandbox runs the project's code on this computer, as you." },
    { id: 'python', text: 'Python functions run on the Python of this computer, whatever version they name.' },
  ],
};

export const runningSandbox: SandboxView = {
  ...stoppedSandbox, standing: 'running', untilDown: true, usedBy: ['window'],
  running: { url: 'http://127.0.0.1:4566', region: 'us-east-1', postgresPort: 5433, since: '2026-11-23T11:40:00.000Z', memoryKilobytes: 61_440, listensOn: ['127.0.0.1:4566', '127.0.0.1:5433'], restarts: 0, python: '3.12' },
};

export const sampleStart: Start = {
  version: '0.1.0', preferences: { theme: 'system', narrowRail: false }, recent: [], opened: null, notOpened: null, profiles: [], tasks: [],
  sandbox: stoppedSandbox,
  examples: [
    { id: 'hello-world', text: 'One Python function that answers an HTTP call.', makes: '1 function, 1 API', picture: ['web', 'api', 'function'], needs: null },
    { id: 'using-kms', text: 'A function that reads one secret with a role that may read nothing else.', makes: '1 function, 1 API, 1 role', picture: ['function', 'secret', 'key'], needs: 'The secret top-secret-1 in Parameter Store' },
    { id: 'node-api', text: 'An HTTP API in Node with parameters, CORS and an hourly schedule.', makes: '3 functions, 1 API, 1 schedule', picture: ['web', 'api', 'function', 'schedule'], needs: 'Node on this computer, for the sandbox' },
    { id: 'two-services', text: 'Two services: the shop is given the queue that the orders make.', makes: '2 services, 2 functions, 1 API, 1 queue', picture: ['api', 'function', 'queue', 'function'], needs: null },
  ],
};

const origin = (line: number, path: string) => ({ file: 'serverless.yml', line, path });

export const sampleProject: ProjectView = {
  id: 'hello', service: 'hello-world', folder: '~/pilothouse-examples/hello-world', config: 'serverless.yml', stage: 'dev', stages: ['dev', 'prod'], production: false,
  target: { kind: 'sandbox' }, region: 'us-east-1', stack: 'hello-world-dev',
  functions: [{
    key: 'hello', name: 'hello-world-dev-hello', description: 'Answers GET /hello with a greeting and the request it received', handler: 'handler.hello', runtime: 'python3.13', image: null, bundle: null, memory: 1024, timeout: 6, environment: [],
    events: [{ function: 'hello', kind: 'http', kindWords: 'REST API', words: 'GET /hello', notes: [], origin: origin(13, 'functions.hello.events.0') }], permissions: [], origin: origin(9, 'functions.hello'),
  }],
  resources: [
    { logicalId: 'ServerlessDeploymentBucket', resourceType: 'AWS::S3::Bucket', typeWords: 'S3 bucket', origin: null },
    { logicalId: 'IamRoleLambdaExecution', resourceType: 'AWS::IAM::Role', typeWords: 'IAM role', origin: null },
    { logicalId: 'HelloLambdaFunction', resourceType: 'AWS::Lambda::Function', typeWords: 'Lambda function', origin: origin(9, 'functions.hello') },
    { logicalId: 'ApiGatewayRestApi', resourceType: 'AWS::ApiGateway::RestApi', typeWords: 'REST API', origin: null },
    { logicalId: 'ApiGatewayMethodHelloGet', resourceType: 'AWS::ApiGateway::Method', typeWords: 'API method', origin: origin(13, 'functions.hello.events.0') },
  ],
  outputs: [{ name: 'ServiceEndpoint', value: 'URL of the service endpoint' }],
  asked: [],
  drawing: {
    nodes: [
      { id: 'internet', kind: 'internet', label: 'Internet', note: 'anyone who knows the address' },
      { id: 'restApi', kind: 'api', label: 'dev-hello-world', note: 'REST API' },
      { id: 'function:hello', kind: 'function', label: 'hello', note: 'python3.13' },
    ],
    edges: [{ from: 'internet', to: 'restApi', label: 'HTTPS' }, { from: 'restApi', to: 'function:hello', label: 'GET /hello' }],
  },
  findings: [],
};

export const sampleDeployed: Deployed = {
  standing: 'live', status: 'UPDATE_COMPLETE', statusReason: null, target: { kind: 'sandbox' },
  identity: { account: '000000000000', region: 'us-east-1', principal: 'arn:aws:iam::000000000000:root', principalWords: 'root user', sandbox: true },
  endpoints: [{ id: '0', function: 'hello', method: 'GET', url: 'http://127.0.0.1:4566/restapis/a1b2c3d4/dev/_user_request_/hello', path: '/hello', signed: false }],
  outputs: [{ name: 'ServiceEndpoint', value: 'https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/dev' }],
  resources: [
    { logicalId: 'HelloLambdaFunction', physicalId: 'hello-world-dev-hello', resourceType: 'AWS::Lambda::Function', typeWords: 'Lambda function', status: 'CREATE_COMPLETE' },
    { logicalId: 'ApiGatewayRestApi', physicalId: 'a1b2c3d4', resourceType: 'AWS::ApiGateway::RestApi', typeWords: 'REST API', status: 'CREATE_COMPLETE' },
  ],
  last: { verb: 'deploy', outcome: 'done', at: '2026-11-23T11:54:00.000Z', targetWords: 'the sandbox', stack: 'hello-world-dev' }, seenAt: '2026-11-23T12:00:00.000Z',
};

export const sampleText = `service: hello-world

provider:
  name: aws
  runtime: python3.13

functions:
  hello:
    handler: handler.hello
    events:
      - http: GET /hello
`;

export const sampleLive: Live = {
  status: 'UPDATE_COMPLETE', reason: null, account: 'sandbox', region: 'us-east-1',
  nodes: [
    { id: 'restApi', state: 'stands', facts: [{ name: 'id', value: 'a1b2c3d4' }, { name: 'state', value: 'CREATE_COMPLETE' }], changes: [] },
    { id: 'function:hello', state: 'stands', facts: [{ name: 'id', value: 'hello-world-dev-hello' }, { name: 'state', value: 'UPDATE_COMPLETE' }, { name: 'address', value: 'GET http://127.0.0.1:4566/restapis/a1b2c3d4/dev/_user_request_/hello' }], changes: [] },
  ],
  gone: [],
  resources: [
    { logicalId: 'HelloLambdaFunction', resourceType: 'AWS::Lambda::Function', typeWords: 'Lambda function', state: 'stands', physicalId: 'hello-world-dev-hello', status: 'UPDATE_COMPLETE', changes: [], origin: null },
    { logicalId: 'ApiGatewayRestApi', resourceType: 'AWS::ApiGateway::RestApi', typeWords: 'REST API', state: 'stands', physicalId: 'a1b2c3d4', status: 'CREATE_COMPLETE', changes: [], origin: null },
  ],
  unknown: ['The code of functions is not compared here: a plan packs it and tells'],
};
