// What goes wrong, in the real window on the real local AWS: a deploy that fails, a sandbox that is gone, a window
// that is closed in the middle, and text of others that would like to be a script.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { LONG, built, inAWorld } from './world.mjs';

const PAYLOADS = [
  '<img src=x onerror="window.ran=1">',
  '<script>window.ran=2</script>',
  '<svg onload=window.ran=3>',
  '<iframe srcdoc="<script>parent.ran=4</script>"></iframe>',
  '"><a href="javascript:window.ran=5" id=evil>press</a>',
  '{{constructor.constructor("window.ran=6")()}}',
  '<style>*{display:none}</style>',
  '<b id=evil>bold</b>',
].join(' ');

/** A service whose custom resource is judged by its own function, in the words of `Reason`. */
const judged = (verdict) => `service: judged
provider:
  name: aws
  runtime: python3.13
functions:
  judge:
    handler: handler.judge
    timeout: 60
    description: ${JSON.stringify(PAYLOADS.slice(0, 200))}
resources:
  Resources:
    Verdict:
      Type: Custom::Verdict
      Properties:
        ServiceToken: !GetAtt JudgeLambdaFunction.Arn
        Verdict: ${verdict}
  Outputs:
    Told:
      Description: ${JSON.stringify(PAYLOADS)}
      Value: ${JSON.stringify(PAYLOADS)}
`;

const JUDGE = `import json
import os
import time
import urllib.request

PAYLOADS = ${JSON.stringify(PAYLOADS)}


def judge(event, context):
    print(PAYLOADS)
    if "ResponseURL" not in event:
        return {"told": PAYLOADS}
    gate = event["ResourceProperties"].get("Gate")
    while gate and not os.path.exists(gate):
        time.sleep(0.05)
    # A stack that goes away is not held up.
    verdict = "SUCCESS" if event["RequestType"] == "Delete" else event["ResourceProperties"]["Verdict"]
    answer = {key: event[key] for key in ("StackId", "RequestId", "LogicalResourceId")}
    answer |= {"Status": verdict, "Reason": PAYLOADS, "PhysicalResourceId": "verdict"}
    request = urllib.request.Request(event["ResponseURL"], json.dumps(answer).encode(), method="PUT")
    urllib.request.urlopen(request)
`;

/** Opens a project on the page of its service and answers its place. */
async function open(world, folder) {
  const page = await world.open(['--open', folder]);
  await page.get('plan-button');
  const { said } = await page.ask('start');
  return { page, project: said.opened };
}

async function plan(page) {
  await page.press('plan-button');
  return page.says('plan-headline', /changes? to /, LONG);
}

/** What text of others has become: nothing but text. */
async function isText(page, where) {
  const found = await page.run(`return {
    ran: window.ran ?? null,
    made: document.querySelectorAll('#evil, #root img, #root script, #root iframe, #root style, body > script, [onerror], [onload], [href^="javascript:"]').length,
    refused: window.refused,
  }`);
  assert.deepEqual(found, { ran: null, made: 0, refused: [] }, where);
}

test('a deploy that fails tells the first cause in the words of the service', inAWorld(async (world) => {
  const folder = world.write('judged', { 'serverless.yml': judged('FAILED').replaceAll(PAYLOADS, 'plain'), 'handler.py': JUDGE.replace(/PAYLOADS = .*/, 'PAYLOADS = "The judge was not convinced"') });
  const { page, project } = await open(world, folder);
  await plan(page);
  await page.press('deploy-button');
  const told = await page.says('failure', /The judge was not convinced/, LONG);
  assert.match(told, /Verdict/);
  assert.match(told, /serverless\.yml:\d+/);
  assert.match(await page.tells(/did not deploy/), /Nothing stands|What stood before is live|Look at the service/);
  // The way out: the file is put right, and the same page plans again.
  world.change(folder, 'serverless.yml', 'Verdict: FAILED', 'Verdict: SUCCESS');
  await page.press('plan-again');
  await page.says('plan-headline', /changes? to judged in dev/, LONG);
  await page.press('deploy-button');
  await page.says('live', /judged is live in dev/, LONG);
  await page.go(`#/services/${project}`);
  await page.says('standing', /^Live/);
}));

test('text of others is shown as text, wherever it comes from', inAWorld(async (world) => {
  const folder = world.write('judged', { 'serverless.yml': judged('SUCCESS'), 'handler.py': JUDGE });
  const { page, project } = await open(world, folder);
  await page.run(`window.refused = [];
    document.addEventListener('securitypolicyviolation', (event) => window.refused.push(event.effectiveDirective + ' ' + event.blockedURI));`);
  const hostile = /<script>window\.ran=2<\/script>/;
  const tabs = ['functions', 'events', 'resources', 'outputs', 'drawing'];
  for (const tab of tabs) {
    await page.press(`tab-${tab}`);
    await isText(page, `${tab} of the files`);
  }
  await plan(page);
  await isText(page, 'the plan');
  await page.press('deploy-button');
  await page.says('live', /is live/, LONG);
  // Long values are cut in the middle there.
  await page.tells(/<img src.*bold<\/b>/);
  await isText(page, 'what a deploy ends with');

  await page.go(`#/services/${project}?tab=outputs`);
  await page.says('standing', /^Live/);
  await page.tells(/<img src=x onerror="window\.ran=1">/);
  await isText(page, 'outputs');

  await page.go(`#/invoke/${project}/judge?project=${project}`);
  await page.press('invoke-button');
  await page.says('invoke-answer', hostile, LONG);
  await isText(page, 'an answer');

  await page.go(`#/logs/${project}?project=${project}`);
  await page.tells(hostile, LONG);
  await isText(page, 'log lines');

  world.change(folder, 'serverless.yml', 'Verdict: SUCCESS', 'Verdict: FAILED');
  await page.go(`#/services/${project}`);
  await plan(page);
  await page.press('deploy-button');
  await page.says('failure', hostile, LONG);
  await isText(page, 'the reason of a failure');

  await page.go('#/activity');
  await page.tells(/judged/);
  await isText(page, 'activity');
}));

test('a sandbox that dies under the open page is missed, and comes back with the next plan', inAWorld(async (world) => {
  const { page, project } = await open(world, world.project('hello-world'));
  await plan(page);
  await page.press('deploy-button');
  await page.says('live', /is live/, LONG);
  await page.go(`#/services/${project}`);
  await page.says('standing', /^Live/);
  const its = world.processes((words) => words.includes('sandbox serve') || words.includes('ministack') || words.includes('guard.py') || words.includes('postgres'));
  assert.ok(its.length > 0, 'the sandbox has processes');
  for (const pid of its) process.kill(pid, 'SIGKILL');
  await page.until('the engine misses it', async () => (await page.ask('sandbox')).said.standing !== 'running');
  await page.go('#/sandbox');
  await page.says('sandbox-state', /[Ss]topped|not running|[Cc]rashed|died|[Ff]ailed/);
  await page.go(`#/services/${project}`);
  await page.says('standing', /Not known|Not deployed/);
  await plan(page);
  await page.press('deploy-button');
  await page.says('live', /is live/, LONG);
}));

/** A deploy that lasts until the test opens its gate, under way in the window. */
async function slowDeploy(world) {
  const gate = join(world.home, 'gate');
  const service = judged('SUCCESS').replaceAll(PAYLOADS, 'plain').replace('Verdict: SUCCESS', `Verdict: SUCCESS\n        Gate: ${gate}`);
  const { page, project } = await open(world, world.write('judged', { 'serverless.yml': service, 'handler.py': JUDGE }));
  await plan(page);
  await page.press('deploy-button');
  await page.until('the function waits', async () => (await page.ask('tasks')).said.some((task) => task.kind === 'deploy' && task.last > 10), LONG);
  return { page, project, finish: () => writeFileSync(gate, '') };
}

test('a window that is closed during a deploy shows its progress and its end when it is opened again', inAWorld(async (world) => {
  const { page, finish } = await slowDeploy(world);
  world.pressClose();
  await world.until('the window is hidden', () => world.shownWindow() === null);
  assert.equal(await world.startAgain(), 0);
  await world.until('the window is shown again', () => world.shownWindow());
  await page.get('timeline');
  finish();
  await page.says('live', /judged is live in dev/, LONG);
}));

test('a page that is loaded again in the middle of a deploy misses nothing', inAWorld(async (world) => {
  const { page, finish } = await slowDeploy(world);
  await page.get('timeline');
  const before = await page.run('return document.querySelectorAll("[data-testid^=time-]").length');
  await page.driver.navigate().refresh();
  await page.get('timeline');
  await page.until('the rows are there again', async () => (await page.run('return document.querySelectorAll("[data-testid^=time-]").length')) >= before);
  finish();
  await page.says('live', /judged is live in dev/, LONG);
}));

test('what ends behind a closed window is found at the next start', inAWorld(async (world) => {
  const { page, project, finish } = await slowDeploy(world);
  world.pressClose();
  await world.until('the window is hidden', () => world.shownWindow() === null);
  finish();
  await world.until('the app has ended', () => world.processes((words) => words.startsWith(built('pilothouse-desktop'))).length === 0, LONG);
  await page.driver.quit().catch(() => undefined);
  const again = await world.open();
  await again.go(`#/services/${project}`);
  await again.says('standing', /^Live/);
  await again.go('#/activity');
  await again.tells(/judged/);
}));
