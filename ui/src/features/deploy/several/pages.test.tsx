import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Host } from '@/bridge';
import { showPage } from '@/bridge/memory/shown';
import { PlanPage, TaskPage } from '..';
import { task } from '../samples';
import { severalScenes } from '../scenesOfSeveral';

vi.setConfig({ testTimeout: 30_000 });
afterEach(() => { cleanup(); window.location.hash = ''; });

function scene(name: string) {
  const found = severalScenes[name];
  if (found === undefined) throw new Error(`there is no scene ${name}`);
  return found;
}
const plan = (name: string, calls?: Partial<Host>) => showPage('/plan/$plan', PlanPage, scene(name), { ...scene(name).calls, ...calls });
const shown = (name: string, calls?: Partial<Host>) => showPage('/task/$task', TaskPage, scene(name), { ...scene(name).calls, ...calls });

describe('the plan of several services', () => {
  it('deploys all with the plan\'s own token', async () => {
    const deploySeveral = vi.fn(() => Promise.resolve(task('deploySeveral', { id: 'all-5' })));
    const { address } = plan('several-plan', { deploySeveral });
    const button = await screen.findByTestId('deploy-button');
    expect(button.textContent).toBe('Deploy 2 services to dev');
    expect(screen.getByTestId('sum-of-shop').textContent).toBe('known when orders stands');
    fireEvent.click(button);
    await waitFor(() => expect(address()).toContain('/task/all-5'));
    expect(deploySeveral).toHaveBeenCalledWith('several-1', 'token-1');
  });

  it('sleeps until a loss is settled where it is read, then goes to the button', async () => {
    const deploySeveral = vi.fn(() => Promise.resolve(task('deploySeveral')));
    plan('several-plan-settle', { deploySeveral });
    const button = await screen.findByTestId('deploy-button');
    fireEvent.click(button);
    expect(screen.getByTestId('reasons').textContent).toContain('1 left');
    fireEvent.change(screen.getByTestId('settle-tables-VotesTable'), { target: { value: 'VotesTable' } });
    expect(screen.queryByTestId('reasons')).toBeNull();
    expect(document.activeElement).toBe(button);
    expect(deploySeveral).not.toHaveBeenCalled();
    fireEvent.click(button);
    await waitFor(() => expect(deploySeveral).toHaveBeenCalledTimes(1));
  });

  it('asks for production by its name', async () => {
    plan('several-plan-prod');
    const button = await screen.findByTestId('deploy-button');
    fireEvent.change(screen.getByTestId('settle-polls-VotesTable'), { target: { value: 'VotesTable' } });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    fireEvent.change(screen.getByTestId('settle-stage'), { target: { value: 'prod' } });
    expect(button.getAttribute('aria-disabled')).toBeNull();
  });

  it('shows what is wrong with one first, and the others all the same', async () => {
    plan('several-plan-broken');
    const parts = await screen.findAllByTestId(/^plan-of-/);
    expect(parts.map((one) => one.getAttribute('data-testid'))).toEqual(['plan-of-mail', 'plan-of-orders', 'plan-of-shop']);
    expect(screen.getByTestId('problem-of-mail').textContent).toContain('memorySize');
    expect(within(screen.getByTestId('plan-of-orders')).getByText('Queue')).toBeTruthy();
    expect(screen.getByTestId('deploy-button').getAttribute('aria-disabled')).toBe('true');
  });

  it('begins folded where there are many', async () => {
    plan('several-plan-many');
    const part = await screen.findByTestId('plan-of-worker-02');
    expect(within(part).queryByText('POST /hello')).toBeNull();
    fireEvent.click(within(part).getByRole('button', { expanded: false }));
    expect(within(part).getByText('POST /hello')).toBeTruthy();
  });
});

describe('the deploy of several services', () => {
  it('asks in place, and sends what was answered', async () => {
    const answer = vi.fn(() => Promise.resolve());
    shown('several-task-asking', { answer });
    const go = await screen.findByTestId('go-on-orders');
    fireEvent.click(go);
    expect(answer).not.toHaveBeenCalled();
    fireEvent.change(screen.getByTestId('settle-asked-orders-VotesTable'), { target: { value: 'VotesTable' } });
    fireEvent.click(go);
    await waitFor(() => expect(answer).toHaveBeenCalledWith('q-1', true, ''));
    cleanup();
    shown('several-task-asking', { answer });
    fireEvent.click(await screen.findByTestId('leave-orders'));
    await waitFor(() => expect(answer).toHaveBeenCalledWith('q-1', false, ''));
  });

  it('stops when it is asked to', async () => {
    const cancelTask = vi.fn(() => Promise.resolve());
    shown('several-task', { cancelTask });
    fireEvent.click(await screen.findByTestId('cancel-button'));
    expect(cancelTask).toHaveBeenCalledWith('all-1');
    expect(screen.getByTestId('stand-web').textContent).toContain('Waiting for orders');
  });

  it('ends with the first cause, what was held back, and the way on', async () => {
    shown('several-task-failed');
    expect((await screen.findByTestId('failure-orders')).textContent).toContain('A queue already exists');
    expect(screen.getByTestId('stand-web').textContent).toContain('Held back because of orders');
    expect(screen.getByTestId('plan-all-again')).toBeTruthy();
  });

  it('ends with where each answers', async () => {
    shown('several-task-done');
    expect((await screen.findByTestId('several-result')).textContent).toContain('All 2 services stand in dev');
    expect(screen.getAllByTestId('answers-shop')).toHaveLength(2);
  });
});

describe('the removal of several services', () => {
  it('shows what holds data and the fate of files, and takes the stage\'s name', async () => {
    const removeSeveral = vi.fn(() => Promise.resolve(task('removeSeveral', { id: 'gone-1' })));
    const { address } = plan('several-removal', { removeSeveral });
    const orders = await screen.findByTestId('removal-of-orders');
    expect(within(orders).getAllByLabelText('Holds data')).toHaveLength(2);
    fireEvent.click(screen.getByTestId('keep-files'));
    expect(screen.getByText('Kept: 214 files in site-bucket/')).toBeTruthy();
    fireEvent.click(screen.getByTestId('remove-button'));
    expect(removeSeveral).not.toHaveBeenCalled();
    fireEvent.change(screen.getByTestId('settle-stage'), { target: { value: 'dev' } });
    fireEvent.click(screen.getByTestId('remove-button'));
    await waitFor(() => expect(address()).toContain('/task/gone-1'));
    expect(removeSeveral).toHaveBeenCalledWith('several-9', 'token-9', 'dev', true);
  });

  it('says that nothing is left to remove', async () => {
    plan('several-removal-nothing');
    expect(await screen.findByText('Nothing is left to remove')).toBeTruthy();
  });
});
