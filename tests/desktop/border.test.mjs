// The border between page and engine in the real webview: what a script that had got into the page could do.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { test } from 'node:test';
import { inAWorld } from './world.mjs';

/** A server that remembers who came: nobody should. */
async function trap() {
  const visits = [];
  const server = createServer((request, answer) => {
    visits.push(request.url);
    answer.setHeader('access-control-allow-origin', '*');
    answer.end('<h1>elsewhere</h1>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { visits, url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

test('the first start shows a page that knows of no project', inAWorld(async (world) => {
  const page = await world.open();
  await world.until('the window is shown', () => world.shownWindow());
  await page.css('#root > *');
  const { said } = await page.ask('start');
  assert.deepEqual(said.recent, []);
  assert.equal(said.opened, null);
  assert.ok(said.examples.length >= 2, 'there are examples');
  assert.equal(await page.run('return document.title'), 'Pilothouse');
}));

test('the page goes nowhere else and opens no other window', inAWorld(async (world) => {
  const elsewhere = await trap();
  try {
    const page = await world.open();
    await page.css('#root > *');
    const home = await page.run('return location.origin');
    await page.run('window.mark = 1');
    const attempts = [
      'location = arguments[0]',
      'location.replace(arguments[0])',
      'window.open(arguments[0])',
      'window.open(arguments[0], "_self")',
      'location = "data:text/html,<h1>elsewhere</h1>"',
      'location = "file:///etc/passwd"',
      'location = "javascript:window.mark = 2"',
      'const a = document.createElement("a"); a.href = arguments[0]; a.target = "_blank"; document.body.append(a); a.click(); a.remove()',
      'const a = document.createElement("a"); a.href = arguments[0]; document.body.append(a); a.click(); a.remove()',
      'const f = document.createElement("form"); f.action = arguments[0]; document.body.append(f); f.submit(); f.remove()',
      'const f = document.createElement("iframe"); f.src = arguments[0]; document.body.append(f)',
      'const f = document.createElement("iframe"); f.srcdoc = "<script>parent.mark = 3</script>"; document.body.append(f)',
      'const m = document.createElement("meta"); m.httpEquiv = "refresh"; m.content = `0;url=${arguments[0]}`; document.head.append(m)',
      'const i = new Image(); i.src = arguments[0]; document.body.append(i)',
      'fetch(arguments[0]).catch(() => undefined)',
      'navigator.sendBeacon(arguments[0])',
      'try { new WebSocket(arguments[0].replace("http", "ws")) } catch { }',
    ];
    for (const [number, attempt] of attempts.entries()) {
      await page.run(attempt, `${elsewhere.url}/${number}`);
      // An answer of the engine comes after whatever the attempt had begun in this page.
      const { said } = await page.ask('tasks');
      assert.deepEqual(said, [], attempt);
      assert.equal(await page.run('return location.origin'), home, attempt);
      assert.equal(await page.run('return window.mark'), 1, attempt);
    }
    assert.equal((await page.driver.getAllWindowHandles()).length, 1);
    assert.deepEqual(elsewhere.visits, []);
  } finally {
    elsewhere.close();
  }
}));

test('no script runs but the files of the app', inAWorld(async (world) => {
  const page = await world.open();
  await page.css('#root > *');
  const attempts = [
    'const s = document.createElement("script"); s.textContent = "window.ran = 1"; document.body.append(s)',
    'const d = document.createElement("div"); document.body.append(d); d.innerHTML = "<img src=x onerror=\'window.ran = 2\'>"',
    'const d = document.createElement("div"); document.body.append(d); d.setAttribute("onclick", "window.ran = 3"); d.click()',
    'const s = document.createElement("script"); s.src = "data:text/javascript,window.ran=4"; document.body.append(s)',
    'const s = document.createElement("script"); s.src = URL.createObjectURL(new Blob(["window.ran=5"])); document.body.append(s)',
    'const d = document.createElement("div"); document.body.append(d); d.innerHTML = "<svg><script>window.ran=6</script></svg>"',
    'setTimeout("window.ran = 7", 0)',
  ];
  for (const attempt of attempts) {
    await page.run(`try { ${attempt} } catch { }`);
    await page.ask('tasks');
    assert.equal(await page.run('return window.ran ?? null'), null, attempt);
  }
  const heard = await page.driver.executeAsyncScript(`const done = arguments[0];
    document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true });
    const s = document.createElement('script'); s.textContent = '1'; document.body.append(s);`);
  assert.match(heard, /^script-src/);
}));

test('the page reaches no command but its own', inAWorld(async (world) => {
  const page = await world.open();
  await page.css('#root > *');
  const others = [
    ['plugin:dialog|open', { options: {} }],
    ['plugin:dialog|save', { options: {} }],
    ['plugin:opener|open_url', { url: 'file:///etc/passwd' }],
    ['plugin:opener|open_path', { path: '/etc/passwd' }],
    ['plugin:notification|notify', { options: { title: 'hello' } }],
    ['plugin:shell|execute', { program: 'sh', args: [] }],
    ['plugin:fs|read_text_file', { path: '/etc/passwd' }],
    ['plugin:webview|create_webview_window', { options: { label: 'other', url: 'https://example.com' } }],
    ['plugin:window|set_title', { label: 'main', value: 'other' }],
    ['plugin:event|listen', { event: 'x', target: { kind: 'Any' }, handler: 1 }],
    ['plugin:path|resolve_directory', { directory: 1 }],
    ['read_file', { path: '/etc/passwd' }],
  ];
  for (const [command, words] of others) {
    const answer = await page.ask(command, words);
    assert.ok('refused' in answer, `${command} answered ${JSON.stringify(answer.said)}`);
  }
  assert.equal(await page.run('return window.__TAURI__ ?? null'), null);
  assert.equal(await page.run('return Object.isFrozen(Object.prototype)'), true);
}));

test('the page names nothing but what it was given an id for', inAWorld(async (world) => {
  const page = await world.open();
  await page.css('#root > *');
  const folder = world.project('hello-world');
  const place = { project: folder, stage: null, target: { kind: 'sandbox' } };
  for (const [command, words] of [
    ['project', { place }],
    ['plan', { place, withoutFiles: false }],
    ['open_example', { example: '../../etc' }],
    ['open_endpoint', { place, endpoint: 'file:///etc/passwd' }],
    ['deploy', { plan: 'x', token: 'x' }],
    ['task', { task: 'x' }],
  ]) {
    const { said, refused } = await page.ask(command, words);
    assert.equal(said, undefined, `${command} answered`);
    assert.equal(typeof refused.code, 'string', `${command}: ${JSON.stringify(refused)}`);
  }
}));
