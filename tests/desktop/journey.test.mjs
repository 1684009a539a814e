// The main job in the real window on the real local AWS, as a person does it: by what is seen and pressed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LONG, inAWorld } from './world.mjs';

const GREETING = 'Go Serverless v1.0! Your function executed successfully!';

/** From a service's page to what a finished deploy shows. */
async function deploy(page, headline) {
  await page.press('plan-button');
  await page.says('plan-headline', headline, LONG);
  await page.press('deploy-button');
  await page.says('live', / is live in /, LONG);
}

async function startSandbox(page) {
  await page.press('sandbox-start');
  await page.tells(/It runs and answers|Started|Go to the sandbox/, LONG);
  await page.until('the sandbox runs', async () => (await page.ask('sandbox')).said.standing === 'running', LONG);
}

test('hello-world: from the first start to a change of code, and gone again', inAWorld(async (world) => {
  const page = await world.open();
  await page.tells(/What do you want to deploy\?/);
  await startSandbox(page);
  await page.go('#/');
  await page.press('open-hello-world');
  await page.says('standing', /^Not deployed/);

  await deploy(page, /^\d+ changes to hello-world in dev$/);
  const url = await page.says('endpoint-url', /^https?:\/\/.*\/hello/);
  const answer = await fetch(url);
  assert.equal((await answer.json()).message, GREETING);

  await page.press('to-invoke');
  await page.press('invoke-button');
  await page.says('invoke-answer', new RegExp(GREETING.replace(/[.!]/g, '\\$&')), LONG);

  const { said: start } = await page.ask('start');
  const [project] = start.recent;
  const folder = project.folder.replace('~', world.home);
  world.change(folder, 'handler.py', GREETING, 'Changed on disk');
  await page.go(`#/services/${project.id}`);
  await deploy(page, /^1 change to hello-world in dev$/);
  assert.equal((await (await fetch(url)).json()).message, 'Changed on disk');

  await page.go(`#/services/${project.id}`);
  await page.says('standing', /^Live/);
  await page.press('plan-button');
  await page.tells(/Nothing to change/, LONG);

  await page.go(`#/services/${project.id}`);
  await page.press('more');
  await page.press('remove');
  await page.type('confirm-name', 'hello-world-dev', LONG);
  await page.press('confirm-button');
  await page.tells(/hello-world-dev is gone/, LONG);
  await page.go(`#/services/${project.id}`);
  await page.says('standing', /Not deployed/);
}));

/** One call of the local AWS's own API, as a tool of AWS would make it. */
async function ask(endpoint, target, region, body) {
  const service = target.startsWith('AmazonSSM') ? 'ssm' : 'kms';
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${target}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

test('using-kms: a function reads a secret that was there before it', inAWorld(async (world) => {
  const up = world.command(['sandbox', 'up', '--json']);
  assert.equal(up.code, 0, up.errors);
  const endpoint = JSON.parse(up.out).running.url;
  const region = 'eu-central-1';
  const { KeyMetadata: key } = await ask(endpoint, 'TrentService.CreateKey', region, {});
  await ask(endpoint, 'AmazonSSM.PutParameter', region, { Name: 'top-secret-1', Type: 'SecureString', KeyId: key.KeyId, Value: 'the tide turns at nine' });

  const page = await world.open(['--open', world.project('using-kms')]);
  const { said } = await page.ask('start');
  await deploy(page, /^\d+ changes to using-kms in dev$/);
  await page.go(`#/invoke/${said.opened}/getSecret?project=${said.opened}`);
  await page.press('invoke-button');
  await page.says('invoke-answer', /the tide turns at nine/, LONG);
}));
