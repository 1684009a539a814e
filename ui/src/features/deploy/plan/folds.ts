// What goes with the things that a service is made of, as one line for each: nobody reads eleven lines to learn that
// one function and its API are made. What is written under `resources` is never folded: its writer looks for it.
import type { PlanRow } from '@/bridge';
import type { Line } from './model';

type Fold = Extract<Line, { kind: 'fold' }>;

const OF_FUNCTIONS: Record<string, string> = {
  'AWS::Lambda::Version': 'version',
  'AWS::Lambda::Permission': 'permission to call it',
  'AWS::Logs::LogGroup': 'log group',
};

/** What an API is made of, in shorter words than its type's. */
const OF_APIS: Record<string, string> = {
  'AWS::ApiGateway::Account': 'account setting',
  'AWS::ApiGateway::Deployment': 'deployment',
  'AWS::ApiGateway::RequestValidator': 'request validator',
  'AWS::ApiGateway::Resource': 'path',
  'AWS::ApiGateway::RestApi': 'the API',
  'AWS::ApiGateway::Stage': 'stage',
  'AWS::ApiGatewayV2::Api': 'the API',
  'AWS::ApiGatewayV2::Deployment': 'deployment',
  'AWS::ApiGatewayV2::Integration': 'integration',
  'AWS::ApiGatewayV2::Stage': 'stage',
};

const OF_DEPLOYS: Record<string, string> = {
  ServerlessDeploymentBucket: 'bucket for the code',
  ServerlessDeploymentBucketPolicy: 'its policy',
};

/** More than so many functions have their companions on one line. */
const MOST_APART = 3;

/** What comes and goes with a function, with an API, and with the deploy itself: each is one line. */
export function foldCompanions(rows: PlanRow[]): { plain: PlanRow[]; folds: Fold[] } {
  const mine = rows.filter((row) => !isWritten(row));
  const byOwner = new Map<string, PlanRow[]>();
  for (const row of mine) {
    const owner = ownerOf(row);
    if (owner !== null) byOwner.set(owner, [...(byOwner.get(owner) ?? []), row]);
  }
  const many = [...byOwner].filter(([, its]) => its.length > 1);
  const withFunctions = many.length > MOST_APART
    ? [fold('companions', `${many.flatMap(([, its]) => its).length} that go with ${many.length} functions`, many.flatMap(([, its]) => its), OF_FUNCTIONS)]
    : many.map(([owner, its]) => fold(`with-${owner}`, `${its.length} that go with ${owner}`, its, OF_FUNCTIONS));
  const api = mine.filter((row) => isOfApi(row.resourceType));
  const deploy = mine.filter((row) => row.logicalId in OF_DEPLOYS);
  const folds = [
    ...withFunctions,
    ...(api.length > 1 ? [fold('api', `${api.length} that go with the API`, api, OF_APIS)] : []),
    ...(deploy.length > 1 ? [fold('deploys', `${deploy.length} that deploys need`, deploy, {}, Object.values(OF_DEPLOYS).join(' and '))] : []),
  ];
  const folded = new Set(folds.flatMap((one) => one.rows));
  return { plain: rows.filter((row) => !folded.has(row)), folds };
}

/** Beside the methods and routes, which are what an API answers. */
function isOfApi(type: string): boolean {
  return /^AWS::ApiGateway(V2)?::/.test(type) && type !== 'AWS::ApiGateway::Method' && type !== 'AWS::ApiGatewayV2::Route';
}

function isWritten(row: PlanRow): boolean {
  return row.origin?.path.startsWith('resources.') === true;
}

/** The function that a row goes with: it is written in the name, as in `log of hello`. */
function ownerOf(row: PlanRow): string | null {
  if (!(row.resourceType in OF_FUNCTIONS)) return null;
  return /^(?:log|version|permission) of (.+)$/.exec(row.name)?.[1] ?? null;
}

function fold(key: string, name: string, rows: PlanRow[], words: Record<string, string>, note?: string): Fold {
  const kinds = new Map<string, number>();
  for (const row of rows) {
    const word = words[row.resourceType] ?? row.typeWords;
    kinds.set(word, (kinds.get(word) ?? 0) + 1);
  }
  const counted = [...kinds].map(([word, count]) => (count === 1 ? word : `${count} × ${word}`)).join(', ');
  return { kind: 'fold', key, name, note: note ?? counted, type: '', from: '', rows };
}

/** What a first deploy makes, in one sentence: `It makes 1 function, 1 API and what goes with them.` */
export function makes(rows: PlanRow[]): string {
  const isApi = (row: PlanRow) => row.resourceType === 'AWS::ApiGateway::RestApi' || row.resourceType === 'AWS::ApiGatewayV2::Api';
  const functions = rows.filter((row) => row.resourceType === 'AWS::Lambda::Function').length;
  const apis = rows.filter(isApi).length;
  const own = rows.filter((row) => isWritten(row)).length;
  const parts = [counted(functions, 'function'), counted(apis, 'API'), counted(own, 'resource of your own', 'resources of your own')].filter((part) => part !== '');
  const rest = rows.length - functions - apis - own;
  if (rest > 0) parts.push(parts.length === 0 ? counted(rest, 'resource') : functions + apis + own === 1 ? 'what goes with it' : 'what goes with them');
  return `It makes ${parts.join(', ').replace(/, ([^,]*)$/, ' and $1')}.`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : many}`;
}
