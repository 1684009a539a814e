// The page in a browser with the in-memory host, served under the app's own policy and its frozen prototypes.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../dist-memory', import.meta.url));
const config = JSON.parse(await readFile(new URL('../../src-tauri/tauri.conf.json', import.meta.url), 'utf8'));
const policy = Object.entries(config.app.security.csp).map(([name, sources]) => `${name} ${sources}`).join('; ');
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.png': 'image/png', '.svg': 'image/svg+xml' };
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const sizes = { usual: { width: 1280, height: 800 }, small: { width: 1024, height: 700 }, large: { width: 1920, height: 1080 } };

// The bundle's names have their contents' hash: a tab that shows scene after scene reads and compiles it once.
const kept = (file) => (file.startsWith('/assets/') ? { 'cache-control': 'max-age=3600, immutable' } : {});

async function serve() {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://page').pathname);
    const file = path === '/' ? '/index.html' : path;
    try {
      const body = await readFile(join(root, file));
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-security-policy': policy, ...kept(file) });
      response.end(body);
    } catch {
      response.writeHead(file === '/favicon.ico' ? 204 : 404).end();
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
}

/** What waits shows its skeleton after a moment; everything else stands after two frames. */
const still = (page) => page.waitForFunction(() => new Promise((done) => { setTimeout(() => requestAnimationFrame(() => done(true)), 220); }));

async function settled(page) {
  await page.waitForSelector('html[data-painted]', { timeout: 10_000 });
  await page.evaluate(() => document.fonts.ready);
  await still(page);
  // Some states come only of an action.
  const press = await page.evaluate(() => document.documentElement.dataset.press?.split(' ').filter(Boolean) ?? []);
  for (const one of press) {
    const [id, text] = one.split('=');
    if (text === undefined) await page.getByTestId(id).click();
    else await page.getByTestId(id).fill(text);
  }
  if (press.length > 0) await still(page);
}

export async function start() {
  const { server, origin } = await serve();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: quiet });
  return {
    /** A tab that shows one scene after the other: each is loaded anew, and nothing a page keeps outlives its scene. */
    async tab(theme = 'light', size = sizes.usual, more = {}) {
      const context = await browser.newContext({ viewport: size, colorScheme: theme, reducedMotion: 'reduce', ...more });
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin }).catch(() => undefined);
      const page = await context.newPage();
      let wrong = [];
      await page.addInitScript(() => Object.freeze(Object.prototype));
      page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
      page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') wrong.push(`${message.type()}: ${message.text()}`); });
      page.on('request', (request) => { if (!request.url().startsWith(origin)) wrong.push(`asked ${request.url()}`); });
      return {
        page,
        /** Shows a scene until it stands still, and answers with what a page must never say. */
        async show(scene) {
          wrong = [];
          await page.setViewportSize(size);
          await page.goto(`${origin}/?scene=${scene}&theme=${theme}`);
          await settled(page);
          return wrong;
        },
        close: () => context.close(),
      };
    },
    /** A scene in a tab of its own. */
    async open(scene, theme = 'light', size = sizes.usual, more = {}) {
      const { page, show, close } = await this.tab(theme, size, more);
      const wrong = await show(scene);
      return { page, wrong, close };
    },
    async scenes() {
      const { page, close } = await this.open('overview-first-run');
      const names = await page.evaluate(() => document.documentElement.dataset.scenes.split(' '));
      await close();
      return names.filter((name) => name !== 'journey' && name !== 'task-stream');
    },
    async stop() {
      await browser.close();
      server.close();
    },
  };
}
