import type { Prerequisite, Problem, RecentProject } from '@/bridge';
import { forever, type Scene } from '@/bridge/memory';
import { runningSandbox, stoppedSandbox } from '@/bridge/memory/samples';

const ready = (id: string, name: string, text: string): Prerequisite => ({ id, name, state: 'ready', text, detail: null, fix: null });
const comes = (id: string, name: string, text: string): Prerequisite => ({ id, name, state: 'comesBySelf', text, detail: null, fix: { kind: 'startSandbox', megabytes: 40 } });

const python = ready('python', 'Python 3.12', 'Carries the sandbox, and runs Python functions in it');
const node = ready('node', 'Node 22.14.0', 'Runs Node functions in the sandbox');
const fresh = [python, comes('localAws', 'Local AWS 1.5.33', 'The sandbox: a small AWS that runs on this computer'), comes('postgres', 'PostgreSQL 18.6.3', "The sandbox's databases"), node];
const installed = [python, ready('localAws', 'Local AWS 1.5.33', 'The sandbox: a small AWS that runs on this computer'), ready('postgres', 'PostgreSQL 18.6.3', "The sandbox's databases"), node];
const noPython: Prerequisite = {
  id: 'python', name: 'Python 3.9 or later', state: 'missing', text: 'python3 cannot make virtual environments: the module venv is not installed', detail: null,
  fix: { kind: 'command', command: 'sudo apt install python3-venv' },
};
const oldNode: Prerequisite = {
  id: 'node', name: 'Node', state: 'missingForSome', text: 'Node does not answer. Only projects with Node functions need it',
  detail: 'node: error while loading shared libraries: libnode.so.109: cannot open shared object file: No such file or directory', fix: { kind: 'command', command: 'sudo apt install nodejs' },
};

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const prod = { kind: 'account', profile: 'acme-prod' } as const;

function recent(id: string, minutes: number, more: Partial<RecentProject> = {}): RecentProject {
  return { id, name: id, folder: `~/code/acme/${id}`, config: 'serverless.yml', openedAt: ago(minutes), missing: false, stage: 'dev', target: { kind: 'sandbox' }, last: null, ...more };
}

const projects: RecentProject[] = [
  recent('polls-api', 6, { stage: 'prod', target: prod, last: { verb: 'deploy', outcome: 'done', at: ago(26), targetWords: 'account 481516234201', stack: 'polls-api-prod' } }),
  recent('hello-world', 140, { folder: '~/pilothouse-examples/hello-world', last: { verb: 'deploy', outcome: 'done', at: ago(141), targetWords: 'the sandbox', stack: 'hello-world-dev' } }),
  recent('shop-admin', 3000, { last: { verb: 'deploy', outcome: 'failed', at: ago(3010), targetWords: 'the sandbox', stack: 'shop-admin-dev' } }),
  recent('mailer', 4400, { last: { verb: 'deploy', outcome: 'running or cut off', at: ago(4400), targetWords: 'the sandbox', stack: 'mailer-dev' } }),
  recent('thumbnails', 9000, { config: 'serverless.ts' }),
  recent('invoice-worker-for-the-northern-region', 30_000, { folder: '/media/backup/invoice-worker-for-the-northern-region', missing: true }),
];
const many = Array.from({ length: 240 }, (_, index) => recent(`service-of-team-${String(index % 12).padStart(2, '0')}-with-a-name-that-goes-on-and-on-${index}`, index * 90, { folder: `~/code/acme/backend/services/service-of-team-${index % 12}/with/a/deep/folder/${index}` }));

const cannotOpen: Problem = {
  code: 'CONFIG_MISSING', kind: 'user', title: 'there is no folder ~/code/acme/poll-api', detail: null, hints: ['Choose the folder below, or start again with its right name'], retry: 'after', findings: [], failure: null,
};
const cannotLook: Problem = {
  code: 'SANDBOX_PYTHON', kind: 'precondition', title: 'programs cannot be started on this computer', detail: 'fork: Resource temporarily unavailable (os error 11)', hints: ['Close some programs, then look again'], retry: 'after', findings: [], failure: null,
};
const cannotCopy: Problem = {
  code: 'OUTPUT_UNWRITABLE', kind: 'precondition', title: 'the example cannot be written', detail: 'No space left on device (os error 28)', hints: ['Make room in your home folder, then open it again'], retry: 'after', findings: [], failure: null,
};

const first = { sandbox: { ...stoppedSandbox, installed: false } };
const looks = (prerequisites: Prerequisite[]) => ({ prerequisites: () => Promise.resolve(prerequisites) });

export const scenes: Record<string, Scene> = {
  'overview-first-run': { path: '/', start: { ...first, profiles: ['acme-staging', 'acme-prod'] }, calls: looks(fresh) },
  'overview-no-profiles': { path: '/', start: first, calls: looks(fresh) },
  'overview-checking': { path: '/', start: first, calls: { prerequisites: forever } },
  'overview-python-missing': { path: '/', start: first, calls: looks([noPython, ...fresh.slice(1, 3), oldNode]) },
  'overview-not-looked': { path: '/', start: first, calls: { prerequisites: () => Promise.reject(cannotLook) } },
  'overview-example-failed': { press: ['open-hello-world'], path: '/', start: first, calls: { ...looks(fresh), openExample: () => Promise.reject(cannotCopy) } },
  'overview-not-opened': { path: '/', start: { ...first, notOpened: cannotOpen }, calls: looks(fresh) },
  'overview-projects': { path: '/', start: { recent: projects, profiles: ['acme-staging', 'acme-prod'], sandbox: runningSandbox }, calls: { ...looks(installed), forgetProject: () => Promise.resolve() } },
  'overview-many': { path: '/', start: { recent: many, profiles: ['default'] }, calls: looks(installed) },
};
