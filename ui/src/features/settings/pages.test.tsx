import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Host } from '@/bridge';
import { showPage } from '@/bridge/memory/shown';
import { SettingsPage } from '.';
import { scenes } from './scenes';

afterEach(() => { cleanup(); window.location.hash = ''; });

function show(name: string, calls?: Partial<Host>) {
  const scene = scenes[name];
  if (scene === undefined) throw new Error(`there is no scene ${name}`);
  return showPage('/settings', SettingsPage, scene, calls);
}

describe('the settings page', () => {
  it('changes one thing and keeps the others', async () => {
    const setPreferences = vi.fn(() => Promise.resolve());
    show('settings', { setPreferences });
    fireEvent.click(await screen.findByRole('checkbox'));
    await waitFor(() => expect(setPreferences).toHaveBeenCalledWith({ theme: 'light', narrowRail: true }));
  });

  it('says why a setting was not kept', async () => {
    show('settings-not-kept');
    fireEvent.click(await screen.findByRole('checkbox'));
    expect((await screen.findByTestId('problem')).textContent).toContain('No space left on device');
  });
});
