import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Host, TaskView } from '@/bridge';
import { showPage } from '@/bridge/memory/shown';
import { usePlace } from '@/lib/place';
import { SeveralPage } from '.';
import { scenes } from './scenes';

vi.setConfig({ testTimeout: 30_000 });
afterEach(() => { cleanup(); window.location.hash = ''; });

function Shown() {
  const place = usePlace();
  return place === null ? null : <SeveralPage place={place} />;
}
function show(name: string, calls?: Partial<Host>) {
  const scene = scenes[name];
  if (scene === undefined) throw new Error(`there is no scene ${name}`);
  return showPage('/services/$project', Shown, { ...scene, calls: { ...scene.calls, ...calls } });
}
const begun = (id: string): TaskView => ({ id, kind: 'planSeveral', title: '', project: 'shop', plan: null, target: null, began: '', state: 'running', ended: null, now: '', last: 0, cancel: null });

describe('the page of several services', () => {
  it('draws which waits for which, says why in the table, and opens each', async () => {
    const openService = vi.fn(() => Promise.resolve('orders-1'));
    const { address } = show('several', { openService });
    const rows = within(await screen.findByTestId('several-table')).getAllByRole('row');
    expect(rows[2]?.textContent).toContain('orders (reads QueueUrl)');
    fireEvent.click(within(screen.getByTestId('several-drawing')).getByRole('button', { name: /orders/ }));
    await waitFor(() => expect(address()).toContain('/services/orders-1'));
    expect(openService).toHaveBeenCalledWith({ project: 'shop', stage: 'dev', target: { kind: 'sandbox' } }, 'orders');
    expect(address()).toContain('stage=dev');
  });

  it('plans all, and looks what removing all deletes', async () => {
    const { address } = show('several', { planSeveral: () => Promise.resolve(begun('plan-all-1')) });
    fireEvent.click(await screen.findByTestId('plan-all'));
    await waitFor(() => expect(address()).toContain('/plan/plan-all-1'));
    cleanup();
    const other = show('several', { planRemovalOfSeveral: () => Promise.resolve(begun('removal-1')) });
    await waitFor(() => expect(screen.getByTestId('remove-all').getAttribute('aria-disabled')).toBeNull());
    fireEvent.click(screen.getByTestId('remove-all'));
    await waitFor(() => expect(other.address()).toContain('/plan/removal-1'));
  });

  it('removes nothing where nothing stands', async () => {
    const planRemovalOfSeveral = vi.fn(() => Promise.resolve(begun('removal-1')));
    show('several-absent', { planRemovalOfSeveral });
    expect((await screen.findByTestId('several-standing')).textContent).toBeTruthy();
    fireEvent.click(screen.getByTestId('remove-all'));
    expect(planRemovalOfSeveral).not.toHaveBeenCalled();
  });

  it('tells of one that is broken, and shows the others all the same', async () => {
    show('several-one-broken');
    expect((await screen.findByTestId('several-broken')).textContent).toContain('mail/serverless.yml:11');
    await waitFor(() => expect(screen.getByTestId('state-orders').textContent).toBe('Live'));
    expect(screen.getByTestId('state-mail').textContent).toBe('Cannot be read');
  });

  it('tells why the services cannot be told, and checks again', async () => {
    const several = vi.fn(() => Promise.reject({ code: 'SERVICE_CYCLE', title: 'services wait for each other in a circle', detail: null, hints: [], findings: [] }));
    show('several-circle', { several });
    fireEvent.click(await screen.findByTestId('check-again'));
    await waitFor(() => expect(several).toHaveBeenCalledTimes(2));
  });
});
