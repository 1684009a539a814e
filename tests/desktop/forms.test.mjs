// A function and an event, added by form in the real window: what is written is what was shown, and nothing else of
// the file changes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { LONG, inAWorld } from './world.mjs';

const ADDED = `  greet:
    handler: handler.hello
    timeout: 20
    events:
      - http:
          path: /greet
          method: get
`;

/** Chooses one of a list that opens. */
async function choose(page, id, word) {
  await page.press(id);
  await page.run('[...document.querySelectorAll("[role=option]")].find((one) => one.textContent.startsWith(arguments[0])).click()', word);
}

test('a function and an http event are added by form, and nothing else of the file changes', inAWorld(async (world) => {
  const folder = world.project('hello-world');
  const file = join(folder, 'serverless.yml');
  const before = readFileSync(file, 'utf8');
  const page = await world.open(['--open', folder]);
  await page.press('service-forms');
  await page.press('add-function');
  await page.type('field-name-of-part', 'greet');
  await page.type('field-handler', 'handler.hello');
  await page.type('field-timeout', '2000');
  await page.tells(/must be a whole number from 1 to 900/);
  await page.type('field-timeout', '20');
  await page.says('diff', /greet:[^]*timeout: 20/);
  assert.equal(readFileSync(file, 'utf8'), before, 'nothing is written before it is saved');
  await page.press('save-form');
  await page.until('the function is written', () => readFileSync(file, 'utf8').includes('greet:'));

  await page.get('add-event-greet');
  await choose(page, 'add-event-greet', 'http');
  await page.type('field-path', '/greet');
  await page.type('field-method', 'get');
  await page.says('diff', /path: \/greet/);
  await page.press('save-form');
  await page.until('the event is written', () => readFileSync(file, 'utf8').includes('/greet'));
  const after = readFileSync(file, 'utf8');
  const own = after.split('\n').filter((line, index, all) => line !== '' || all[index + 1] !== '  greet:').join('\n');
  assert.equal(own.replace(ADDED, ''), before);

  const up = world.command(['sandbox', 'up', '--json']);
  assert.equal(up.code, 0, up.errors);
  await page.press('to-service');
  await page.press('plan-button');
  await page.says('plan-headline', /changes? to /, LONG);
  await page.tells(/GreetLambdaFunction|greet/);
}));
