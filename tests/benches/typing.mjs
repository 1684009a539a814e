// Measures frames while somebody types into a configuration of 3,000 lines: in Chromium with the in-memory host, and in
// the real window, where the engine checks the text whenever the keys rest.
// usage: node typing.mjs [--document FILE] [--only chromium|window]
import { spawnSync } from 'node:child_process';
import { cpus, release } from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const AIM = 50;
const FUNCTIONS = 300;
const { values: options } = parseArgs({ options: { document: { type: 'string' }, only: { type: 'string' } } });

const TEXT = `service: large\n\nprovider:\n  name: aws\n  runtime: nodejs22.x\n\nfunctions:\n${Array.from({ length: FUNCTIONS }, (_, index) => `  worker${index}:\n    handler: src/worker${index}.handler\n    memorySize: 512\n    timeout: 30 # seconds\n    environment:\n      NAME: \${self:service}-\${sls:stage}-worker${index}\n    events:\n      - sqs:\n          arn: arn:aws:sqs:us-east-1:123456789012:queue${index}\n          batchSize: 5\n`).join('')}`;
const LINES = TEXT.split('\n').length;

const WATCH = 'window.drawn = []; { let last = performance.now(); const step = (now) => { window.drawn.push(now - last); last = now; requestAnimationFrame(step); }; requestAnimationFrame(step); }';
const WRITTEN = ['timeou: ', '30', '\n', 'memorySize: ', '512', '\n', 'description: "', 'what it is for', '"', '\n', '# a comment of some length', '\n'];

async function inChromium() {
  const { start } = await import('../../ui/e2e/browser.mjs');
  const browser = await start();
  try {
    const { page } = await browser.open('editor-large', 'light', undefined, { reducedMotion: 'no-preference' });
    await page.locator('.cm-line').nth(8).click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.evaluate(WATCH);
    for (let round = 0; round < 4; round += 1) for (const text of WRITTEN) await page.keyboard.type(text, { delay: 25 });
    return await page.evaluate('window.drawn');
  } finally {
    await browser.stop();
  }
}

async function inWindow() {
  const { LONG, World } = await import('../desktop/world.mjs');
  const { Key } = await import('../desktop/node_modules/selenium-webdriver/index.js');
  const world = await World.make();
  try {
    const page = await world.open(['--open', world.write('large', { 'serverless.yml': TEXT })]);
    await page.press('service-edit');
    await page.says('editor-summary', /^No problems$/, LONG);
    const at = await page.run('const line = document.querySelector(\'[data-testid="editor-text"]\').shadowRoot.querySelectorAll(".cm-line")[8]; const { left, top } = line.getBoundingClientRect(); return { x: Math.round(left + 60), y: Math.round(top + 8) };');
    await page.driver.actions().move(at).click().sendKeys(Key.END, Key.ENTER).perform();
    await page.run(WATCH);
    for (let round = 0; round < 4; round += 1) for (const text of WRITTEN) await page.driver.actions().sendKeys(text.replace('\n', Key.ENTER)).perform();
    return await page.run('return window.drawn');
  } finally {
    await world.end();
  }
}

const measured = [];
for (const [name, where, run] of [['Chromium, in-memory host', 'chromium', inChromium], ['the window (WebKitGTK)', 'window', inWindow]]) {
  if (options.only !== undefined && options.only !== where) continue;
  const frames = (await run()).slice(2).sort((one, other) => one - other);
  measured.push({ name, frames: frames.length, typical: frames[frames.length >> 1], late: frames[Math.floor(frames.length * 0.99)], longest: frames.at(-1), over: frames.filter((one) => one > AIM).length });
}
const lines = [
  `## Frames while one types into ${LINES.toLocaleString('en')} lines`,
  '',
  `A configuration of ${FUNCTIONS} functions in the editor, checked by the engine whenever the keys rest, drawn without a graphics card; ${cpus().length} cores, Linux ${release().split('.').slice(0, 2).join('.')}, ${new Date().toISOString().slice(0, 10)}. Reproduce with \`make bench\`.`,
  '',
  '| Where | Longest frame | 99 of 100 | Usual frame | Frames over 50 ms | Aim | Met |',
  '|---|---|---|---|---|---|---|',
  ...measured.map((one) => `| ${one.name} | ${one.longest.toFixed(0)} ms | ${one.late.toFixed(0)} ms | ${one.typical.toFixed(0)} ms | ${one.over} of ${one.frames} | ${AIM} ms | ${one.longest <= AIM ? 'yes' : 'no'} |`),
];
console.log(lines.join('\n'));
if (options.document !== undefined) {
  const benches = dirname(fileURLToPath(import.meta.url));
  const written = spawnSync('python3', ['-B', '-c', 'import sys, measure; measure.section(sys.argv[1], "typing", sys.stdin.read().splitlines())', resolve(options.document)], { cwd: benches, input: lines.join('\n'), encoding: 'utf8' });
  if (written.status !== 0) throw new Error(written.stderr);
}
