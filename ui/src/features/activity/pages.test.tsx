import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { showPage } from '@/bridge/memory/shown';
import { ActivityPage } from '.';
import { scenes } from './scenes';

afterEach(() => { cleanup(); window.location.hash = ''; });

function show(name: string) {
  const scene = scenes[name];
  if (scene === undefined) throw new Error(`there is no scene ${name}`);
  return showPage('/activity', ActivityPage, scene);
}

describe('the activity page', () => {
  it('is filtered, and shows all again', async () => {
    show('activity');
    const table = await screen.findByTestId('activity');
    expect(within(table).getAllByRole('row')).toHaveLength(10);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'polls rolled' } });
    expect(within(table).getAllByRole('row')).toHaveLength(2);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'nothing like it' } });
    fireEvent.click(screen.getByText('Show all 9'));
    expect(within(screen.getByTestId('activity')).getAllByRole('row')).toHaveLength(10);
  });

  it('opens one with the service\'s own words and its command', async () => {
    const { address } = show('activity');
    const row = within(await screen.findByTestId('activity')).getAllByRole('row')[3] as HTMLElement;
    fireEvent.keyDown(row, { key: 'Enter' });
    const drawer = await screen.findByRole('dialog');
    expect(drawer.textContent).toContain('explicit deny in a service control policy');
    expect(drawer.textContent).toContain('pilothouse deploy --stage prod --profile acme-prod');
    expect(address()).toContain('open=op-3');
    fireEvent.click(within(drawer).getByText('Open the service'));
    await waitFor(() => expect(address()).toContain('/services/polls'));
  });

  it('does not claim that something runs when only its end is missing', async () => {
    show('activity-cut-off');
    expect((await screen.findByRole('dialog')).textContent).toContain('or its program was ended');
  });

  it('says what belongs here while nothing was done', async () => {
    show('activity-empty');
    expect(await screen.findByText('Nothing was done yet')).toBeTruthy();
    expect(screen.queryByRole('searchbox')).toBeNull();
  });

  it('says why the journal cannot be read', async () => {
    show('activity-unreadable');
    expect((await screen.findByTestId('problem')).textContent).toContain('DATA_FOLDER');
  });
});
