import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Host } from '@/bridge';
import { showPage } from '@/bridge/memory/shown';
import { PlanPage, TaskPage } from '.';
import { task } from './samples';
import { scenes } from './scenes';

// A busy computer draws late; what is never drawn still fails.
vi.setConfig({ testTimeout: 30_000 });
afterEach(() => { cleanup(); window.location.hash = ''; });

function scene(name: string) {
  const found = scenes[name];
  if (found === undefined) throw new Error(`there is no scene ${name}`);
  return found;
}
const plan = (name: string, calls?: Partial<Host>) => showPage('/plan/$plan', PlanPage, scene(name), calls);
const shown = (name: string, calls?: Partial<Host>) => showPage('/task/$task', TaskPage, scene(name), calls);
const deployButton = () => screen.findByTestId('deploy-button');

describe('the plan page', () => {
  it('says what happens where, and deploys with the plan\'s own token', async () => {
    const deploy = vi.fn(() => Promise.resolve(task('deploy', { id: 'deploy-5' })));
    const { address } = plan('plan-ready', { deploy });
    expect((await screen.findByTestId('plan-headline')).textContent).toBe('4 changes to hello-world in dev');
    fireEvent.click(await deployButton());
    await waitFor(() => expect(address()).toContain('/task/deploy-5'));
    expect(deploy).toHaveBeenCalledWith('plan-1', 'token-1');
  });

  it('sleeps until what loses data is typed, and in production the stack too', async () => {
    const deploy = vi.fn(() => Promise.resolve(task('deploy')));
    plan('plan-production', { deploy });
    const button = await deployButton();
    expect(button.getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(button);
    fireEvent.change(screen.getByTestId('settle-VotesTable'), { target: { value: 'VotesTabl' } });
    expect(screen.getByTestId('reasons').textContent).toContain('2 left');
    fireEvent.change(screen.getByTestId('settle-VotesTable'), { target: { value: 'VotesTable' } });
    expect(screen.getByTestId('reasons').textContent).toContain('1 left');
    expect(document.activeElement).toBe(screen.getByTestId('settle-stack'));
    expect(deploy).not.toHaveBeenCalled();
    fireEvent.change(screen.getByTestId('settle-stack'), { target: { value: 'polls-api-prod' } });
    expect(screen.queryByTestId('reasons')).toBeNull();
    fireEvent.click(button);
    await waitFor(() => expect(deploy).toHaveBeenCalledTimes(1));
  });

  it('can take a settled loss back', async () => {
    plan('plan-data-removed');
    fireEvent.change(await screen.findByTestId('settle-ReportsBucket'), { target: { value: 'ReportsBucket' } });
    fireEvent.click(within(screen.getByTestId('gate-ReportsBucket')).getByText('Take back'));
    expect(screen.getByTestId('reasons').textContent).toContain('2 left');
  });

  it('opens a row to its properties', async () => {
    plan('plan-ready');
    const row = await screen.findByTestId('row-HelloLambdaFunction');
    fireEvent.click(within(row).getByRole('button', { expanded: false }));
    expect(within(row).getByText('MemorySize')).toBeTruthy();
    expect(within(row).getByText('512').tagName).toBe('INS');
    expect(within(row).getByText('known after the deploy')).toBeTruthy();
  });

  it('shows why the engine refuses, and a plan that is gone points on', async () => {
    plan('plan-refused');
    fireEvent.click(await deployButton());
    expect((await screen.findByTestId('problem')).textContent).toContain('STACK_BUSY');
    cleanup();
    plan('plan-gone');
    expect(await screen.findByText('This plan is gone')).toBeTruthy();
    cleanup();
    plan('plan-executed');
    expect(await screen.findByText('See what came of it')).toBeTruthy();
  });

  it('says that there is nothing to change, and offers no deploy', async () => {
    plan('plan-nothing');
    expect(await screen.findByText('dev equals your files.')).toBeTruthy();
    expect(screen.queryByTestId('deploy-button')).toBeNull();
  });

  it('says that it comes from a package, and that files are left out', async () => {
    plan('plan-from-package');
    expect(await screen.findByText('From what was packaged before, in release-2026-11-23')).toBeTruthy();
    cleanup();
    plan('plan-without-files');
    expect(await screen.findByText(/left as they are in their buckets, this once: site/)).toBeTruthy();
  });

  it('asks about code where planning needs it, and plans again when it may run', async () => {
    const { address } = plan('plan-consent');
    fireEvent.click(await screen.findByTestId('allow-once'));
    await waitFor(() => expect(address()).toContain('/plan/plan-2'));
  });

  it('names each source while it works', async () => {
    plan('plan-working-sandbox');
    const sources = await screen.findByTestId('plan-sources');
    await waitFor(() => expect(sources.textContent).toContain('Fetching boto3, 7 so far'));
    expect(within(sources).getAllByRole('listitem').map((item) => item.querySelector('b')?.textContent)).toEqual(['Your files', 'Sandbox', 'What stands now', 'Change set']);
  });
});

describe('the task page', () => {
  it('shows what is being done, and stops in two steps', async () => {
    let told: ((seq: number) => void) | null = null;
    const [running] = scene('task-running').tasks ?? [];
    const cancelTask = vi.fn(() => Promise.resolve());
    shown('task-running', {
      cancelTask,
      watchTask: (id, _from, tell) => {
        queueMicrotask(() => tell({ task: id, events: running?.events ?? [] }));
        told = (seq) => tell({ task: id, events: [{ seq, at: new Date().toISOString(), step: { kind: 'cancelRequested', words: 'AWS puts back what stood before.' } }] });
        return () => undefined;
      },
    });
    await waitFor(() => expect(screen.getByTestId('task-now').textContent).toContain('Updating vote'));
    expect(screen.getByTestId('time-VotesTable').dataset['state']).toBe('done');
    const cancel = screen.getByTestId('cancel-button');
    expect(cancel.textContent).toBe('Stop and put back what stood before');
    fireEvent.click(cancel);
    fireEvent.click(cancel);
    expect(cancel.textContent).toBe('Asking to stop');
    expect(cancelTask).toHaveBeenCalledTimes(1);
    act(() => told?.((running?.events.length ?? 0) + 1));
    await waitFor(() => expect(cancel.textContent).toBe('Stop following'));
    fireEvent.click(cancel);
    expect(cancelTask).toHaveBeenCalledTimes(2);
  });

  it('puts the first cause on top, in the service\'s own words', async () => {
    shown('task-failed');
    const failure = await screen.findByTestId('failure');
    expect(within(failure).getByRole('heading').textContent).toBe('CloudWatch alarm vote-errors could not be made');
    expect(failure.textContent).toContain('explicit deny in a service control policy');
    expect(screen.getAllByRole('row')[1]?.dataset['testid']).toBe('time-VoteErrors');
    expect(screen.getByTestId('time-MethodResults').dataset['state']).toBe('cancelled');
  });

  it('that lost AWS does not claim a failure', async () => {
    shown('task-lost');
    expect(await screen.findByRole('heading', { level: 1, name: 'AWS goes on without us' })).toBeTruthy();
    expect(screen.getByTestId('time-VoteLambdaFunction').dataset['state']).toBe('unknown');
  });

  it('that is done says where it answers and what is still to do', async () => {
    shown('task-done-secret');
    expect((await screen.findByTestId('live')).textContent).toBe('using-kms is live in dev');
    expect(screen.getByTestId('endpoint-url').textContent).toContain('/get-secret');
    expect((await screen.findByTestId('todos')).textContent).toContain('Give top-secret-1 a value');
  });

  it('of a run that is over points to Activity', async () => {
    shown('task-unknown');
    expect(await screen.findByText('Go to Activity')).toBeTruthy();
  });
});
