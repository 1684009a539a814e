import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { HostProvider, type Leaving } from '@/bridge';
import { hostOf } from '@/bridge/memory';
import { holdUnsaved, LeaveWindow, letGo, unsaved } from '.';

afterEach(() => { cleanup(); for (const one of unsaved()) letGo(one.id); });

/** The window around nothing, with the engine's question at hand. */
function show() {
  const told: { ask: ((why: Leaving) => void) | null } = { ask: null };
  const leave = vi.fn(() => Promise.resolve());
  const host = { ...hostOf({ path: '/' }, 'light'), leave, watchLeaving: (tell: (why: Leaving) => void) => { told.ask = tell; return () => { told.ask = null; }; } };
  render(<HostProvider host={host}><LeaveWindow /></HostProvider>);
  return { told, leave };
}
const written = (name: string, save: (() => Promise<{ kind: 'saved' }>) | null = () => Promise.resolve({ kind: 'saved' })) => ({ id: name, project: 'hello', name, save, discard: vi.fn() });

it('has the engine ask only while something is not saved', async () => {
  const { told } = show();
  expect(told.ask).toBeNull();
  holdUnsaved(written('serverless.yml'));
  await waitFor(() => expect(told.ask).not.toBeNull());
  letGo('serverless.yml');
  await waitFor(() => expect(told.ask).toBeNull());
});

it('names everything, saves it, and lets the window go', async () => {
  const { told, leave } = show();
  const save = vi.fn(() => Promise.resolve({ kind: 'saved' as const }));
  holdUnsaved(written('serverless.yml', save));
  holdUnsaved(written('events/list.yml', save));
  await waitFor(() => expect(told.ask).not.toBeNull());
  told.ask?.('close');
  expect((await screen.findByTestId('leave-names')).textContent).toBe('serverless.ymlevents/list.yml');
  fireEvent.click(screen.getByTestId('leave-save'));
  await waitFor(() => expect(leave).toHaveBeenCalledTimes(1));
  expect(save).toHaveBeenCalledTimes(2);
  expect(unsaved()).toEqual([]);
});

it('stays when that is chosen, and gives up what was written when that is', async () => {
  const { told, leave } = show();
  const one = written('serverless.yml');
  holdUnsaved(one);
  await waitFor(() => expect(told.ask).not.toBeNull());
  told.ask?.('close');
  fireEvent.click(await screen.findByTestId('leave-stay'));
  await waitFor(() => expect(screen.queryByTestId('leave-stay')).toBeNull());
  expect([leave.mock.calls.length, unsaved().length]).toEqual([0, 1]);
  told.ask?.('close');
  fireEvent.click(await screen.findByTestId('leave-discard'));
  await waitFor(() => expect(leave).toHaveBeenCalledTimes(1));
  expect(one.discard).toHaveBeenCalledTimes(1);
});

it('does not offer to save what only its form can save', async () => {
  const { told } = show();
  holdUnsaved(written('hello by form', null));
  await waitFor(() => expect(told.ask).not.toBeNull());
  told.ask?.('open');
  expect((await screen.findByTestId('leave-discard')).textContent).toBe('Open without saving');
  expect(screen.queryByTestId('leave-save')).toBeNull();
});

it('stops a reload while something is not saved', () => {
  show();
  const reload = () => window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  expect(reload()).toBe(true);
  holdUnsaved(written('serverless.yml'));
  expect(reload()).toBe(false);
});
