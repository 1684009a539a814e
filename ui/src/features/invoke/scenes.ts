// The pages that call functions and endpoints, in each of their states.
import type { EndpointView, FunctionView, HttpAnswer, InvokeAnswer, Problem } from '@/bridge';
import { forever, type Scene } from '@/bridge/memory';
import { untilAllowed } from '@/bridge/memory/consent';
import { runningSandbox, sampleDeployed, sampleProject } from '@/bridge/memory/samples';

const DEV = '?project=hello&stage=dev&target=sandbox';
const INVOKE = `/invoke/hello/hello${DEV}`;
const HTTP = `/http/hello${DEV}`;

const answer: InvokeAnswer = {
  function: 'hello-world-dev-hello', isJson: true, error: null, millis: 84,
  answer: JSON.stringify({ statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: '{"message": "Hello"}' }, null, 2),
  logTail: 'START RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd Version: $LATEST\nsaying hello\nEND RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd\nREPORT RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd Duration: 3.12 ms Billed Duration: 4 ms Memory Size: 1024 MB Max Memory Used: 41 MB\n',
};
const failed: InvokeAnswer = {
  ...answer, error: 'Unhandled', millis: 121,
  answer: JSON.stringify({ errorMessage: "'name'", errorType: 'KeyError', requestId: '8476a536-e9f4-11e8-9739-2dfe598c3fcd', stackTrace: ['  File "/var/task/handler.py", line 9, in hello\n    return greet(event["name"])\n'] }, null, 2),
};

const denied: Problem = {
  code: 'DENIED', kind: 'permission', title: 'you may not do this in the account',
  detail: 'User: arn:aws:sts::481516234201:assumed-role/Reader/ana is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-central-1:481516234201:function:hello-world-dev-hello because no identity-based policy allows the lambda:InvokeFunction action',
  hints: ['Ask for lambda:InvokeFunction on this function', 'Or choose a profile that may'], retry: 'after', findings: [], failure: null,
};
const broken: Problem = {
  code: 'CONFIG_SYNTAX', kind: 'config', title: 'serverless.yml is not valid YAML', detail: null, hints: ['Mend the line, then check again'], retry: 'after', failure: null,
  findings: [{ code: 'CONFIG_SYNTAX', isError: true, message: 'a colon is missing', path: null, place: { file: 'serverless.yml', line: 9, column: 3, text: '  hello', length: 5 }, reason: null, hint: null }],
};

const LONG = 'customerNotificationPreferencesSynchronisationReconciliationWorkerForTheEuropeanRegion';
const hello = sampleProject.functions[0];
const functions = (names: string[]): FunctionView[] => (hello === undefined ? [] : names.map((key) => ({ ...hello, key, name: `hello-world-dev-${key}` })));

const endpoint = (id: string, method: string, path: string, signed = false): EndpointView => ({ id, function: 'hello', method, path, signed, url: `http://127.0.0.1:4566/restapis/a1b2c3d4/dev/_user_request_${path}` });
const many = Array.from({ length: 160 }, (_, index) => endpoint(String(index), 'GET', `/v1/things/${index}/{id}`));

const replied = (status: number, body: string, millis = 41): HttpAnswer => ({
  url: 'http://127.0.0.1:4566/restapis/a1b2c3d4/dev/_user_request_/hello?name=Ana', status, body, millis, bytes: body.length,
  headers: [{ name: 'content-type', value: 'application/json' }, { name: 'x-amzn-requestid', value: '8476a536-e9f4-11e8-9739-2dfe598c3fcd' }, { name: 'date', value: 'Mon, 23 Nov 2026 13:00:00 GMT' }],
  command: "curl -sS 'http://127.0.0.1:4566/restapis/a1b2c3d4/dev/_user_request_/hello?name=Ana'",
});

const recent = [{ id: 'hello', name: 'hello-world', folder: '~/code/hello-world', config: 'serverless.yml', openedAt: '2026-11-23T09:00:00.000Z', missing: false, stage: 'dev', target: { kind: 'sandbox' as const }, last: null }];
const around = { sandbox: runningSandbox, recent };
const live = (endpoints: EndpointView[]) => ({ ...sampleDeployed, endpoints });

export const scenes: Record<string, Scene> = {
  'invoke': { path: INVOKE, start: around, calls: { invoke: () => Promise.resolve(answer) } },
  'invoke-answered': { press: ['invoke-button'], path: INVOKE, start: around, calls: { invoke: () => Promise.resolve(answer) } },
  'invoke-failed': { press: ['invoke-button'], path: INVOKE, start: around, calls: { invoke: () => Promise.resolve(failed) } },
  'invoke-denied': { press: ['invoke-button'], path: INVOKE, start: around, calls: { invoke: () => Promise.reject(denied) } },
  'invoke-waiting': { press: ['invoke-button'], path: INVOKE, start: around, calls: { invoke: () => forever() } },
  'invoke-absent': { path: INVOKE, start: around, deployed: { ...sampleDeployed, standing: 'absent', endpoints: [] } },
  'invoke-unknown': { path: INVOKE, deployed: { ...sampleDeployed, standing: 'unknown', endpoints: [] }, start: { recent } },
  'invoke-unreached': { path: INVOKE, start: around, calls: { deployed: () => Promise.reject({ ...denied, code: 'CLOUD_SILENT', title: 'AWS does not answer', detail: 'no route to host', hints: [] }), invoke: () => Promise.resolve(answer) } },
  'invoke-loading': { path: INVOKE, start: around, calls: { project: () => forever() } },
  'invoke-consent': { path: INVOKE, start: around, calls: untilAllowed({ project: () => Promise.resolve(sampleProject) }) },
  'invoke-broken': { path: INVOKE, start: around, calls: { project: () => Promise.reject(broken) } },
  'invoke-no-function': { path: `/invoke/hello/gone${DEV}`, start: around },
  'invoke-long-names': { press: ['invoke-button'], path: `/invoke/hello/${LONG}${DEV}`, start: around, project: { ...sampleProject, functions: functions([LONG, 'hello']) }, calls: { invoke: () => Promise.resolve({ ...answer, answer: 'x'.repeat(4000), isJson: false }) } },
  'invoke-many': { path: INVOKE, start: around, project: { ...sampleProject, functions: functions(['hello', ...Array.from({ length: 120 }, (_, index) => `worker${index}`)]) }, calls: { invoke: () => Promise.resolve(answer) } },
  'http': { path: HTTP, start: around, calls: { http: () => Promise.resolve(replied(200, '{"message":"Hello, Ana","input":{"name":"Ana"}}')) } },
  'http-answered': { press: ['send-button'], path: HTTP, start: around, calls: { http: () => Promise.resolve(replied(200, '{"message":"Hello, Ana","input":{"name":"Ana"}}')) } },
  'http-signed': { path: `/http/hello${DEV}&endpoint=1`, start: around, deployed: live([endpoint('0', 'GET', '/hello'), endpoint('1', 'POST', '/get-secret', true)]), calls: { http: () => Promise.resolve(replied(200, '{"secret":"…"}')) } },
  'http-any': { path: HTTP, start: around, deployed: live([endpoint('0', 'ANY', '/orders/{id}/files/{file+}')]), calls: { http: () => Promise.resolve(replied(404, '{"message":"Not Found"}')) } },
  'http-failed': { press: ['send-button'], path: HTTP, start: around, calls: { http: () => Promise.resolve(replied(502, '{"message": "Internal server error"}', 6012)) } },
  'http-refused': { press: ['send-button'], path: HTTP, start: around, calls: { http: () => Promise.reject({ ...denied, code: 'CLOUD_SILENT', kind: 'remote', title: 'the endpoint does not answer', detail: 'connection refused (127.0.0.1:4566)', hints: ['See whether the sandbox runs'] }) } },
  'http-none': { path: HTTP, start: around, deployed: live([]) },
  'http-absent': { path: HTTP, start: around, deployed: { ...live([]), standing: 'absent' } },
  'http-many': { path: `/http/hello${DEV}&endpoint=120`, start: around, deployed: live(many) },
};
