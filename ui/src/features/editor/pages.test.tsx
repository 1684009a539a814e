import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { Host, Saved } from '@/bridge';
import { showPage } from '@/bridge/memory/shown';
import { discardAll, unsaved } from '@/shared/unsaved';
import { EditorPage } from '.';
import { scenes } from './scenes';

// A busy computer draws late; what is never drawn still fails.
vi.setConfig({ testTimeout: 30_000 });
// What was written outlives its page: the next test begins without it.
afterEach(() => { cleanup(); discardAll(unsaved()); window.location.hash = ''; });
// The tests' browser measures nothing.
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect ??= () => ({ left: 0, right: 0, top: 0, bottom: 0, width: 0, height: 0 }) as DOMRect;
Selection.prototype.getComposedRanges ??= () => [];
document.execCommand ??= () => false;

function show(name: string, calls: Partial<Host> = {}) {
  const found = scenes[name];
  if (found === undefined) throw new Error(`there is no scene ${name}`);
  return showPage('/editor/$project', EditorPage, found, calls);
}
const text = () => [...(screen.getByTestId('editor-text').shadowRoot?.querySelectorAll('.cm-line') ?? [])].map((line) => line.textContent).join('\n');
const sleeps = (id: string) => screen.getByTestId(id).getAttribute('aria-disabled') === 'true';

it('shows the text and what is wrong with it, and a fix writes what was meant', async () => {
  show('editor-problems');
  await waitFor(() => expect(screen.getByTestId('editor-summary').textContent).toBe('1 error, 3 warnings'));
  expect(text()).toContain('runtme: python3.13');
  expect(sleeps('editor-save')).toBe(true);
  fireEvent.click(screen.getByTestId('fix-1'));
  expect(text()).toContain('runtime: python3.13');
  expect(sleeps('editor-save')).toBe(false);
  await waitFor(() => expect(screen.getByTestId('editor-summary').textContent).toBe('1 error, 2 warnings'));
});

it('saves what was written with the digest that it began with', async () => {
  const saveText = vi.fn<Host['saveText']>(() => Promise.resolve({ kind: 'done', digest: 'new' } satisfies Saved));
  show('editor-problems', { saveText });
  await waitFor(() => expect(screen.getByTestId('fix-1')).toBeTruthy());
  fireEvent.click(screen.getByTestId('fix-1'));
  fireEvent.click(screen.getByTestId('editor-save'));
  await waitFor(() => expect(sleeps('editor-save')).toBe(true));
  const [, file, before, written] = saveText.mock.calls[0] ?? [];
  expect(file).toBe('serverless.yml');
  expect(before).toContain('runtme');
  expect(written).toContain('runtime: python3.13');
});

it('does not save over what somebody else wrote, and takes theirs when asked', async () => {
  show('editor-conflict');
  await waitFor(() => expect(screen.getByTestId('fix-1')).toBeTruthy());
  fireEvent.click(screen.getByTestId('fix-1'));
  fireEvent.click(screen.getByTestId('editor-save'));
  fireEvent.click(await screen.findByTestId('conflict-theirs'));
  await waitFor(() => expect(text()).toContain('votes.handler'));
  expect(sleeps('editor-save')).toBe(true);
});

it('asks before a text that is not saved is left', async () => {
  const page = show('editor-problems');
  await waitFor(() => expect(screen.getByTestId('fix-1')).toBeTruthy());
  fireEvent.click(screen.getByTestId('fix-1'));
  await waitFor(() => expect(sleeps('editor-save')).toBe(false));
  fireEvent.click(screen.getByTestId('editor-service'));
  fireEvent.click(await screen.findByTestId('leave-stay'));
  expect(page.address()).toContain('/editor/');
  fireEvent.click(screen.getByTestId('editor-service'));
  fireEvent.click(await screen.findByTestId('leave-discard'));
  await waitFor(() => expect(page.address()).toContain('/services/hello'));
});

/** Edits the configuration, and the file of events that it reads. */
async function editTwo() {
  fireEvent.click(await screen.findByTestId('fix-1'));
  await waitFor(() => expect(sleeps('editor-save')).toBe(false));
  fireEvent.click(screen.getByTestId('problem-3'));
  await waitFor(() => expect(text()).toContain('shcedule'));
  fireEvent.click(await screen.findByTestId('fix-0'));
  await waitFor(() => expect(sleeps('editor-save')).toBe(false));
}

it('keeps what was written while another file is looked at, and names each file before the page is left', async () => {
  const saveText = vi.fn<Host['saveText']>(() => Promise.resolve({ kind: 'done', digest: 'new' } satisfies Saved));
  const page = show('editor-leaving-several', { saveText });
  await editTwo();
  fireEvent.click(screen.getByTestId('editor-service'));
  expect((await screen.findByTestId('leave-names')).textContent).toBe('serverless.ymlevents/list.yml');
  fireEvent.click(screen.getByTestId('leave-stay'));
  window.location.hash = '/editor/hello?project=hello&stage=dev&target=sandbox';
  await waitFor(() => expect(text()).toContain('runtime: python3.13'));
  expect(sleeps('editor-save')).toBe(false);
  fireEvent.click(screen.getByTestId('editor-service'));
  fireEvent.click(await screen.findByTestId('leave-save'));
  await waitFor(() => expect(page.address()).toContain('/services/hello'));
  expect(saveText.mock.calls.map(([, file, before, written]) => [file, before === written, /runtime:|- schedule/.test(written)])).toEqual([['serverless.yml', false, true], ['events/list.yml', false, true]]);
});

it('stays with the file that cannot be saved, and keeps the rest', async () => {
  const theirs = { file: 'serverless.yml', text: 'service: theirs', digest: 'theirs', config: 'serverless.yml', others: [] };
  const page = show('editor-leaving-several', { saveText: () => Promise.resolve({ kind: 'conflict', theirs } satisfies Saved) });
  await editTwo();
  fireEvent.click(screen.getByTestId('editor-service'));
  fireEvent.click(await screen.findByTestId('leave-save'));
  await waitFor(() => expect(text()).toContain('runtime: python3.13'));
  expect(page.address()).toContain('/editor/');
  fireEvent.click(screen.getByTestId('editor-service'));
  expect((await screen.findByTestId('leave-names')).textContent).toContain('events/list.yml');
  fireEvent.click(screen.getByTestId('leave-discard'));
  await waitFor(() => expect(page.address()).toContain('/services/hello'));
});

it('asks about code in its place, and checks the text when it may run', async () => {
  show('editor-consent');
  fireEvent.click(await screen.findByTestId('editor-consent'));
  expect(await screen.findByText('It can reach the network.')).toBeTruthy();
  fireEvent.click(screen.getByTestId('allow-once'));
  await waitFor(() => expect(screen.getByTestId('editor-summary').textContent).toBe('No problems'));
  expect(screen.queryByTestId('program')).toBeNull();
});

it('does not ask about code that is not saved: it can only be allowed as it is on the disk', async () => {
  show('editor-consent-not-saved');
  fireEvent.click(await screen.findByTestId('fix-1'));
  expect(await screen.findByText(/Save it, and you are asked whether it may run/)).toBeTruthy();
  expect(screen.queryByTestId('editor-consent')).toBeNull();
});

it('opens the file that a problem is in', async () => {
  const page = show('editor-problems');
  fireEvent.click(await screen.findByTestId('problem-3'));
  await waitFor(() => expect(page.address()).toContain('events%2Flist.yml'));
});

it('says why a file cannot be opened', async () => {
  show('editor-failed');
  expect((await screen.findByTestId('editor-failed')).textContent).toContain('not UTF-8');
});
