// Measures the window: from its start to what is drawn, its memory at rest, and from Plan to its page.
// usage: node window.mjs [--runs N] [--document FILE]
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { cpus, release } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as rest } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LONG, World, built } from '../desktop/world.mjs';

const AIMS = { start: 0.5, memory: 250, plan: 0.3 };
const { values: options } = parseArgs({ options: { runs: { type: 'string', default: '5' }, document: { type: 'string' } } });
const runs = Number(options.runs);

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Seconds from the start of the process to its window on the display: it is shown when its page has drawn. */
async function start(world, words = []) {
  const before = performance.now();
  const app = spawn(built('pilothouse-desktop'), words, { env: world.environment, stdio: 'ignore', cwd: world.home });
  while (world.shownWindow() === null) {
    // Its end is only seen when this process looks up from its loop.
    await new Promise(setImmediate);
    if (app.exitCode !== null) throw new Error('the window did not open');
  }
  return { app, seconds: (performance.now() - before) / 1000 };
}

async function end(app) {
  app.kill();
  await once(app, 'exit');
}

/** Every process below one, and itself. */
function tree(root) {
  const listed = spawnSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).stdout.trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const found = [root];
  for (const pid of found) found.push(...listed.filter(([, parent]) => parent === pid).map(([child]) => child));
  return found;
}

/** The memory of a process and those below it in MiB, shared pages by their share. */
function memory(root) {
  const kib = tree(root).map((pid) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0));
  return kib.reduce((sum, one) => sum + one, 0) / 1024;
}

/** Seconds from the press of Plan to the first page of it, and to the plan. */
async function plan(page, project) {
  await page.go(`#/services/${project}`);
  await page.get('plan-button');
  return page.driver.executeAsyncScript(`const done = arguments[0];
    const found = (id) => document.querySelector('[data-testid="' + id + '"]') !== null;
    const begin = performance.now();
    let shown = null;
    const look = () => {
      const now = (performance.now() - begin) / 1000;
      if (shown === null && location.hash.startsWith('#/plan/')) shown = now;
      if (found('plan-headline')) done({ shown, whole: now });
      else requestAnimationFrame(look);
    };
    document.querySelector('[data-testid="plan-button"]').click();
    requestAnimationFrame(look);`);
}

const world = await World.make();
try {
  const starts = [];
  for (let run = 0; run <= runs; run += 1) {
    const { app, seconds } = await start(world);
    // The first one fills the system's caches.
    if (run > 0) starts.push(seconds);
    await end(app);
  }
  const { app } = await start(world);
  // At rest: what it does after its start is over.
  await rest(10_000);
  const idle = memory(app.pid);
  await end(app);

  const folder = world.project('hello-world');
  const page = await world.open(['--open', folder]);
  await page.driver.manage().setTimeouts({ script: LONG });
  await page.get('plan-button');
  const { said } = await page.ask('start');
  await plan(page, said.opened);
  await page.press('deploy-button');
  await page.says('live', /is live/, LONG);
  const plans = [];
  for (let run = 0; run < runs; run += 1) {
    world.change(folder, 'handler.py', 'successfully', `successfully${run}`);
    plans.push(await plan(page, said.opened));
  }
  const figures = {
    start: median(starts),
    memory: idle,
    shown: median(plans.map((one) => one.shown)),
    plan: median(plans.map((one) => one.whole)),
  };
  const row = (what, value, aim, is) => `| ${what} | ${value} | ${aim} | ${is ? 'yes' : 'no'} |`;
  const profile = process.env.PILOTHOUSE_PROFILE ?? 'debug';
  const lines = [
    '## The window',
    '',
    `Medians of ${runs} runs, ${profile} build, WebKitGTK on a virtual display without a graphics card, ${cpus().length} cores, Linux ${release().split('.').slice(0, 2).join('.')}, ${new Date().toISOString().slice(0, 10)}. Reproduce with \`make bench\`.`,
    '',
    '| | Measured | Aim | Met |',
    '|---|---|---|---|',
    row('start to the first page drawn', `${figures.start.toFixed(2)} s`, `${AIMS.start} s`, figures.start <= AIMS.start),
    row('memory at rest, all its processes (PSS)', `${figures.memory.toFixed(0)} MiB`, `${AIMS.memory} MB`, figures.memory * 1.048576 <= AIMS.memory),
    row('Plan pressed to the page of the plan', `${figures.shown.toFixed(2)} s`, `${AIMS.plan} s`, figures.shown <= AIMS.plan),
    row('Plan pressed to the plan of a change of code, on the sandbox', `${figures.plan.toFixed(2)} s`, `${AIMS.plan} s`, figures.plan <= AIMS.plan),
  ];
  console.log(lines.join('\n'));
  if (options.document !== undefined) {
    const benches = dirname(fileURLToPath(import.meta.url));
    const written = spawnSync('python3', ['-B', '-c', 'import sys, measure; measure.section(sys.argv[1], "window", sys.stdin.read().splitlines())', resolve(options.document)], { cwd: benches, input: lines.join('\n'), encoding: 'utf8' });
    if (written.status !== 0) throw new Error(written.stderr);
  }
} finally {
  await world.end();
}
