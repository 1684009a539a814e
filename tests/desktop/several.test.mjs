// A folder of two services in the real window on the real local AWS: planned, deployed and removed together.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LONG, inAWorld } from './world.mjs';

test('two-services: opened from the first page, deployed together, and gone again', inAWorld(async (world) => {
  const page = await world.open();
  await page.press('open-two-services');
  await page.says('several-table', /shop[\s\S]*orders \(reads QueueUrl\)/);
  await page.get('several-drawing');
  await page.says('several-standing', /Nothing stands in dev/);

  await page.press('plan-all');
  await page.says('plan-headline', /^\d+ changes to 1 service in dev$/, LONG);
  await page.says('sum-of-shop', /known when orders stands/);
  await page.press('deploy-button');
  await page.says('several-result', /All 2 services stand in dev/, LONG);
  await page.says('answers-shop', /\/orders/);

  await page.press('to-several');
  await page.says('state-orders', /Live/, LONG);
  await page.says('state-shop', /Live/);
  // The command finds what the window left: the same goes on from here.
  const folder = `${world.home}/pilothouse-examples/two-services`;
  const again = JSON.parse(world.command(['deploy', '--all', '--sandbox', '--yes', '--json', '--dir', folder]).out);
  assert.deepEqual(again.releases.map((one) => one.changed), [false, false]);

  await page.press('remove-all');
  await page.says('removal-headline', /Remove 2 services from dev/, LONG);
  await page.says('removal-of-orders', /Queue[\s\S]*with the data that it holds/);
  await page.type('settle-stage', 'dev');
  await page.press('remove-button');
  await page.says('several-result', /All 2 services are gone from dev/, LONG);
  await page.press('to-several');
  await page.says('several-standing', /Nothing stands in dev/, LONG);
}));
