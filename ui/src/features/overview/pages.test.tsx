import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Host, TaskView } from '@/bridge';
import { showPage } from '@/bridge/memory/shown';
import { OverviewPage } from '.';
import { scenes } from './scenes';

// A busy computer draws late; what is never drawn still fails.
vi.setConfig({ testTimeout: 30_000 });
afterEach(() => { cleanup(); window.location.hash = ''; });

function show(name: string, calls?: Partial<Host>) {
  const scene = scenes[name];
  if (scene === undefined) throw new Error(`there is no scene ${name}`);
  return showPage('/', OverviewPage, scene, calls);
}
const up: TaskView = { id: 'up-1', kind: 'sandboxUp', title: '', project: null, plan: null, target: null, began: '', state: 'running', ended: null, now: '', last: 0, cancel: null };

describe('the first page', () => {
  it('offers three ways and four examples, and no list of projects', async () => {
    show('overview-first-run');
    expect(await screen.findByText('What do you want to deploy?')).toBeTruthy();
    expect(['try-sandbox', 'choose-folder', 'example-hello-world', 'example-using-kms', 'example-node-api', 'example-two-services'].filter((id) => screen.queryByTestId(id) === null)).toEqual([]);
    expect(screen.queryByTestId('recent')).toBeNull();
  });

  it('names what it looks for while it looks', async () => {
    show('overview-checking');
    await screen.findByTestId('try-sandbox');
    expect(screen.getAllByLabelText('Looking for it')).toHaveLength(4);
    expect(screen.getByText('PostgreSQL')).toBeTruthy();
  });

  it('starts the sandbox and shows its progress', async () => {
    const { address } = show('overview-first-run', { sandboxUp: () => Promise.resolve(up) });
    fireEvent.click(await screen.findByTestId('sandbox-start'));
    await waitFor(() => expect(address()).toContain('/task/up-1'));
  });

  it('does not start what cannot run, and gives the command that helps', async () => {
    const sandboxUp = vi.fn(() => Promise.resolve(up));
    show('overview-python-missing', { sandboxUp });
    const need = await screen.findByTestId('need-python');
    expect(need.textContent).toContain('sudo apt install python3-venv');
    expect(within(need).getByLabelText('Copy the command for Python 3.9 or later')).toBeTruthy();
    fireEvent.click(screen.getByTestId('sandbox-start'));
    expect(sandboxUp).not.toHaveBeenCalled();
    expect(screen.getByTestId('needs-again')).toBeTruthy();
  });

  it('opens an example, and says why one cannot be opened', async () => {
    const { address } = show('overview-first-run', { openExample: (id) => Promise.resolve(`${id}-1`) });
    fireEvent.click(await screen.findByTestId('open-hello-world'));
    await waitFor(() => expect(address()).toContain('/services/hello-world-1'));
    cleanup();
    show('overview-example-failed');
    fireEvent.click(await screen.findByTestId('open-hello-world'));
    expect((await screen.findByTestId('problem')).textContent).toContain('No space left on device');
  });

  it('stays where it is when no folder is chosen', async () => {
    const chooseFolder = vi.fn(() => Promise.resolve(null));
    const { address } = show('overview-first-run', { chooseFolder });
    fireEvent.click(await screen.findByTestId('choose-folder'));
    await waitFor(() => expect(chooseFolder).toHaveBeenCalled());
    expect(address()).toBe('#/');
  });
});

describe('recent projects', () => {
  it('open with the stage and the cloud they were left with', async () => {
    const { address } = show('overview-projects');
    const rows = within(await screen.findByTestId('recent')).getAllByRole('row');
    expect(rows).toHaveLength(7);
    fireEvent.click(rows[1] as HTMLElement);
    await waitFor(() => expect(address()).toContain('/services/polls-api'));
    expect(address()).toContain('stage=prod');
    expect(decodeURIComponent(address())).toContain('account:acme-prod');
  });

  it('whose folder is gone do not open, and can be taken off the list', async () => {
    const forgetProject = vi.fn(() => Promise.resolve());
    const { address } = show('overview-projects', { forgetProject });
    const row = within(await screen.findByTestId('recent')).getAllByRole('row')[6] as HTMLElement;
    expect(row.textContent).toContain('Folder not found');
    fireEvent.click(row);
    expect(address()).toBe('#/');
    fireEvent.click(within(row).getByRole('button'));
    await waitFor(() => expect(forgetProject).toHaveBeenCalledWith('invoice-worker-for-the-northern-region'));
    expect(address()).toBe('#/');
  });
});
