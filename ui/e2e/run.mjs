// Every page in every state, in both themes: nothing is wrong in the console, axe finds nothing, nothing is cut off at
// any size; and the newcomer's way by keys alone. Answers in TAP.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { sizes, start } from './browser.mjs';
import { contrast } from './contrast.mjs';
import { journey } from './journey.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const only = process.argv[2];
const browser = await start();
let count = 0;
let failed = 0;
let rules = 0;

async function test(name, run) {
  const wrong = await run().catch((error) => [String(error.message)]);
  count += 1;
  if (wrong.length === 0) console.log(`ok ${count} - ${name}`);
  else {
    failed += 1;
    console.log(`not ok ${count} - ${name}`);
    for (const line of wrong.join('\n').split('\n').slice(0, 24)) console.log(`  # ${line}`);
  }
}

async function accessible(page, only = null) {
  await page.evaluate(axe);
  const options = { resultTypes: ['violations'], ...(only === null ? {} : { runOnly: { type: 'rule', values: only } }) };
  const found = await page.evaluate((asked) => window.axe.run(document, asked), options);
  rules += found.passes.length;
  return found.violations.map((one) => `${one.id} (${one.impact}): ${one.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''}`).join(' | ')}`);
}

/** Nothing sticks out of the window, and no text sticks out of its button. */
async function cut(page) {
  return page.evaluate(() => {
    const wrong = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) wrong.push(`the page is ${scrollWidth - clientWidth} px too wide`);
    for (const element of document.querySelectorAll('button, h1, [role=tab]')) {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || getComputedStyle(element).visibility === 'hidden') continue;
      if (box.right > window.innerWidth + 1 && element.closest('[role=tablist], [role=table], [role=region] [tabindex]') === null) wrong.push(`"${element.textContent.trim().slice(0, 40)}" ends at ${Math.round(box.right)} of ${window.innerWidth}`);
    }
    return wrong;
  });
}

const shapes = [['1024x700', sizes.small], ['1920x1080', sizes.large], ['200 % zoom', { width: 960, height: 540 }]];
const said = (word, found) => found.map((one) => `${word}: ${one}`);
const names = (await browser.scenes()).filter((name) => only === undefined || name.includes(only));

/** One scene: both themes under axe, then every size. */
async function look(tab, name) {
  const { page } = tab;
  const wrong = await tab.show(name);
  const found = [...said('light', await accessible(page)), ...said('1280x800', await cut(page))];
  await page.evaluate(() => { document.documentElement.dataset.theme = 'dark'; });
  found.push(...said('dark', await accessible(page, ['color-contrast'])));
  for (const [word, size] of shapes) {
    await page.setViewportSize(size);
    found.push(...said(word, await cut(page)));
  }
  return [...wrong, ...found];
}

// Two at a time: a browser's tabs are programs of their own. A tab that failed is not used again.
const waiting = [...names];
async function worker() {
  let tab = await browser.tab();
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const before = failed;
    const own = name;
    await test(own, () => look(tab, own));
    if (failed > before) {
      await tab.close();
      tab = await browser.tab();
    }
  }
  await tab.close();
}
await Promise.all([worker(), worker()]);
if (only === undefined || only === 'journey') for (const [name, run] of journey(browser)) await test(name, run);
if (only === undefined || only === 'contrast') for (const [name, run] of contrast(browser, accessible, cut)) await test(name, run);
await browser.stop();
console.log(`1..${count}`);
console.log(`# ${count - failed} passed, ${failed} failed; ${names.length} scenes; axe: ${rules} checks passed`);
process.exit(failed === 0 ? 0 : 1);
