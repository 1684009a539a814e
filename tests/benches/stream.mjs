// A deploy of 480 functions that tells 5,000 events in a few seconds, and how long the page's frames become with it.
// Everything here runs in a page: it is handed over as text.

export const EVENTS = 5000;
const ROWS = 480;
/** So many events come at once, so often: 5,000 within about five seconds. */
const AT_ONCE = 20;
const EVERY = 20;

/** The task as the engine would show it, with its plan. */
export function task() {
  const began = new Date().toISOString();
  const row = (_, index) => {
    const name = `worker${String(index).padStart(3, '0')}`;
    return {
      logicalId: `${name}LambdaFunction`, name, resourceType: 'AWS::Lambda::Function', typeWords: 'Lambda function', physicalId: null, change: 'modify', holdsData: false, conditional: false,
      properties: [], origin: { file: 'serverless.yml', line: 10 + index, path: `functions.${name}` }, usualMillis: 4000,
    };
  };
  const rows = Array.from({ length: ROWS }, row);
  const target = { kind: 'sandbox' };
  const plan = {
    id: 'stream-plan', token: 'once', project: 'stream', service: 'stream', stage: 'dev', production: false, stack: 'stream-dev', target,
    identity: { account: '000000000000', region: 'us-east-1', principal: 'arn:aws:iam::000000000000:root', principalWords: 'root user', sandbox: true }, course: 'update', summary: '',
    counts: { added: 0, changed: ROWS, mayReplace: 0, replaced: 0, removed: 0, letGo: 0, total: ROWS }, rows, notSimulated: [], archives: [], leftOut: [], findings: [], plannedAt: began, usualMillis: 6000, command: '',
  };
  return { id: 'stream', kind: 'deploy', title: 'Deploy 480 changes to stream in dev', project: 'stream', plan, target, began, state: 'running', ended: null, now: '', last: 0, cancel: 'AWS puts back what stood before.' };
}

/** Numbered events of one task: every function begins, is told of several times, and is done. */
function batch(from) {
  const at = new Date().toISOString();
  const rounds = Math.ceil(EVENTS / ROWS);
  const events = Array.from({ length: Math.min(AT_ONCE, EVENTS - from) }, (_, index) => {
    const number = from + index;
    const isDone = Math.floor(number / ROWS) >= rounds - 1 || number + ROWS >= EVENTS;
    return {
      seq: number + 1, at,
      step: { kind: 'resource', logicalId: `worker${String(number % ROWS).padStart(3, '0')}LambdaFunction`, resourceType: 'AWS::Lambda::Function', typeWords: 'Lambda function', isStack: false, state: isDone ? 'done' : 'working', status: isDone ? 'UPDATE_COMPLETE' : 'UPDATE_IN_PROGRESS', reason: null },
    };
  });
  return { task: 'stream', events };
}

/** Tells every event through `tell`, and answers the longest frame and the share of those over 50 ms. */
async function measure(tell) {
  const frames = [];
  let last = performance.now();
  let isOver = false;
  const frame = (now) => { frames.push(now - last); last = now; if (!isOver) requestAnimationFrame(frame); };
  // What was under way before does not count.
  await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
  last = performance.now();
  requestAnimationFrame(frame);
  const began = performance.now();
  for (let told = 0; told < EVENTS; told += AT_ONCE) {
    tell(batch(told));
    await new Promise((go) => setTimeout(go, EVERY));
  }
  await new Promise((go) => setTimeout(go, 200));
  isOver = true;
  const sorted = [...frames].sort((a, b) => a - b);
  return { longest: sorted.at(-1), typical: sorted[Math.floor(sorted.length / 2)], over: frames.filter((one) => one > 50).length, frames: frames.length, seconds: (performance.now() - began) / 1000, done: document.querySelectorAll('[data-state="done"]').length };
}

/** The text of a script that measures in its page; `tell` is the text of how a batch is told there. */
export function script(tell) {
  return `const EVENTS = ${EVENTS}, ROWS = ${ROWS}, AT_ONCE = ${AT_ONCE}, EVERY = ${EVERY}; ${batch}; ${measure}; return measure(${tell});`;
}
