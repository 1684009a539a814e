import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Host } from '@/bridge';
import { showPage } from '@/bridge/memory/shown';
import { SizesPage } from '.';
import { without } from './samples';
import { scenes } from './scenes';

// A busy computer draws late; what is never drawn still fails.
vi.setConfig({ testTimeout: 30_000 });
afterEach(() => { cleanup(); window.location.hash = ''; });

function show(name: string, calls?: Partial<Host>) {
  const found = scenes[name];
  if (found === undefined) throw new Error(`there is no scene ${name}`);
  return showPage('/sizes/$project', SizesPage, found, calls);
}

describe('the page of sizes', () => {
  it('tells what would be left, shows the lines, and writes them', async () => {
    const sizes = vi.fn<Host['sizes']>((_place, patterns) => Promise.resolve(without(patterns)));
    const propose = vi.fn<Host['proposeEdit']>(() => Promise.resolve({ files: [{ file: 'serverless.yml', digest: '1', lines: [{ mark: 'added', old: null, new: 9, text: "    - '!assets/**'" }] }], findings: [], newErrors: 0 }));
    const make = vi.fn<Host['makeEdit']>(() => Promise.resolve({ files: [{ file: 'serverless.yml', digest: '1', lines: [] }], findings: [], newErrors: 0 }));
    show('sizes', { sizes, proposeEdit: propose, makeEdit: make });
    fireEvent.click(await screen.findByTestId('out-assets'));
    await waitFor(() => expect(screen.getByTestId('rest').textContent).toContain('31.0 MB unpacked of'));
    expect(sizes.mock.calls.at(-1)?.[1]).toEqual(['!assets/**']);
    await waitFor(() => expect(screen.getByTestId('write-patterns').getAttribute('aria-disabled')).toBeNull());
    expect(screen.getByTestId('diff').textContent).toContain('!assets/**');
    fireEvent.click(screen.getByTestId('write-patterns'));
    await waitFor(() => expect(make).toHaveBeenCalledTimes(1));
    expect(make.mock.calls[0]?.[1]).toEqual([{ kind: 'insert', path: ['package', 'patterns'], at: null, value: '"!assets/**"' }]);
    expect(make.mock.calls[0]?.[3]).toEqual([{ file: 'serverless.yml', digest: '1' }]);
    await waitFor(() => expect(screen.queryByTestId('rest')).toBeNull());
  });

  it('is walked with keys: arrows between tiles, Enter inside, Escape back', async () => {
    show('sizes');
    const map = await screen.findByTestId('size-map');
    const named = () => [...map.querySelectorAll('button')].map((one) => one.querySelector('span')?.textContent);
    expect(named()[0]).toBe('node_modules');
    map.querySelectorAll('button')[0]?.focus();
    fireEvent.keyDown(document.activeElement ?? map, { key: 'ArrowRight' });
    expect(document.activeElement?.textContent).toContain('assets');
    fireEvent.click(document.activeElement ?? map);
    expect(named()).toEqual(['manual.pdf', 'logo.png']);
    fireEvent.keyDown(map, { key: 'Escape' });
    expect(named()[0]).toBe('node_modules');
  });

  it('does not offer to write what stands elsewhere, and says what is not looked into', async () => {
    show('sizes-made-elsewhere');
    expect(await screen.findByText('This archive is not looked into')).toBeTruthy();
  });

  it('asks about code, and measures when it may run', async () => {
    show('sizes-consent');
    expect((await screen.findByTestId('program')).textContent).toContain('serverless.js');
    fireEvent.click(screen.getByTestId('allow-once'));
    expect(await screen.findByTestId('size-map')).toBeTruthy();
  });

  it('says what failed, and that nothing was changed', async () => {
    show('sizes-failed');
    expect((await screen.findByTestId('problem')).textContent).toContain('There is no file for the handler of hello');
  });
});
