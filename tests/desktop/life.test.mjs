// The life of the window: what it opens, a second start, and what happens to work when it is closed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LONG, built, inAWorld } from './world.mjs';

const PLACE = (project) => ({ project, stage: null, target: { kind: 'sandbox' } });
const runs = (world) => world.processes((words) => words.startsWith(built('pilothouse-desktop'))).length;

test('a folder named at the start is opened', inAWorld(async (world) => {
  const page = await world.open(['--open', world.project('hello-world')]);
  await page.css('#root > *');
  const { said: start } = await page.ask('start');
  const { said: project } = await page.ask('project', { place: PLACE(start.opened) });
  assert.equal(project.service, 'hello-world');
  await page.tells(/hello-world/);
  assert.match(await page.run('return location.hash'), new RegExp(start.opened));
}));

test('a folder that is not there is told of, and the window opens all the same', inAWorld(async (world) => {
  const page = await world.open(['--open', '/nowhere/at-all']);
  await page.css('#root > *');
  const { said: start } = await page.ask('start');
  assert.equal(start.opened, null);
  assert.match(`${start.notOpened.title} ${start.notOpened.detail}`, /\/nowhere\/at-all/);
}));

test('a second start shows the first window, and opens its folder there', inAWorld(async (world) => {
  const page = await world.open(['--open', world.project('hello-world')]);
  await page.tells(/hello-world/);
  assert.equal(await world.startAgain(), 0);
  assert.equal(runs(world), 1);
  const other = world.project('node-api');
  const before = await page.run('return location.hash');
  assert.equal(await world.startAgain(['--open', 'node-api'], `${other}/..`), 0);
  await page.until('another project is shown', async () => {
    const hash = await page.run('return location.hash');
    return hash.startsWith('#/services/') && hash !== before;
  });
  await page.tells(/node-api/);
  const { said: start } = await page.ask('start');
  assert.match(await page.run('return location.hash'), new RegExp(start.opened));
  assert.equal(start.recent[0].id, start.opened);
  assert.equal((await page.driver.getAllWindowHandles()).length, 1);
}));

test('a window that is closed while nothing runs ends the app', inAWorld(async (world) => {
  const page = await world.open();
  await page.css('#root > *');
  await world.until('the window is shown', () => world.shownWindow());
  world.pressClose();
  await world.until('the app has ended', () => runs(world) === 0);
}));

test('work goes on behind a closed window, and a second start shows it again', inAWorld(async (world) => {
  const heard = await world.notifications();
  const page = await world.open();
  await page.css('#root > *');
  await world.until('the window is shown', () => world.shownWindow());
  const { said: task } = await page.ask('sandbox_up', { keepState: null });
  world.pressClose();
  await world.until('the window is hidden', () => world.shownWindow() === null);
  const { said: still } = await page.ask('task', { task: task.id });
  assert.equal(still.state, 'running');
  assert.equal(await world.startAgain(), 0);
  await world.until('the window is shown again', () => world.shownWindow());
  await world.until('the sandbox runs', async () => (await page.ask('task', { task: task.id })).said.state === 'done', LONG);
  assert.equal(runs(world), 1, 'a window that is shown stays when its work has ended');
  assert.doesNotMatch(heard.text, /member=Notify[^]*Start the sandbox failed/);
}));

test('the app ends with the last work of a closed window, and says so', inAWorld(async (world) => {
  const heard = await world.notifications();
  const page = await world.open();
  await page.css('#root > *');
  await world.until('the window is shown', () => world.shownWindow());
  const { said: task } = await page.ask('sandbox_up', { keepState: null });
  world.pressClose();
  await world.until('the window is hidden', () => world.shownWindow() === null);
  await world.until('the app has ended', () => runs(world) === 0, LONG);
  // The app may be gone before the pipe of the monitor is read.
  await world.until('the notice is heard', () => /member=Notify/.test(heard.text));
  assert.ok(heard.text.includes(task.title), heard.text);
}));
