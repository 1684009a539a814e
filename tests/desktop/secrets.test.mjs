// A secret in the real window, on the real local AWS: stored by form, shown once and hidden, copied past the page,
// changed, restored, deleted and put back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Key } from 'selenium-webdriver';
import { LONG, inAWorld } from './world.mjs';

const VALUE = 'first-value-7f3';

test('a secret is stored, shown, copied, changed, restored, deleted and put back', inAWorld(async (world) => {
  const up = world.command(['sandbox', 'up', '--json']);
  assert.equal(up.code, 0, up.errors);
  const page = await world.open();
  await page.go('/secrets');
  await page.tells(/No parameter is stored here yet/, LONG);
  await page.press('new-secret');
  await page.type('secret-name', '/aws/x');
  await page.says('broken', /AWS's own/);
  await page.type('secret-name', '/shop/dev/token');
  await page.type('secret-value', VALUE);
  await page.says('call', /Name: \/shop\/dev\/token/);
  await page.press('store-secret');
  await page.get('reveal', LONG);
  assert.equal((await page.run('return document.body.innerText')).includes(VALUE), false, 'a value is shown to who asks');
  await page.press('reveal');
  await page.says('shown-value', new RegExp(VALUE));
  await page.press('hide');
  await page.until('it is hidden', async () => !(await page.run('return document.body.innerText')).includes(VALUE));

  await page.press('copy-value');
  await page.tells(/in the clipboard for 30 s/);
  const field = await page.css('input[type=search]');
  await field.sendKeys(Key.chord(Key.CONTROL, 'v'));
  await page.until('it is pasted', async () => (await field.getAttribute('value')) === VALUE);
  await field.clear();
  await page.run('document.activeElement.blur()');

  await page.press('drawer-edit');
  await page.type('secret-value', 'second-value');
  await page.press('store-secret');
  await page.get('version-2', LONG);
  await page.press('restore-1');
  await page.get('version-3', LONG);
  const shown = world.command(['secrets', 'reveal', '/shop/dev/token', '--sandbox', '--json']);
  assert.deepEqual([JSON.parse(shown.out).value, JSON.parse(shown.out).version], [VALUE, 3]);

  await page.press('drawer-delete');
  await page.type('confirm-name', '/shop/dev/token');
  await page.press('confirm-button');
  await page.press('put-back', LONG);
  await page.until('it is back', () => world.command(['secrets', 'list', '/shop', '--sandbox', '--json']).out.includes('/shop/dev/token'));
  const noted = JSON.parse(world.command(['activity', '--json']).out).map((one) => one.verb);
  assert.deepEqual(noted, ['put back', 'delete', 'reveal', 'restore', 'set', 'reveal', 'reveal', 'set'], 'each is noted');
}));
