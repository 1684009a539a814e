// Measures frames while 5,000 progress events stream into the page of a task: in Chromium with the in-memory host, and
// in the real window, where the events take the way of the engine's.
// usage: node frames.mjs [--document FILE] [--only chromium|window]
import { spawnSync } from 'node:child_process';
import { cpus, release } from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { EVENTS, script, task } from './stream.mjs';

const AIM = 50;
const { values: options } = parseArgs({ options: { document: { type: 'string' }, only: { type: 'string' } } });

async function inChromium() {
  const { start } = await import('../../ui/e2e/browser.mjs');
  const browser = await start();
  try {
    const { page } = await browser.open('task-stream', 'light', undefined, { reducedMotion: 'no-preference' });
    return await page.evaluate(`(async () => { ${script("(told) => window.dispatchEvent(new CustomEvent('pilothouse:told', { detail: told }))")} })()`);
  } finally {
    await browser.stop();
  }
}

/** The engine's answers about one task are given here, in the page; everything else is the engine's own. */
const STAND_IN = `
  const asked = window.fetch;
  const say = (value) => Promise.resolve(new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json', 'Tauri-Response': 'ok' } }));
  window.fetch = (address, how) => {
    const command = String(address).split('/').pop();
    const words = typeof how?.body === 'string' ? JSON.parse(how.body) : {};
    if (words.task !== 'stream') return asked(address, how);
    if (command === 'task') return say(window.streamed);
    if (command !== 'watch_task') return say(null);
    const channel = Number(String(words.tell).split(':')[1]);
    let index = 0;
    window.tellStream = (told) => { window.__TAURI_INTERNALS__.runCallback(channel, { index, message: told }); index += 1; };
    return say(null);
  };
  window.streamed = arguments[0];
  location.hash = '#/task/stream';
`;

async function inWindow() {
  const { LONG, World } = await import('../desktop/world.mjs');
  const world = await World.make();
  try {
    const page = await world.open();
    await page.driver.manage().setTimeouts({ script: LONG });
    await page.run(STAND_IN, task());
    await page.get('timeline');
    return await page.driver.executeAsyncScript(`const done = arguments[0]; const run = async () => { ${script('window.tellStream')} }; run().then(done, (thrown) => done({ failed: String(thrown) }));`);
  } finally {
    await world.end();
  }
}

const measured = [];
for (const [name, where, run] of [['Chromium, in-memory host', 'chromium', inChromium], ['the window (WebKitGTK)', 'window', inWindow]]) {
  if (options.only !== undefined && options.only !== where) continue;
  const one = await run();
  if (one.failed !== undefined) throw new Error(`${name}: ${one.failed}`);
  if (one.done === 0) throw new Error(`${name}: nothing of the stream was drawn`);
  measured.push({ name, ...one });
}
const lines = [
  '## Frames while 5,000 events stream',
  '',
  `${EVENTS.toLocaleString('en')} progress events of 480 resources in about ${Math.round(measured[0]?.seconds ?? 0)} s into the page of a deploy, drawn without a graphics card; ${cpus().length} cores, Linux ${release().split('.').slice(0, 2).join('.')}, ${new Date().toISOString().slice(0, 10)}. Reproduce with \`make bench\`.`,
  '',
  '| Where | Longest frame | Usual frame | Frames over 50 ms | Aim | Met |',
  '|---|---|---|---|---|---|',
  ...measured.map((one) => `| ${one.name} | ${one.longest.toFixed(0)} ms | ${one.typical.toFixed(0)} ms | ${one.over} of ${one.frames} | ${AIM} ms | ${one.longest <= AIM ? 'yes' : 'no'} |`),
];
console.log(lines.join('\n'));
if (options.document !== undefined) {
  const benches = dirname(fileURLToPath(import.meta.url));
  const written = spawnSync('python3', ['-B', '-c', 'import sys, measure; measure.section(sys.argv[1], "frames", sys.stdin.read().splitlines())', resolve(options.document)], { cwd: benches, input: lines.join('\n'), encoding: 'utf8' });
  if (written.status !== 0) throw new Error(written.stderr);
}
