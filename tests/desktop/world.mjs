// A desktop of a test's own: display, session bus, home folder, and the real window driven through WebDriver.
//
// Everything that a world starts, it ends; a test that fails leaves a picture of its window behind.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Builder, By } from 'selenium-webdriver';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const BUILT = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), process.env.PILOTHOUSE_PROFILE ?? 'debug');
const CACHE = process.env.PILOTHOUSE_CACHE ?? join(homedir(), '.cache/pilothouse');
const PICTURES = join(CACHE, 'pictures');

/** How long a page may take over what needs no cloud. */
const SOON = 15_000;
/** How long the local AWS may take over a deploy. */
export const LONG = 90_000;

/** The path of a built program; building is not this test's work. */
export function built(name) {
  const path = join(BUILT, name);
  if (!existsSync(path)) throw new Error(`${path} is not built: run make test, or cargo build -p pilothouse-cli -p pilothouse-desktop`);
  return path;
}

/** A moment between two looks at something that nobody announces. */
const next = () => new Promise((look) => setTimeout(look, 50));

/** A number of a port that nobody listens to. */
async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** The first line that a program says. */
async function firstLine(stream) {
  const lines = createInterface({ input: stream });
  const [line] = await once(lines, 'line');
  return line;
}

async function listens(port) {
  const until = Date.now() + SOON;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => null);
    if (answer?.ok) return;
    if (Date.now() > until) throw new Error(`nothing listens to ${port}`);
    await next();
  }
}

/** A desktop without a window yet. */
export class World {
  #started = [];
  #driver = null;

  static async make() {
    const world = new World();
    world.home = realpathSync(mkdtempSync(join(tmpdir(), 'pilothouse-desktop-')));
    mkdirSync(join(world.home, 'runtime'), { mode: 0o700 });
    mkdirSync(join(world.home, 'projects'));
    const kept = Object.fromEntries(['PATH', 'LANG', 'LD_LIBRARY_PATH', 'WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS'].filter((name) => name in process.env).map((name) => [name, process.env[name]]));
    world.environment = {
      ...kept,
      HOME: world.home,
      PILOTHOUSE_HOME: join(world.home, 'pilothouse'),
      PILOTHOUSE_SANDBOX_INSTALL: process.env.PILOTHOUSE_SANDBOX_INSTALL ?? join(CACHE, 'sandbox-install'),
      XDG_RUNTIME_DIR: join(world.home, 'runtime'),
      XDG_CONFIG_HOME: join(world.home, 'config'),
      XDG_DATA_HOME: join(world.home, 'data'),
      XDG_CACHE_HOME: join(world.home, 'cache'),
      AWS_EC2_METADATA_DISABLED: 'true',
      // There is no accessibility bus on this desktop, and none is to be waited for.
      NO_AT_BRIDGE: '1',
      GTK_A11Y: 'none',
    };
    await world.#display();
    await world.#bus();
    return world;
  }

  async #display() {
    const server = this.#start('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], ['ignore', 'ignore', 'ignore', 'pipe']);
    this.environment.DISPLAY = `:${await firstLine(server.stdio[3])}`;
  }

  async #bus() {
    const bus = this.#start('dbus-daemon', ['--session', '--nofork', '--print-address=1'], ['ignore', 'pipe', 'ignore']);
    this.environment.DBUS_SESSION_BUS_ADDRESS = await firstLine(bus.stdout);
  }

  #start(program, words, stdio = 'ignore') {
    const child = spawn(program, words, { env: this.environment, stdio, cwd: this.home });
    child.on('error', (problem) => { throw new Error(`${program} cannot be started (make test installs it): ${problem.message}`); });
    this.#started.push(child);
    return child;
  }

  /** Hears what is told to the desktop's notifications, as text. */
  async notifications() {
    const monitor = this.#start('dbus-monitor', ['--session', "interface='org.freedesktop.Notifications'"], ['ignore', 'pipe', 'ignore']);
    const heard = { text: '' };
    monitor.stdout.on('data', (data) => { heard.text += data; });
    await once(monitor.stdout, 'data');
    return heard;
  }

  /** Copies an example, so that a test may change it. */
  project(example, name = example) {
    const folder = join(this.home, 'projects', name);
    cpSync(join(ROOT, 'examples', example), folder, { recursive: true });
    return folder;
  }

  /** Writes a project of the test's own. */
  write(name, files) {
    const folder = join(this.home, 'projects', name);
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    return folder;
  }

  /** Replaces a text in a file, which must be there. */
  change(folder, file, from, to) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${from} is not in ${path}`);
    writeFileSync(path, text.replace(from, to));
  }

  /** The command `pilothouse` in this home; answers what it printed. */
  command(words, folder = this.home) {
    const ran = spawnSync(built('pilothouse'), words, { env: { ...this.environment, NO_COLOR: '1' }, cwd: folder, encoding: 'utf8', timeout: LONG });
    return { code: ran.status, out: ran.stdout, errors: ran.stderr };
  }

  /** Starts the app a second time; answers when that second process has ended. */
  async startAgain(words = [], folder = this.home) {
    const second = spawn(built('pilothouse-desktop'), words, { env: this.environment, stdio: 'ignore', cwd: folder });
    this.#started.push(second);
    const timer = setTimeout(() => second.kill(), SOON);
    const [code] = await once(second, 'exit');
    clearTimeout(timer);
    // Without a first one to show, a second start is a first one: it would stay.
    if (code === null) throw new Error('the second start did not end: there was no first window any more');
    return code;
  }

  /** Opens the window and answers its page. */
  async open(words = []) {
    const [port, native] = [await freePort(), await freePort()];
    this.#driver = this.#start('tauri-driver', ['--port', String(port), '--native-port', String(native), '--native-driver', webKitDriver()]);
    await listens(port);
    this.driver = await new Builder()
      .usingServer(`http://127.0.0.1:${port}/`)
      .withCapabilities({ browserName: 'wry', 'tauri:options': { application: built('pilothouse-desktop'), args: words } })
      .build();
    return new Page(this.driver);
  }

  /** Ends the window's process, as a crash or a log-out would. */
  async closeDriver() {
    await this.driver?.quit().catch(() => undefined);
    this.driver = undefined;
    this.#driver?.kill();
    this.#driver = null;
  }

  /** The window as the display knows it; null while it is hidden. */
  shownWindow() {
    const found = spawnSync('xdotool', ['search', '--onlyvisible', '--name', '^Pilothouse$'], { env: this.environment, encoding: 'utf8' });
    return found.stdout.trim().split('\n').filter(Boolean)[0] ?? null;
  }

  /** Presses the window's close button. */
  pressClose() {
    const window = this.shownWindow();
    if (window === null) throw new Error('there is no window to close');
    const sent = spawnSync('python3', [join(ROOT, 'tests/desktop/close.py'), window], { env: this.environment, encoding: 'utf8' });
    if (sent.status !== 0) throw new Error(`the window cannot be asked to close: ${sent.stderr}`);
  }

  /** The ids of the processes of this home whose command line is what is looked for. */
  processes(holding) {
    const listed = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).stdout;
    const found = listed.split('\n').map((line) => /^\s*(\d+) (.*)$/.exec(line)).filter((line) => line !== null && holding(line[2]));
    return found.map((line) => Number(line[1])).filter((pid) => this.#isOurs(pid));
  }

  #isOurs(pid) {
    try {
      return ['environ', 'cmdline'].some((file) => readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(this.home));
    } catch {
      // It has ended meanwhile.
      return false;
    }
  }

  /** Waits until something holds. */
  async until(what, holds, patience = SOON) {
    const end = Date.now() + patience;
    for (;;) {
      const answer = await holds();
      if (answer) return answer;
      if (Date.now() > end) throw new Error(`it has not come to pass: ${what}`);
      await next();
    }
  }

  /** Keeps a picture of the display for whoever looks into a failure. */
  async picture(name) {
    mkdirSync(PICTURES, { recursive: true });
    const path = join(PICTURES, `${name.replace(/[^a-z0-9]+/gi, '-')}.png`);
    spawnSync('import', ['-window', 'root', path], { env: this.environment });
    const page = await this.driver?.getPageSource().catch(() => '');
    writeFileSync(path.replace('.png', '.html'), page ?? '');
    console.log(`# a picture of the window: ${path}`);
  }

  /** Ends everything that was begun here. */
  async end() {
    await this.closeDriver();
    if (existsSync(join(this.home, 'pilothouse'))) this.command(['sandbox', 'down']);
    for (const child of this.#started.reverse()) {
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
        child.kill();
        await once(child, 'exit');
      }
    }
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

function webKitDriver() {
  const path = (process.env.PATH ?? '').split(':').map((folder) => join(folder, 'WebKitWebDriver')).find(existsSync);
  if (path === undefined) throw new Error('WebKitWebDriver is missing: make test installs it');
  return path;
}

/** What a test does with the page, in a person's words. */
export class Page {
  constructor(driver) {
    this.driver = driver;
  }

  /** The shown element with a test id. */
  async get(id, patience = SOON) {
    return this.#shown(By.css(`[data-testid="${id}"]`), id, patience);
  }

  /** The shown element of a CSS selector. */
  async css(selector, patience = SOON) {
    return this.#shown(By.css(selector), selector, patience);
  }

  /** A page that is drawn anew replaces its elements: each look finds them again. */
  async #shown(by, name, patience) {
    const look = async () => {
      for (const element of await this.driver.findElements(by)) {
        if (await element.isDisplayed().catch(() => false)) return element;
      }
      return null;
    };
    return this.driver.wait(look, patience, `${name} is not shown`);
  }

  /** Presses what has a test id, when it is awake. */
  async press(id, patience = SOON) {
    await this.driver.wait(async () => {
      const element = await this.get(id, patience);
      const asleep = (await element.getAttribute('aria-disabled')) === 'true' || !(await element.isEnabled());
      if (asleep) return false;
      await element.click();
      return true;
    }, patience, `${id} cannot be pressed`);
  }

  /** Waits until the text of a test id matches, and answers it. */
  async says(id, pattern, patience = SOON) {
    let text = '';
    const told = async () => {
      // As the page lays it out: WebDriver's own reading answers nothing for some headings.
      text = await this.run('return document.querySelector(arguments[0])?.innerText ?? "(absent)"', `[data-testid="${id}"]`);
      return pattern.test(text);
    };
    await this.driver.wait(told, patience).catch(() => { throw new Error(`${id} says "${text}", not ${pattern}`); });
    return text;
  }

  /** Waits until the page as a whole says something. */
  async tells(pattern, patience = SOON) {
    let text = '';
    const told = async () => {
      text = await this.driver.executeScript('return document.body.innerText');
      return pattern.test(text);
    };
    await this.driver.wait(told, patience).catch(() => { throw new Error(`the page does not say ${pattern}:\n${text}`); });
    return text;
  }

  /** Types into what has a test id. */
  async type(id, text, patience = SOON) {
    const field = await this.get(id, patience);
    await field.clear();
    await field.sendKeys(text);
  }

  /** Goes to an address of the app. */
  async go(address) {
    await this.run('location.hash = arguments[0]', address);
  }

  /** Waits until something holds. */
  async until(what, holds, patience = SOON) {
    await this.driver.wait(holds, patience, `it has not come to pass: ${what}`);
  }

  /** Runs a script in the page, as hostile content that had got in would. */
  async run(script, ...words) {
    return this.driver.executeScript(script, ...words);
  }

  /** Asks the engine directly, as a script in the page could; answers what it said or how it refused. */
  async ask(command, words = {}) {
    return this.driver.executeAsyncScript(
      'const [command, words, done] = arguments; window.__TAURI_INTERNALS__.invoke(command, words).then((said) => done({ said }), (refused) => done({ refused }));',
      command,
      words,
    );
  }
}

/** Runs a test in a world of its own; a failure leaves a picture. */
export function inAWorld(work) {
  return async (test) => {
    const world = await World.make();
    try {
      await work(world);
    } catch (problem) {
      await world.picture(test.name);
      throw problem;
    } finally {
      await world.end();
    }
  };
}
