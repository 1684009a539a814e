// Pictures of every page in every state, in both themes, into docs/screens, with an index.
//
// usage: node screens.mjs [PART OF A SCENE'S NAME] [--into FOLDER]. A picture keeps 64 colours, which is what
// a page of this kind can be told by; ImageMagick does it, and without it the pictures stay as large as they were made.
import { execFile } from 'node:child_process';
import { mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { sizes, start } from './browser.mjs';
import { index } from './index.mjs';

const MOST_BYTES = 10_500_000;
const { values, positionals: [only] } = parseArgs({ allowPositionals: true, options: { into: { type: 'string', default: fileURLToPath(new URL('../../docs/screens', import.meta.url)) } } });
const folder = values.into;
const run = promisify(execFile);

/** Answers whether the picture became smaller. */
async function small(path) {
  return run('convert', [path, '-strip', '-dither', 'None', '-colors', '64', '-define', 'png:compression-level=9', `PNG8:${path}`]).then(() => true, () => false);
}

/** The width and height that a PNG says of itself, and how many bits a point has. */
async function measure(path) {
  const file = await open(path);
  const head = Buffer.alloc(26);
  await file.read(head, 0, head.length, 0);
  await file.close();
  return { width: head.readUInt32BE(16), height: head.readUInt32BE(20), isPalette: head[25] === 3 };
}

await mkdir(folder, { recursive: true });
if (only === undefined) for (const file of await readdir(folder)) if (file.endsWith('.png')) await rm(`${folder}/${file}`);
const browser = await start();
// Of the scenes with hostile names a few are enough to see; the tests look at all of them.
const HOSTILE = ['hostile-service-prod', 'hostile-plan-production', 'hostile-task-failed', 'hostile-logs'];
const names = (await browser.scenes()).filter((name) => !name.startsWith('hostile-') || only !== undefined || HOSTILE.includes(name));
const wrong = [];
let count = 0;
let bytes = 0;

async function take(page, name, theme) {
  const path = `${folder}/${name}-${theme}.png`;
  await page.screenshot({ path });
  const isSmall = await small(path);
  const { width, height, isPalette } = await measure(path);
  if (width !== sizes.usual.width || height !== sizes.usual.height) wrong.push(`${name}-${theme} is ${width} by ${height}`);
  if (isSmall && !isPalette) wrong.push(`${name}-${theme} has too many colours`);
  if (!isSmall && count === 0) console.log('ImageMagick is missing: the pictures stay large');
  bytes += (await stat(path)).size;
  count += 1;
}

async function both(name) {
  const { page, close } = await browser.open(name, 'light');
  await take(page, name, 'light');
  // The theme is one attribute.
  await page.evaluate(() => { document.documentElement.dataset.theme = 'dark'; });
  await page.waitForFunction(() => new Promise((done) => { setTimeout(() => requestAnimationFrame(() => done(true)), 60); }));
  await take(page, name, 'dark');
  await close();
}

const waiting = names.filter((name) => only === undefined || name.includes(only));
const worker = async () => { for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await both(name); };
await Promise.all([worker(), worker()]);
await browser.stop();
if (only === undefined) {
  await writeFile(`${folder}/README.md`, index(names));
  if (bytes > MOST_BYTES) wrong.push(`all together they have ${bytes} bytes, more than ${MOST_BYTES}`);
}
for (const line of wrong) console.error(line);
console.log(`${count} pictures, ${(bytes / 1e6).toFixed(1)} MB`);
process.exit(wrong.length === 0 ? 0 : 1);
