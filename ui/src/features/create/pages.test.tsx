import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Host } from '@/bridge';
import { showPage } from '@/bridge/memory/shown';
import { NewServicePage } from '.';
import { scenes } from './scenes';

afterEach(() => { cleanup(); window.location.hash = ''; });

function show(name: string, calls?: Partial<Host>) {
  const scene = scenes[name];
  if (scene === undefined) throw new Error(`there is no scene ${name}`);
  return showPage('/new', NewServicePage, scene, calls);
}

const named = async (name: string) => { fireEvent.change(await screen.findByTestId('service-name'), { target: { value: name } }); };

describe('the page of new services', () => {
  it('creates what is chosen, and opens it', async () => {
    const createService = vi.fn(() => Promise.resolve('orders-1'));
    const { address } = show('new-service', { createService });
    fireEvent.click(await screen.findByRole('radio', { name: /Queue worker/ }));
    await named('orders');
    fireEvent.click(screen.getByTestId('create-service'));
    await waitFor(() => expect(address()).toContain('/services/orders-1'));
    expect(createService).toHaveBeenCalledWith({ template: 'queue-worker', name: 'orders', runtime: 'python3.13', region: 'us-east-1' }, false);
  });

  it('creates nothing without a name, or with one that cannot be', async () => {
    const createService = vi.fn(() => Promise.resolve('x'));
    show('new-service-bad-name', { createService });
    fireEvent.click(await screen.findByTestId('create-service'));
    await named('my_service');
    expect((await screen.findByRole('alert')).textContent).toContain('a letter first');
    fireEvent.click(screen.getByTestId('create-service'));
    expect(createService).not.toHaveBeenCalled();
  });

  it('stays where it is when no folder was chosen, and says what is wrong', async () => {
    const createService = vi.fn(() => Promise.resolve(null));
    const { address } = show('new-service', { createService });
    await named('orders');
    fireEvent.click(screen.getByRole('button', { name: 'Create it in another folder' }));
    await waitFor(() => expect(createService).toHaveBeenCalledWith(expect.anything(), true));
    expect(address()).toContain('/new');
    cleanup();
    show('new-service-taken');
    await named('orders');
    fireEvent.click(await screen.findByTestId('create-service'));
    expect((await screen.findByTestId('problem')).textContent).toContain('is not empty');
  });
});
