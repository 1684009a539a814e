import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Host, TaskView } from '@/bridge';
import { showPage } from '@/bridge/memory/shown';
import { ServicePage } from '.';
import { scenes } from './scenes';

// A busy computer draws late; what is never drawn still fails.
vi.setConfig({ testTimeout: 30_000 });
afterEach(() => { cleanup(); window.location.hash = ''; });

function show(name: string, calls?: Partial<Host>) {
  const scene = scenes[name];
  if (scene === undefined) throw new Error(`there is no scene ${name}`);
  return showPage('/services/$project', ServicePage, scene, calls);
}
const begun = (id: string, kind: TaskView['kind']): TaskView => ({ id, kind, title: '', project: 'hello', plan: null, target: null, began: '', state: 'running', ended: null, now: '', last: 0, cancel: null });

describe('the service page', () => {
  it('says how the stage stands and by whom, and leads to its plan', async () => {
    const plan = vi.fn(() => Promise.resolve(begun('plan-9', 'plan')));
    const { address } = show('service-prod', { plan });
    await waitFor(() => expect(screen.getByTestId('standing').textContent).toBe('Live in prod'));
    expect(await screen.findByText(/by Deployer, ana@acme.io/)).toBeTruthy();
    fireEvent.click(screen.getByTestId('plan-button'));
    await waitFor(() => expect(address()).toContain('/plan/plan-9'));
    expect(plan).toHaveBeenCalledWith({ project: 'polls', stage: 'prod', target: { kind: 'account', profile: 'acme-prod' } }, false);
  });

  it('opens in the browser only what a browser can call', async () => {
    const openEndpoint = vi.fn(() => Promise.resolve());
    show('service-prod', { openEndpoint });
    fireEvent.click(await screen.findByLabelText('Open GET /polls in the browser'));
    expect(openEndpoint).toHaveBeenCalledWith(expect.objectContaining({ project: 'polls' }), 'listPolls');
    expect(screen.queryByLabelText('Open POST /polls in the browser')).toBeNull();
    expect(screen.getByLabelText('Call POST /polls/{id}/vote in the HTTP console')).toBeTruthy();
  });

  it('offers nothing but the plan where nothing stands', async () => {
    show('service-absent');
    await screen.findByText('Nothing of it stands in dev');
    expect(screen.getByTestId('plan-button')).toBeTruthy();
    expect(['service-invoke', 'service-logs', 'service-http', 'endpoint-url'].filter((id) => screen.queryByTestId(id) !== null)).toEqual([]);
  });

  it('opens a function by key, and gives the reasons of what sleeps', async () => {
    show('service-absent');
    const row = within(await screen.findByTestId('functions')).getAllByRole('row')[1];
    if (row === undefined) throw new Error('there is no function');
    fireEvent.keyDown(row, { key: 'Enter' });
    const drawer = await screen.findByRole('dialog');
    expect(within(drawer).getByTestId('drawer-invoke').getAttribute('aria-disabled')).toBe('true');
    expect(within(drawer).getAllByText('Deploy it first').length).toBeGreaterThan(0);
  });

  it('tells what it does not know as unknown, with the way to it', async () => {
    const sandboxUp = vi.fn(() => Promise.resolve(begun('up-1', 'sandboxUp')));
    const { address } = show('service-sandbox-stopped', { sandboxUp });
    await waitFor(() => expect(screen.getByTestId('standing').textContent).toBe('Not known how dev stands'));
    fireEvent.click(screen.getByTestId('start-sandbox'));
    await waitFor(() => expect(address()).toContain('/task/up-1'));
  });

  it('keeps the files in sight while the cloud is out of reach, and looks again', async () => {
    const deployed = vi.fn(() => Promise.reject({ code: 'CLOUD_SILENT', kind: 'remote', title: 'AWS does not answer', detail: 'dns error', hints: ['Look at your network'], retry: 'now', findings: [], failure: null }));
    show('service-offline', { deployed });
    expect((await screen.findByTestId('not-reached')).textContent).toContain('AWS does not answer');
    expect(within(screen.getByTestId('functions')).getAllByRole('row')).toHaveLength(8);
    const before = deployed.mock.calls.length;
    fireEvent.click(screen.getByTestId('look-again'));
    await waitFor(() => expect(deployed.mock.calls.length).toBeGreaterThan(before));
  });

  it('keeps what was last known in sight, with its age', async () => {
    show('service-last-known');
    await waitFor(() => expect(screen.getByTestId('standing').textContent).toBe('Live in prod'));
    fireEvent.click(screen.getByLabelText('Look again how it stands'));
    expect(await screen.findByText(/What you see was looked up/)).toBeTruthy();
    expect(screen.getByTestId('standing').textContent).toBe('Live in prod');
    expect(screen.getAllByTestId('endpoint-url').length).toBeGreaterThan(0);
  });

  it('shows what is wrong in the files, and checks them again', async () => {
    const project = vi.fn(() => Promise.reject({ code: 'CONFIG_BAD_VALUE', kind: 'config', title: 'x', detail: null, hints: [], retry: 'after', failure: null, findings: [{ code: 'CONFIG_BAD_VALUE', isError: true, message: 'memorySize is no number', path: null, reason: null, hint: null, place: { file: 'serverless.yml', line: 11, column: 17, text: '    memorySize: lots', length: 4 } }] }));
    show('service-broken', { project });
    const finding = await screen.findByTestId('finding');
    expect(finding.textContent).toContain('serverless.yml:11:17');
    expect(finding.querySelector('mark')?.textContent).toBe('lots');
    expect(screen.queryByTestId('plan-button')).toBeNull();
    const before = project.mock.calls.length;
    fireEvent.click(screen.getByTestId('check-again'));
    await waitFor(() => expect(project.mock.calls.length).toBeGreaterThan(before));
  });

  it('joins what the file wants with what stands', async () => {
    show('service-resources');
    const table = await screen.findByTestId('resources');
    await waitFor(() => expect(within(table).getAllByText('Stands').length).toBe(20));
    expect(within(table).getByText('not in the file')).toBeTruthy();
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'kms' } });
    expect(within(table).getAllByRole('row')).toHaveLength(2);
  });

  it('draws every arrow as a row too, and opens a function from the drawing', async () => {
    const { address } = show('service-drawing');
    const drawing = await screen.findByTestId('drawing');
    expect(within(screen.getByTestId('drawing-table')).getAllByRole('row')).toHaveLength(drawing.querySelectorAll('path[marker-end]').length + 1);
    fireEvent.click(within(drawing).getByRole('button', { name: /vote/ }));
    await waitFor(() => expect(address()).toMatch(/tab=functions.*open=vote|open=vote.*tab=functions/));
  });

  it('plans what was packaged before, and without files, from the menu', async () => {
    const task = begun('plan-9', 'plan');
    const planPackage = vi.fn(() => Promise.resolve(null as TaskView | null));
    const plan = vi.fn(() => Promise.resolve(task));
    const page = show('service-live', { planPackage, plan });
    fireEvent.click(await screen.findByTestId('more'));
    fireEvent.click(await screen.findByTestId('plan-package'));
    await waitFor(() => expect(planPackage).toHaveBeenCalledTimes(1));
    expect(page.address()).toContain('/services/');
    fireEvent.click(screen.getByTestId('more'));
    fireEvent.click(await screen.findByTestId('plan-no-sync'));
    await waitFor(() => expect(page.address()).toContain('/plan/plan-9'));
    expect(plan.mock.calls).toEqual([[expect.anything(), true]]);
  });

  it('joins the drawing with what stands, by word and in a table, and asks again', async () => {
    const found = scenes['service-drawing-live'];
    if (found?.calls?.live === undefined) throw new Error('there is no such scene');
    const live = vi.fn(found.calls.live);
    show('service-drawing-live', { live });
    const picture = await screen.findByTestId('drawing');
    await waitFor(() => expect(picture.textContent).toContain('not in the files, SQS queue'));
    expect(picture.querySelectorAll('[data-live=notYet]').length).toBeGreaterThan(0);
    expect(picture.textContent).toContain('not there yet, ');
    expect(picture.querySelector('[data-live=changed]')?.getAttribute('title')).toContain('MemorySize: 256, in the files 512');
    expect(screen.getByTestId('live-table').textContent).toContain('LegacyQueue');
    expect(screen.getByTestId('live-unknown').textContent).toContain('is not allowed');
    fireEvent.click(screen.getByTestId('live-again'));
    await waitFor(() => expect(live).toHaveBeenCalledTimes(2));
  });

  it('draws the files alone when what stands cannot be asked, and says so', async () => {
    show('service-drawing-denied');
    expect(await screen.findByText('The drawing shows the files alone.', { exact: false })).toBeTruthy();
    expect(screen.getByTestId('drawing').querySelector('[data-live]')).toBeNull();
  });

  it('removes only when the stack\'s name is typed whole', async () => {
    const remove = vi.fn(() => Promise.resolve(begun('remove-1', 'remove')));
    const { address } = show('service-remove', { remove });
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText(/5 resources are deleted/)).toBeTruthy();
    const button = within(dialog).getByTestId('confirm-button');
    fireEvent.change(within(dialog).getByTestId('confirm-name'), { target: { value: 'hello-world-de' } });
    fireEvent.click(button);
    expect(remove).not.toHaveBeenCalled();
    fireEvent.change(within(dialog).getByTestId('confirm-name'), { target: { value: 'hello-world-dev' } });
    fireEvent.click(button);
    await waitFor(() => expect(address()).toContain('/task/remove-1'));
    expect(remove).toHaveBeenCalledWith('removal-1', 'token', 'hello-world-dev', false);
  });

  it('names the files of buckets, and leaves them when that is asked', async () => {
    const remove = vi.fn(() => Promise.resolve(begun('remove-1', 'remove')));
    show('service-remove-files', { remove });
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText(/Deleted first: 214 files in site-bucket/)).toBeTruthy();
    fireEvent.click(within(dialog).getByTestId('keep-files'));
    expect(within(dialog).getByText(/Kept: 214 files/)).toBeTruthy();
    fireEvent.change(within(dialog).getByTestId('confirm-name'), { target: { value: 'hello-world-dev' } });
    fireEvent.click(within(dialog).getByTestId('confirm-button'));
    await waitFor(() => expect(remove).toHaveBeenCalledWith('removal-1', 'token', 'hello-world-dev', true));
  });

  it('forgets a removal that nobody wants, and not one that runs', async () => {
    const discardRemoval = vi.fn(() => Promise.resolve());
    show('service-remove', { discardRemoval });
    await screen.findByText(/5 resources are deleted/);
    fireEvent.click(screen.getByTestId('keep'));
    await waitFor(() => expect(discardRemoval).toHaveBeenCalledWith('removal-1'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    cleanup();
    discardRemoval.mockClear();
    const { address } = show('service-remove', { discardRemoval, remove: () => Promise.resolve(begun('remove-1', 'remove')) });
    fireEvent.change(await screen.findByTestId('confirm-name'), { target: { value: 'hello-world-dev' } });
    fireEvent.click(screen.getByTestId('confirm-button'));
    await waitFor(() => expect(address()).toContain('/task/remove-1'));
    expect(discardRemoval).not.toHaveBeenCalled();
  });
});
