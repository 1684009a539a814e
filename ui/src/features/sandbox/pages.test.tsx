import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Host, TaskView } from '@/bridge';
import { showPage } from '@/bridge/memory/shown';
import { SandboxPage } from '.';
import { scenes } from './scenes';

afterEach(() => { cleanup(); window.location.hash = ''; });

function show(name: string, calls?: Partial<Host>) {
  const scene = scenes[name];
  if (scene === undefined) throw new Error(`there is no scene ${name}`);
  return showPage('/sandbox', SandboxPage, scene, calls);
}
const begun: TaskView = { id: 'sandbox-1', kind: 'sandboxUp', title: '', project: null, plan: null, target: null, began: '', state: 'running', ended: null, now: '', last: 0, cancel: null };

describe('the sandbox page', () => {
  it('says what it is, what it is not and where it is reached from', async () => {
    show('sandbox-running');
    expect((await screen.findByTestId('sandbox-standing')).textContent).toBe('Running');
    expect(screen.getByText('this computer only')).toBeTruthy();
    expect(within(screen.getByTestId('limits')).getAllByRole('listitem')).toHaveLength(9);
    expect(screen.getByText('runtime').tagName).toBe('CODE');
  });

  it('does not hide that others reach it', async () => {
    show('sandbox-reached-by-others');
    expect(await screen.findByText(/0\.0\.0\.0:5433/)).toBeTruthy();
    expect(screen.queryByText('this computer only')).toBeNull();
  });

  it('starts as the user left it, or as they say', async () => {
    const sandboxUp = vi.fn(() => Promise.resolve(begun));
    show('sandbox-stopped', { sandboxUp });
    fireEvent.click(await screen.findByTestId('sandbox-start'));
    await waitFor(() => expect(sandboxUp).toHaveBeenLastCalledWith(null));
    fireEvent.click(screen.getByRole('checkbox'));
    await waitFor(() => expect(screen.getByTestId('sandbox-start').getAttribute('aria-disabled')).toBeNull());
    fireEvent.click(screen.getByTestId('sandbox-start'));
    await waitFor(() => expect(sandboxUp).toHaveBeenLastCalledWith(true));
  });

  it('stops and empties only when what is lost was told', async () => {
    const [sandboxDown, sandboxReset] = [vi.fn(() => Promise.resolve(begun)), vi.fn(() => Promise.resolve(begun))];
    show('sandbox-running', { sandboxDown, sandboxReset });
    fireEvent.click(await screen.findByTestId('sandbox-stop'));
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('What is in it goes with it');
    expect(dialog.textContent).toContain('In use by pilothouse deploy (4711)');
    fireEvent.click(within(dialog).getByText('Leave it as it is'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sandboxDown).not.toHaveBeenCalled();
    fireEvent.click(screen.getByTestId('sandbox-empty'));
    fireEvent.click(await screen.findByTestId('sandbox-confirm'));
    await waitFor(() => expect(sandboxReset).toHaveBeenCalledTimes(1));
    expect(sandboxDown).not.toHaveBeenCalled();
  });

  it('tells how far its installation is', async () => {
    show('sandbox-installing');
    const progress = await screen.findByTestId('sandbox-progress');
    await waitFor(() => expect(progress.textContent).toContain('Fetching ministack (7 of 12)'));
    expect(within(progress).getByRole('progressbar').getAttribute('value')).toBe('7');
    expect(screen.getByTestId('sandbox-start').getAttribute('aria-disabled')).toBe('true');
  });

  it('says why it could not be installed, and tries again', async () => {
    const sandboxUp = vi.fn(() => Promise.resolve(begun));
    show('sandbox-not-fetched', { sandboxUp });
    const problem = await screen.findByTestId('sandbox-problem');
    expect(problem.textContent).toContain('SANDBOX_NETWORK');
    fireEvent.click(within(problem).getByText('Try again'));
    await waitFor(() => expect(sandboxUp).toHaveBeenCalled());
  });

  it('says when its log cannot be followed any more', async () => {
    show('sandbox-log-lost');
    expect(await screen.findByText('the log cannot be read any more')).toBeTruthy();
    expect(screen.getByText('Follow it again')).toBeTruthy();
  });
});
