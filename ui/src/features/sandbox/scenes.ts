import type { LogBatch, LogLine, Problem, SandboxView, Step, TaskView } from '@/bridge';
import { forever, type Scene } from '@/bridge/memory';
import { runningSandbox as sampleRunning, stoppedSandbox as sampleStopped } from '@/bridge/memory/samples';

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
const limits = [
  { id: 'runs-code', text: 'It runs the code of your functions on this computer, as you, without a cage.' },
  { id: 'interpreter', text: "Python functions run on the sandbox's own Python and Node functions on this computer's Node, whatever `runtime` says." },
  { id: 'types', text: 'Elastic IPs, NAT gateways, single security-group rules, instances, network ACLs, flow logs, database proxies and application auto scaling do not exist: a deploy leaves them out and says so.' },
  { id: 'lenient', text: 'It accepts some of what AWS refuses: taken names, missing capabilities, unknown properties.' },
  { id: 'keys', text: 'SecureStrings are not encrypted with the key you name, and an unknown key is accepted.' },
  { id: 'database', text: "RDS endpoints do not exist on the network: the sandbox's own PostgreSQL stands in for them." },
  { id: 'mapping-templates', text: 'Mapping templates of `integration: lambda` are ignored: the function gets the proxy event.' },
  { id: 'permissions', text: "Permissions are not enforced, but for `authorizer: aws_iam` on a gateway's path." },
  { id: 'calls', text: 'Stack sets, custom key stores, Session Manager sessions and live tail are missing; CloudTrail records nothing.' },
];
const stopped: SandboxView = { ...sampleStopped, limits };
const running: SandboxView = { ...sampleRunning, limits, usedBy: ['window', 'pilothouse deploy (4711)'], running: sampleRunning.running === null ? null : { ...sampleRunning.running, since: ago(1900) } };

function lines(count: number): LogLine[] {
  const said: [string, string, string][] = [
    ['ministack', 'info', 'POST / HTTP/1.1 200 CreateChangeSet'], ['ministack', 'info', 'cloudformation: HelloLambdaFunction CREATE_COMPLETE'], ['postgres', 'info', 'LOG:  checkpoint complete: wrote 3 buffers (0.0%)'],
    ['ministack', 'warn', 'lambda: hello-world-dev-hello took 2.1 s to start'], ['ministack', 'error', 'lambda: hello-world-dev-hello ended with exit code 1: ModuleNotFoundError: No module named requests'], ['pilothouse', 'info', 'answers on 127.0.0.1:4566'],
  ];
  return Array.from({ length: count }, (_, index) => {
    const [source, level, text] = said[index % said.length] ?? ['ministack', 'info', ''];
    return { id: String(index), at: ago((count - index) * 2), source, level, text, request: null };
  });
}

const writes = (...batches: LogBatch[]): Scene['calls'] => ({
  watchSandboxLogs: (_follow, tell) => { let gone = false; queueMicrotask(() => { if (!gone) batches.forEach(tell); }); return () => { gone = true; }; },
});
const told = writes({ kind: 'lines', lines: lines(60) }, { kind: 'upToDate' });
const problem = (code: string, title: string, detail: string | null, hints: string[]): Problem => ({ code, kind: 'precondition', title, detail, hints, retry: 'after', findings: [], failure: null });

const words = ['Looking for Python', 'Making room for its parts', 'Fetching boto3 (3 of 12)', 'Fetching ministack (7 of 12)'];
function up(state: 'running' | 'failed', ...steps: Step[]): NonNullable<Scene['tasks']> {
  const events = [...words.map((text, index): Step => ({ kind: 'sandbox', words: text, done: index < 2 ? null : index === 2 ? 3 : 7, of: index < 2 ? null : 12 })), ...steps].map((step, index) => ({ seq: index + 1, at: ago(9 - index), step }));
  const view: TaskView = { id: 'sandboxUp-1', kind: 'sandboxUp', title: 'Start the sandbox', project: null, plan: null, target: null, began: ago(9), state, ended: state === 'running' ? null : ago(4), now: 'Fetching ministack (7 of 12)', last: events.length, cancel: 'What is fetched is kept for the next start.' };
  return [{ view, events }];
}
const offline = problem('SANDBOX_NETWORK', 'the parts of the sandbox cannot be fetched', 'pip: Could not find a version that satisfies the requirement ministack==1.5.33 (from versions: none); Temporary failure in name resolution', ['Look at your network, then try again', 'What was fetched is kept']);

export const scenes: Record<string, Scene> = {
  'sandbox-stopped': { path: '/sandbox', start: { sandbox: stopped } },
  'sandbox-not-installed': { path: '/sandbox', start: { sandbox: { ...stopped, installed: false } } },
  'sandbox-running': { path: '/sandbox', start: { sandbox: running }, ...(told === undefined ? {} : { calls: told }) },
  'sandbox-ends-by-itself': { path: '/sandbox', start: { sandbox: { ...running, untilDown: false, keepsState: true, usedBy: [] } }, ...(told === undefined ? {} : { calls: told }) },
  'sandbox-starting': { path: '/sandbox', start: { sandbox: { ...stopped, standing: 'starting' } } },
  'sandbox-installing': { path: '/sandbox', start: { sandbox: { ...stopped, installed: false, standing: 'starting' } }, tasks: up('running') },
  'sandbox-not-fetched': { path: '/sandbox', start: { sandbox: { ...stopped, installed: false } }, tasks: up('failed', { kind: 'ended', ended: { kind: 'failed', problem: offline } }) },
  'sandbox-reached-by-others': { path: '/sandbox', start: { sandbox: { ...running, running: running.running === null ? null : { ...running.running, listensOn: ['127.0.0.1:4566', '0.0.0.0:5433'] } } } },
  'sandbox-restarted': { path: '/sandbox', start: { sandbox: { ...running, running: running.running === null ? null : { ...running.running, restarts: 3 } } }, ...(told === undefined ? {} : { calls: told }) },
  'sandbox-failed': {
    path: '/sandbox', start: { sandbox: { ...stopped, standing: 'failed', keepsState: true, reason: 'PostgreSQL ended by itself 3 times in a minute: could not resize shared memory segment: No space left on device' } },
    calls: { ...told, sandboxUp: () => Promise.reject(problem('SANDBOX_DISK_FULL', 'there is no room for the sandbox', '/home/ana has 12 MB free, and the sandbox needs 250 MB', ['Make room in your home folder, then start it again'])) },
  },
  'sandbox-log-lost': { path: '/sandbox', start: { sandbox: running }, calls: { ...writes({ kind: 'lines', lines: lines(8) }, { kind: 'failed', problem: problem('DATA_FOLDER', 'the log cannot be read any more', 'No such file or directory (os error 2)', ['Follow it again']) }) } },
  'sandbox-silent': { path: '/sandbox', start: { sandbox: running }, calls: { ...writes({ kind: 'upToDate' }) } },
  'sandbox-loading': { path: '/sandbox', start: { sandbox: stopped }, calls: { sandbox: forever } },
  'sandbox-unreadable': { path: '/sandbox', start: { sandbox: stopped }, calls: { sandbox: () => Promise.reject(problem('DATA_FOLDER', 'the data folder cannot be read', 'Permission denied (os error 13): ~/.local/share/pilothouse', ['Let your user read it, then try again'])) } },
};
