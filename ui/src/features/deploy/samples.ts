// Plans, rows and events for this feature's tests and scenes.
import type { Ended, Finding, PlanRow, PlanView, ResourceState, Step, TaskEvent, TaskView } from '@/bridge';

export const MORNING = '2026-11-23T09:00:00.000Z';

/** A moment so many seconds after the morning's beginning. */
export function after(seconds: number): string {
  return new Date(Date.parse(MORNING) + Math.round(seconds * 1000)).toISOString();
}

export function row(logicalId: string, change: PlanRow['change'], more: Partial<PlanRow> = {}): PlanRow {
  return {
    logicalId,
    name: more.name ?? logicalId,
    resourceType: 'AWS::Lambda::Function',
    typeWords: 'Lambda function',
    stack: null,
    physicalId: null,
    change,
    holdsData: false,
    conditional: false,
    properties: [],
    origin: null,
    usualMillis: null,
    ...more,
  };
}

const TYPES: Record<string, string> = {
  'AWS::ApiGateway::Deployment': 'API deployment',
  'AWS::ApiGateway::Method': 'API method',
  'AWS::ApiGateway::Resource': 'API path',
  'AWS::ApiGateway::RestApi': 'REST API',
  'AWS::CloudWatch::Alarm': 'CloudWatch alarm',
  'AWS::DynamoDB::Table': 'DynamoDB table',
  'AWS::Events::Rule': 'EventBridge rule',
  'AWS::IAM::Role': 'IAM role',
  'AWS::Lambda::Function': 'Lambda function',
  'AWS::Lambda::Permission': 'Permission to call',
  'AWS::Lambda::Version': 'Function version',
  'AWS::Logs::LogGroup': 'Log group',
  'AWS::S3::Bucket': 'S3 bucket',
};

/** A row of a type, written in a line of the file. */
export function typed(
  logicalId: string,
  name: string,
  resourceType: string,
  change: PlanRow['change'],
  line: number | null,
  more: Partial<PlanRow> = {},
): PlanRow {
  const origin = line === null ? null : { file: 'serverless.yml', line, path: `functions.${name}` };
  return row(logicalId, change, { name, resourceType, typeWords: TYPES[resourceType] ?? resourceType, origin, ...more });
}

export function plan(rows: PlanRow[], more: Partial<PlanView> = {}): PlanView {
  const count = (...kinds: PlanRow['change'][]) => rows.filter((one) => kinds.includes(one.change)).length;
  return {
    id: 'plan-1',
    token: 'token-1',
    project: 'hello',
    service: 'hello-world',
    stage: 'dev',
    production: false,
    stack: 'hello-world-dev',
    target: { kind: 'sandbox' },
    identity: {
      account: '000000000000',
      region: 'us-east-1',
      principal: 'arn:aws:iam::000000000000:root',
      principalWords: 'root user',
      sandbox: true,
    },
    course: 'update',
    summary: '',
    counts: {
      added: count('add', 'import'),
      changed: count('modify', 'code'),
      mayReplace: count('mayReplace'),
      replaced: count('replace'),
      removed: count('remove'),
      letGo: count('letGo'),
      total: rows.length,
    },
    rows,
    sizes: [{ name: 'hello-world-dev', resources: 12, most: 500 }],
    notSimulated: [],
    archives: [],
    leftOut: [],
    findings: [],
    plannedAt: after(4),
    usualMillis: null,
    command: 'pilothouse deploy --stage dev --sandbox',
    rollbackOff: false, fromPackage: null, unsynced: null,
    ...more,
  };
}

export const PROD_IDENTITY = {
  account: '481516234201',
  region: 'eu-central-1',
  principal: 'arn:aws:sts::481516234201:assumed-role/Deployer/ana@acme.io',
  principalWords: 'Deployer, ana@acme.io',
  sandbox: false,
};

export function task(kind: TaskView['kind'], more: Partial<TaskView> = {}): TaskView {
  return {
    id: `${kind}-1`,
    kind,
    title: 'Deploy 4 changes to hello-world in dev',
    project: 'hello',
    plan: null,
    target: { kind: 'sandbox' },
    began: MORNING,
    state: 'running',
    ended: null,
    now: '',
    last: 0,
    cancel: null,
    ...more,
  };
}

/** Events from steps, numbered from one: `[seconds, step]`. */
export function events(steps: [number, Step][]): TaskEvent[] {
  return steps.map(([seconds, step], index) => ({ seq: index + 1, at: after(seconds), step }));
}

/** The same, begun so many seconds before now: for scenes of what is still running. */
export function sinceNow(secondsAgo: number, steps: [number, Step][]): { began: string; events: TaskEvent[] } {
  const began = Date.now() - secondsAgo * 1000;
  const at = (seconds: number) => new Date(began + Math.round(seconds * 1000)).toISOString();
  return { began: at(0), events: steps.map(([seconds, step], index) => ({ seq: index + 1, at: at(seconds), step })) };
}

export function stage(stageName: Extract<Step, { kind: 'stage' }>['stage'], words: string): Step {
  return { kind: 'stage', stage: stageName, words };
}

export function resource(
  logicalId: string,
  resourceType: string,
  state: ResourceState,
  status: string,
  reason: string | null = null,
): Step {
  const isStack = resourceType === 'AWS::CloudFormation::Stack';
  const typeWords = isStack ? 'Stack' : (TYPES[resourceType] ?? resourceType);
  return { kind: 'resource', logicalId, resourceType, typeWords, isStack, state, status, reason };
}

export function stackIs(name: string, state: ResourceState, status: string): Step {
  return resource(name, 'AWS::CloudFormation::Stack', state, status);
}

export function over(ended: Ended): Step {
  return { kind: 'ended', ended };
}

export function warning(message: string, line: number, hint: string): Finding {
  const place = { file: 'serverless.yml', line, column: 7, text: '      timeout: 900', length: 7 };
  return { code: 'CONFIG_CONFLICT', isError: false, message, place, path: 'functions.report.timeout', reason: null, hint };
}
