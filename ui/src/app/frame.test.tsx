import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Host, TaskView } from '@/bridge';
import { hostOf, type Scene } from '@/bridge/memory';
import { sampleDeployed, sampleProject } from '@/bridge/memory/samples';
import { App } from './App';
import { search } from './Palette';

// What the tests' browser lacks.
beforeAll(() => {
  // A busy computer draws late; what is never drawn still fails.
  configure({ asyncUtilTimeout: 10_000 });
  Element.prototype.scrollIntoView = () => undefined;
  Element.prototype.scrollTo = () => undefined;
  window.scrollTo = () => undefined;
  window.matchMedia ??= (media) => ({ media, matches: false, onchange: null, addEventListener: () => undefined, removeEventListener: () => undefined, addListener: () => undefined, removeListener: () => undefined, dispatchEvent: () => true });
  window.ResizeObserver ??= class {
    observe() { /* nothing changes its size here */ }
    unobserve() { /* as above */ }
    disconnect() { /* as above */ }
  };
});
afterEach(() => { cleanup(); window.location.hash = ''; });

function open(scene: Scene, calls: Partial<Host> = {}) {
  window.location.hash = scene.path;
  return render(<App host={{ ...hostOf(scene, 'dark'), ...calls }} />);
}
const task = (more: Partial<TaskView>): TaskView => ({ id: 't', kind: 'deploy', title: 'Deploy 4 changes to hello-world in dev', project: 'hello', plan: null, target: null, began: '2026-11-23T12:00:00.000Z', state: 'running', ended: null, now: '', last: 0, cancel: null, ...more });

describe('the frame', () => {
  it('shows the account, the Region and who you are on every page of a project', async () => {
    const identity = { account: '481516234201', region: 'eu-central-1', principal: 'arn:aws:sts::481516234201:assumed-role/Deployer/mira', principalWords: 'Deployer as mira', sandbox: false };
    for (const path of ['/services/hello', '/activity']) {
      open({ path: `${path}?project=hello&target=account:acme`, deployed: { ...sampleDeployed, identity } });
      const shown = await screen.findByTestId('identity');
      await waitFor(() => expect(shown.textContent).toContain('4815 1623 4201'));
      expect(shown.textContent).toContain('eu-central-1');
      expect(within(shown).getByTitle(identity.principal).textContent).toBe('Deployer as mira');
      cleanup();
    }
  });

  it('says production in words, at the top and at the foot', async () => {
    open({ path: '/services/hello?stage=prod', project: { ...sampleProject, stage: 'prod', production: true } });
    await waitFor(() => expect(screen.getAllByText('PRODUCTION')).toHaveLength(2));
  });

  it('wears the theme that was chosen', async () => {
    open({ path: '/' });
    await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
  });

  it('asks for the window once there is something to see', async () => {
    const painted = vi.fn(() => Promise.resolve());
    open({ path: '/' }, { painted });
    await waitFor(() => expect(painted).toHaveBeenCalled());
  });

  it('opens the project that the app was started with, once', async () => {
    open({ path: '/', start: { opened: 'hello' } });
    await waitFor(() => expect(window.location.hash).toContain('/services/hello'));
    fireEvent.click(screen.getByTestId('project-switcher'));
    await waitFor(() => expect(screen.getByTestId('try-sandbox')).toBeTruthy());
    expect(window.location.hash).not.toContain('/services/');
  });

  it('tells why nothing can be shown, and tries again', async () => {
    const start = vi.fn(() => Promise.reject({ code: 'LOCAL', title: 'the settings cannot be read', detail: 'Permission denied (os error 13)', hints: [], findings: [] }));
    open({ path: '/' }, { start });
    expect((await screen.findByTestId('problem')).textContent).toContain('Permission denied');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(start).toHaveBeenCalledTimes(2));
  });

  it('stays, with a way back, where there is no page', async () => {
    open({ path: '/nowhere' });
    fireEvent.click(await screen.findByRole('button', { name: 'Go to the overview' }));
    expect(await screen.findByTestId('try-sandbox')).toBeTruthy();
  });
});

describe('the status line', () => {
  it('holds what runs, then how it ended, and leads to it', async () => {
    let tell: (view: TaskView) => void = () => undefined;
    open({ path: '/activity' }, { tasks: () => Promise.resolve([task({ now: 'Creating the REST API' })]), watchTasks: (next) => { tell = next; return () => undefined; } });
    const line = await screen.findByTestId('status-line');
    await waitFor(() => expect(line.textContent).toContain('Creating the REST API'));
    act(() => tell(task({ state: 'failed', ended: '2026-11-23T12:01:00.000Z' })));
    await waitFor(() => expect(line.textContent).toBe('Deploy 4 changes to hello-world in dev: failed'));
    fireEvent.click(line);
    fireEvent.click(within(await screen.findByRole('list')).getByRole('button'));
    await waitFor(() => expect(window.location.hash).toContain('/task/t'));
  });
});

describe('every action', () => {
  it('is found by the beginning of its words, in any order', () => {
    const action = (id: string, label: string) => ({ id, label, run: () => undefined });
    const all = [action('a', 'Go to the logs'), action('b', 'Invoke vote'), action('c', 'Go to activity')];
    expect(search(all, 'log go').map((one) => one.id)).toEqual(['a']);
    expect(search(all, 'oke')).toEqual([]);
    expect(search(all, ' ').map((one) => one.id)).toEqual(['a', 'b', 'c']);
  });

  it('is done by Enter, and one that sleeps says why and stays', async () => {
    open({ path: '/' });
    await screen.findByTestId('try-sandbox');
    fireEvent.keyDown(window, { key: 'k', ctrlKey: true });
    const field = await screen.findByRole('combobox', { name: 'Find an action' });
    fireEvent.change(field, { target: { value: 'logs' } });
    expect(screen.getByRole('option', { name: /Go to the logs/ }).textContent).toContain('Open a project first');
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(window.location.hash).toBe('#/');
    fireEvent.change(field, { target: { value: 'sett' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(window.location.hash).toContain('/settings'));
  });
});
