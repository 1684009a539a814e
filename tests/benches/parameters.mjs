// Measures frames while the page of secrets shows 10,000 parameters: scrolled from end to end, and filtered.
// usage: node parameters.mjs [--document FILE]
import { spawnSync } from 'node:child_process';
import { cpus, release } from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const AIM = 50;
const { values: options } = parseArgs({ options: { document: { type: 'string' } } });

/** Runs in the page: the frames of some work, without what was under way before. */
const framesOf = `async (work) => {
  const frames = [];
  await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
  let last = performance.now();
  let isOver = false;
  const frame = (now) => { frames.push(now - last); last = now; if (!isOver) requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  await work();
  isOver = true;
  const sorted = [...frames].sort((a, b) => a - b);
  return { frames: frames.length, longest: sorted.at(-1), typical: sorted[Math.floor(sorted.length / 2)], over: frames.filter((one) => one > ${AIM}).length };
}`;

async function measured() {
  const { start } = await import('../../ui/e2e/browser.mjs');
  const browser = await start();
  try {
    const { page } = await browser.open('secrets-many', 'light', undefined, { reducedMotion: 'no-preference' });
    const scroll = await page.evaluate(`(async () => {
      const place = document.querySelector('[data-testid=secrets] [role=rowgroup][tabindex]');
      return (${framesOf})(async () => {
        for (let step = 0; step < 240; step += 1) {
          place.scrollTop = (place.scrollHeight - place.clientHeight) * (step / 239);
          await new Promise((go) => requestAnimationFrame(go));
        }
      });
    })()`);
    const filter = await page.evaluate(`(async () => {
      const field = document.querySelector('input[type=search]');
      const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
      return (${framesOf})(async () => {
        for (const text of ['v', 'va', 'val', 'value', 'value-0', 'value-09', 'value-099', 'value-0999', '']) {
          write.call(field, text);
          field.dispatchEvent(new Event('input', { bubbles: true }));
          await new Promise((go) => setTimeout(go, 80));
        }
      });
    })()`);
    const rows = await page.evaluate("document.querySelectorAll('[data-testid=secrets] [role=row]').length");
    const memory = await page.evaluate('performance.memory === undefined ? 0 : performance.memory.usedJSHeapSize');
    return { scroll, filter, rows, memory };
  } finally {
    await browser.stop();
  }
}

const one = await measured();
const line = (name, of) => `| ${name} | ${of.longest.toFixed(0)} ms | ${of.typical.toFixed(0)} ms | ${of.over} of ${of.frames} | ${AIM} ms | ${of.longest <= AIM ? 'yes' : 'no'} |`;
const lines = [
  '## Frames of 10,000 parameters',
  '',
  `The page of secrets with 10,000 parameters, of which ${one.rows - 1} rows exist at a time; ${(one.memory / 1e6).toFixed(0)} MB of the page's own memory. Chromium, in-memory host, drawn without a graphics card; ${cpus().length} cores, Linux ${release().split('.').slice(0, 2).join('.')}, ${new Date().toISOString().slice(0, 10)}. Reproduce with \`make bench\`.`,
  '',
  '| What | Longest frame | Usual frame | Frames over 50 ms | Aim | Met |',
  '|---|---|---|---|---|---|',
  line('scrolled from end to end in 240 steps', one.scroll),
  line('filtered, letter by letter', one.filter),
];
console.log(lines.join('\n'));
if (options.document !== undefined) {
  const benches = dirname(fileURLToPath(import.meta.url));
  const written = spawnSync('python3', ['-B', '-c', 'import sys, measure; measure.section(sys.argv[1], "parameters", sys.stdin.read().splitlines())', resolve(options.document)], { cwd: benches, input: lines.join('\n'), encoding: 'utf8' });
  if (written.status !== 0) throw new Error(written.stderr);
}
