// Pictures of every page in every state, in both themes, into docs/screens.
import { mkdir, readdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { start } from './browser.mjs';

const folder = fileURLToPath(new URL('../../docs/screens', import.meta.url));
const only = process.argv[2];
await mkdir(folder, { recursive: true });
if (only === undefined) for (const file of await readdir(folder)) if (file.endsWith('.png')) await rm(`${folder}/${file}`);
const browser = await start();
let count = 0;
for (const name of await browser.scenes()) {
  if (only !== undefined && !name.includes(only)) continue;
  for (const theme of ['light', 'dark']) {
    const { page, close } = await browser.open(name, theme);
    await page.screenshot({ path: `${folder}/${name}-${theme}.png` });
    await close();
    count += 1;
  }
}
await browser.stop();
console.log(`${count} pictures`);
