import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { showPage } from '@/bridge/memory/shown';
import { AccountsPage } from '.';
import { scenes } from './scenes';

afterEach(() => { cleanup(); window.location.hash = ''; });

function show(name: string) {
  const scene = scenes[name];
  if (scene === undefined) throw new Error(`there is no scene ${name}`);
  return showPage('/accounts', AccountsPage, scene);
}

describe('the accounts page', () => {
  it('says which profile is used for what, and gives one to a project', async () => {
    const { address } = show('accounts');
    const rows = within(await screen.findByTestId('profiles')).getAllByRole('row');
    expect(rows[1]?.textContent).toContain('polls-api, shop-admin');
    expect(rows[3]?.textContent).toContain('nothing yet');
    fireEvent.click(screen.getByTestId('use-default'));
    fireEvent.click(await screen.findByTestId('choose-mail'));
    await waitFor(() => expect(address()).toContain('/services/mail'));
    expect(decodeURIComponent(address())).toContain('account:default');
  });

  it('gives a profile to nothing while no project is open', async () => {
    show('accounts-no-projects');
    const button = await screen.findByTestId('use-default');
    fireEvent.click(button);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('says how to make the first profile', async () => {
    show('accounts-none');
    expect(await screen.findByText('aws configure sso')).toBeTruthy();
  });
});
