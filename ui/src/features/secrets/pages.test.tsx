import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Host } from '@/bridge';
import { showPage } from '@/bridge/memory/shown';
import { ComparePage, SecretsPage } from '.';
import { scenes } from './scenes';

afterEach(() => { cleanup(); vi.useRealTimers(); window.location.hash = ''; });

function show(name: string, calls?: Partial<Host>) {
  const scene = scenes[name];
  if (scene === undefined) throw new Error(`there is no scene ${name}`);
  return scene.path.startsWith('/secrets/compare') ? showPage('/secrets/compare', ComparePage, scene, calls) : showPage('/secrets', SecretsPage, scene, calls);
}
const press = async (id: string) => fireEvent.click(await screen.findByTestId(id));
const write = async (id: string, value: string) => fireEvent.change(await screen.findByTestId(id), { target: { value } });

describe('the list', () => {
  it('is narrowed by path and by words, and shows all again', async () => {
    const { address } = show('secrets');
    const table = await screen.findByTestId('secrets');
    expect(within(table).getAllByRole('row')).toHaveLength(11);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'smtp' } });
    expect(within(table).getAllByRole('row')).toHaveLength(3);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'nothing like it' } });
    fireEvent.click(screen.getByText('Show all'));
    fireEvent.click(screen.getByTitle('/polls/dev'));
    await waitFor(() => expect(address()).toContain('path=%2Fpolls%2Fdev'));
    expect(within(screen.getByTestId('secrets')).getAllByRole('row')).toHaveLength(3);
  });

  it('draws a few of ten thousand', async () => {
    show('secrets-many');
    expect((await screen.findByTestId('shown')).textContent).toBe('10,000 of 10,000 shown');
    expect(within(screen.getByTestId('secrets')).queryAllByRole('row').length).toBeLessThan(80);
  });

  it('says how far it is when AWS turns it away, and shows what was read', async () => {
    show('secrets-throttled');
    expect(await screen.findByText(/2,140 of 10,000 done, going on in 3 s/)).toBeTruthy();
    expect(screen.getByTestId('shown').textContent).toBe('2,140 of 2,140 shown');
  });

  it('shows the statement to ask for when it is denied', async () => {
    show('secrets-denied');
    const told = (await screen.findByTestId('problem')).textContent;
    expect(told).toContain('"Action":"ssm:DescribeParameters"');
  });

  it('does not start a stopped sandbox', async () => {
    show('secrets-stopped');
    expect(await screen.findByTestId('go-sandbox')).toBeTruthy();
    expect(screen.queryByTestId('new-secret')).toBeNull();
  });
});

describe('a value', () => {
  it('is shown when it is asked for, once, and hidden again after 30 s', async () => {
    const revealSecret = vi.fn(() => Promise.resolve({ name: 'x', version: 7, value: 'hunter2-shown', seconds: 30 }));
    show('secrets-open', { revealSecret });
    const reveal = await screen.findByTestId('reveal');
    expect(revealSecret).not.toHaveBeenCalled();
    expect(document.body.textContent).not.toContain('hunter2-shown');
    vi.useFakeTimers();
    await act(async () => { fireEvent.click(reveal); await Promise.resolve(); });
    await act(async () => { await vi.advanceTimersByTimeAsync(1000); });
    expect(screen.getByTestId('shown-value').textContent).toBe('hunter2-shown');
    await act(async () => { await vi.advanceTimersByTimeAsync(28_000); });
    expect(screen.queryByTestId('shown-value')).not.toBeNull();
    await act(async () => { await vi.advanceTimersByTimeAsync(2000); });
    expect(screen.queryByTestId('shown-value')).toBeNull();
    expect(document.body.textContent).not.toContain('hunter2-shown');
    expect(revealSecret).toHaveBeenCalledTimes(1);
  });

  it('goes to the clipboard past the page', async () => {
    const copySecret = vi.fn(() => Promise.resolve({ version: 7, seconds: 30 }));
    const revealSecret = vi.fn();
    show('secrets-open', { copySecret, revealSecret });
    await press('copy-value');
    expect(await screen.findByText(/in the clipboard for 30 s/)).toBeTruthy();
    expect(copySecret).toHaveBeenCalledWith({ target: { kind: 'sandbox' }, region: null }, '/polls/prod/db/password');
    expect(revealSecret).not.toHaveBeenCalled();
  });

  it('says who may let it be seen when it is denied', async () => {
    show('secrets-reveal-denied');
    await press('reveal');
    expect((await screen.findByTestId('value-problem')).textContent).toContain('kms:Decrypt');
  });
});

describe('the form', () => {
  it('sends the value beside the draft, and stores it', async () => {
    const setSecret = vi.fn((_place: unknown, draft: { name: string }) => Promise.resolve({ name: draft.name, version: 1, overtaken: [] }));
    const checkSecret = vi.fn((_region: string, draft: { name: string }) => Promise.resolve({ broken: [], command: `pilothouse secrets set ${draft.name}`, call: ['ssm:PutParameter'] }));
    const { address } = show('secrets-new', { setSecret, checkSecret } as Partial<Host>);
    await write('secret-name', '/polls/prod/new');
    await write('secret-value', 'hunter2\ntwo');
    await waitFor(() => expect(checkSecret.mock.lastCall?.slice(1)).toEqual([expect.objectContaining({ name: '/polls/prod/new' }), 11]));
    expect(JSON.stringify(checkSecret.mock.calls)).not.toContain('hunter2');
    await press('store-secret');
    await waitFor(() => expect(setSecret).toHaveBeenCalledWith(expect.anything(), expect.objectContaining({ name: '/polls/prod/new', seen: null }), { kind: 'typed', text: 'hunter2\ntwo' }));
    await waitFor(() => expect(address()).toContain('open=%2Fpolls%2Fprod%2Fnew'));
  });

  it('says what AWS would not take before it is sent', async () => {
    const setSecret = vi.fn();
    show('secrets-new-broken', { setSecret });
    await write('secret-name', '/aws/x');
    await write('secret-value', 'x');
    expect((await screen.findByTestId('broken')).textContent).toContain('Put another word before it');
    await press('store-secret');
    expect(setSecret).not.toHaveBeenCalled();
  });

  it('writes over the version that was seen', async () => {
    const setSecret = vi.fn(() => Promise.resolve({ name: '/polls/prod/db/password', version: 8, overtaken: [] }));
    show('secrets-edit', { setSecret });
    await press('drawer-edit');
    await write('secret-value', 'new');
    await press('store-secret');
    await waitFor(() => expect(setSecret).toHaveBeenCalledWith(expect.anything(), expect.objectContaining({ seen: 7, key: 'alias/polls-prod' }), { kind: 'typed', text: 'new' }));
  });
});

describe('versions', () => {
  it('are restored over the one that is the newest, and refused when it is not', async () => {
    const restoreSecret = vi.fn(scenes['secrets-restore-refused']?.calls?.restoreSecret);
    show('secrets-restore-refused', { restoreSecret } as Partial<Host>);
    await press('restore-6');
    expect((await screen.findByTestId('version-problem')).textContent).toContain('now has version 8');
    expect(restoreSecret).toHaveBeenCalledWith(expect.anything(), '/polls/prod/db/password', 6, 7);
  });

  it('that cannot be read do not hide the rest', async () => {
    show('secrets-no-versions');
    expect(await screen.findByText(/The versions could not be read/)).toBeTruthy();
    expect(screen.getByText('team=polls')).toBeTruthy();
  });
});

describe('many at once', () => {
  it('are written after their preview, and what stops that is told', async () => {
    show('secrets-import-stopped');
    await press('import');
    await press('choose-file');
    expect((await screen.findByTestId('preview')).textContent).toContain('9b1f0c9a4be1 → 3f0c9a4be1d2');
    await press('write-all');
    expect((await screen.findByTestId('preview-problem')).textContent).toContain('263 that are left');
  });

  it('are not written while one is refused', async () => {
    const applyImport = vi.fn();
    show('secrets-import-refused', { applyImport });
    await press('import');
    await press('choose-file');
    await press('write-all');
    expect(applyImport).not.toHaveBeenCalled();
    expect(screen.getByTestId('preview').textContent).toContain('Line 4');
  });

  it('are deleted when the path is typed, and put back', async () => {
    const undoDeletion = vi.fn(() => Promise.resolve([]));
    const deleteSecrets = vi.fn(scenes['secrets-deleted']?.calls?.deleteSecrets);
    show('secrets-deleted', { undoDeletion, deleteSecrets } as Partial<Host>);
    await press('delete-path');
    await write('confirm-name', '/polls');
    await press('confirm-button');
    expect(deleteSecrets).not.toHaveBeenCalled();
    await write('confirm-name', '/polls/prod');
    await press('confirm-button');
    await press('put-back');
    await waitFor(() => expect(undoDeletion).toHaveBeenCalledWith('u1'));
  });

  it('are compared by digests', async () => {
    show('secrets-compared');
    await write('right-path', '/polls/prod');
    await press('compare-now');
    expect((await screen.findByTestId('compared')).textContent).toBe('1 the same, 1 differ, 1 only in the first, 1 only in the second');
    expect(within(screen.getByTestId('comparison')).getAllByRole('row')).toHaveLength(4);
  });
});
