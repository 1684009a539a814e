// The editor in the real window: a mistake is made, named, put right and saved, and the file changes by that alone.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Key } from 'selenium-webdriver';
import { built, inAWorld } from './world.mjs';

const CONFIG = `service: notes
frameworkVersion: '3'

provider:
  name: aws
  runtime: python3.13

functions:
  hello:
    handler: handler.hello # kept as it is
    environment:
      NAME: \${self:service}-\${sls:stage}
`;

/** The text as the editor shows it, which lives in a root of its own. */
const TEXT = 'return [...document.querySelector(\'[data-testid="editor-text"]\').shadowRoot.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\\n")';
const INSIDE = 'return document.querySelector(\'[data-testid="editor-text"]\').shadowRoot.querySelector(arguments[0])?.textContent ?? null';

/** Types into what has the focus, as a keyboard does. */
const keys = (page, ...pressed) => page.driver.actions().sendKeys(...pressed).perform();

async function open(world) {
  const folder = world.write('notes', { 'serverless.yml': CONFIG.replaceAll('\n', '\r\n'), 'handler.py': 'def hello(event, context):\n    return 1\n' });
  const page = await world.open(['--open', folder]);
  await page.press('service-edit');
  await page.says('editor-summary', /^No problems$/);
  return { page, file: join(folder, 'serverless.yml') };
}

/** Goes to the end of the line that holds a word. */
async function toEndOf(page, word) {
  const box = await page.run('const line = [...document.querySelector(\'[data-testid="editor-text"]\').shadowRoot.querySelectorAll(".cm-line")].find((one) => one.textContent.includes(arguments[0])); const { left, top, height } = line.getBoundingClientRect(); return { x: Math.round(left + 60), y: Math.round(top + height / 2) };', word);
  await page.driver.actions().move({ x: box.x, y: box.y }).click().perform();
  await keys(page, Key.END);
}

test('a mistake is named while one writes, put right by a press and saved', inAWorld(async (world) => {
  const { page, file } = await open(world);
  await toEndOf(page, 'handler.hello');
  await keys(page, Key.ENTER, 'timout: 20');
  await page.says('editor-summary', /^1 warning$/);
  await page.says('problem-0', /timout/);
  await page.press('fix-0');
  await page.until('the fix is written', async () => (await page.run(TEXT)).includes('    timeout: 20\n'));
  await page.says('editor-summary', /^No problems$/);
  await page.press('editor-save');
  const wanted = CONFIG.replace('# kept as it is\n', '# kept as it is\n    timeout: 20\n').replaceAll('\n', '\r\n');
  await page.until('the file is saved', () => readFileSync(file, 'utf8') === wanted);
  assert.equal(readFileSync(file, 'utf8'), wanted);
}));

test('keys are suggested and explained, Ctrl S saves, and Esc and Tab lead out', inAWorld(async (world) => {
  const { page, file } = await open(world);
  await toEndOf(page, 'handler.hello');
  await keys(page, Key.ENTER, 'memory');
  await page.until('a key is suggested', async () => (await page.run(INSIDE, '.cm-tooltip-autocomplete [aria-selected=true]') ?? '').includes('memorySize'));
  // What is shown must have stood for a moment before it takes a key.
  await page.driver.sleep(500);
  await keys(page, Key.ENTER);
  await keys(page, '512');
  await page.until('it is written', async () => (await page.run(TEXT)).includes('    memorySize: 512\n'));
  await page.driver.actions().keyDown(Key.CONTROL).sendKeys('s').keyUp(Key.CONTROL).perform();
  await page.until('the file is saved', () => readFileSync(file, 'utf8').includes('    memorySize: 512\r\n'));

  const value = await page.run('const line = [...document.querySelector(\'[data-testid="editor-text"]\').shadowRoot.querySelectorAll(".cm-line")].find((one) => one.textContent.includes("self:service")); const { left, top, height } = line.getBoundingClientRect(); return { x: Math.round(left + 140), y: Math.round(top + height / 2) };');
  let step = 0;
  await page.until('the value is shown', async () => {
    // A busy computer may not notice that the pointer came to rest.
    if (step % 30 === 0) await page.driver.actions().move({ x: value.x + (step % 4), y: value.y }).perform();
    step += 1;
    return (await page.run(INSIDE, '.ph-meaning') ?? '').includes('notes-dev');
  });

  await keys(page, Key.ESCAPE, Key.TAB);
  await page.until('the text has lost the focus', async () => (await page.run('return document.querySelector(\'[data-testid="editor-text"]\').shadowRoot.activeElement')) === null);
}));

test('what somebody else wrote is not lost', inAWorld(async (world) => {
  const { page, file } = await open(world);
  await toEndOf(page, 'handler.hello');
  await keys(page, Key.ENTER, 'timeout: 20');
  await page.says('editor-summary', /^No problems$/);
  const theirs = readFileSync(file, 'utf8').replace('service: notes', 'service: letters');
  writeFileSync(file, theirs);
  await page.press('editor-save');
  await page.tells(/was changed by somebody else/);
  assert.equal(readFileSync(file, 'utf8'), theirs);
  await page.press('conflict-theirs');
  await page.until('theirs is shown', async () => (await page.run(TEXT)).startsWith('service: letters'));
}));

/** A press that the window goes with, perhaps before it could be answered: what came of it is looked at afterwards. */
const lastPress = async (page, id) => {
  await page.get(id);
  await page.press(id).catch(() => undefined);
};

test('what is not saved keeps the window open until somebody decides', inAWorld(async (world) => {
  const { page, file } = await open(world);
  const before = readFileSync(file, 'utf8');
  const runs = () => world.processes((words) => words.startsWith(built('pilothouse-desktop'))).length;
  await world.until('the window is shown', () => world.shownWindow());
  await toEndOf(page, 'handler.hello');
  await keys(page, Key.ENTER, 'timeout: 20');
  await page.until('it can be saved', async () => (await (await page.get('editor-save')).getAttribute('aria-disabled')) !== 'true');

  world.pressClose();
  await page.tells(/serverless\.yml is not saved/);
  await page.press('leave-stay');
  await page.until('the question is gone', async () => (await page.run('return document.querySelector(\'[data-testid="leave-stay"]\')')) === null);
  assert.ok((await page.run(TEXT)).includes('    timeout: 20\n'));
  assert.equal(runs(), 1);
  assert.equal(readFileSync(file, 'utf8'), before);

  world.pressClose();
  await lastPress(page, 'leave-save');
  await world.until('the app has ended', () => runs() === 0);
  assert.ok(readFileSync(file, 'utf8').includes('    timeout: 20\r\n'));
}));

test('what is not saved can be given up, and goes with the window', inAWorld(async (world) => {
  const { page, file } = await open(world);
  const before = readFileSync(file, 'utf8');
  await world.until('the window is shown', () => world.shownWindow());
  await toEndOf(page, 'handler.hello');
  await keys(page, Key.ENTER, 'timeout: 20');
  await page.until('it can be saved', async () => (await (await page.get('editor-save')).getAttribute('aria-disabled')) !== 'true');
  world.pressClose();
  await lastPress(page, 'leave-discard');
  await world.until('the app has ended', () => world.processes((words) => words.startsWith(built('pilothouse-desktop'))).length === 0);
  assert.equal(readFileSync(file, 'utf8'), before);
}));

test('a second start with another project asks about what is not saved first', inAWorld(async (world) => {
  const { page } = await open(world);
  await toEndOf(page, 'handler.hello');
  await keys(page, Key.ENTER, 'timeout: 20');
  await page.until('it can be saved', async () => (await (await page.get('editor-save')).getAttribute('aria-disabled')) !== 'true');
  const other = world.project('node-api');
  assert.equal(await world.startAgain(['--open', other]), 0);
  await page.press('leave-stay');
  assert.ok((await page.run(TEXT)).includes('    timeout: 20\n'));
  assert.equal(await world.startAgain(['--open', other]), 0);
  await page.press('leave-discard');
  await page.tells(/node-api/);
}));
