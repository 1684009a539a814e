import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Host } from '@/bridge';
import { showPage } from '@/bridge/memory/shown';
import { FormsPage } from '.';
import { proposal } from './samples';
import { scenes, shared } from './scenes';

// A busy computer draws late; what is never drawn still fails.
vi.setConfig({ testTimeout: 30_000 });
afterEach(() => { cleanup(); window.location.hash = ''; });

function scene(name: string) {
  const found = scenes[name];
  if (found === undefined) throw new Error(`there is no scene ${name}`);
  return found;
}
const show = (name: string, calls?: Partial<Host>) => showPage('/forms/$project', FormsPage, scene(name), calls);
const type = async (id: string, value: string) => { fireEvent.change(await screen.findByTestId(id), { target: { value } }); };
const saveable = async () => { await waitFor(() => expect(screen.getByTestId('save-form').getAttribute('aria-disabled')).toBeNull()); };
const edits = (call: { mock: { calls: unknown[][] } }) => call.mock.calls.at(-1)?.[1];

describe('the page of forms', () => {
  it('proposes what was typed, shows the lines that change, and writes them over what was looked at', async () => {
    const propose = vi.fn<Host['proposeEdit']>(() => Promise.resolve(proposal));
    const make = vi.fn<Host['makeEdit']>(() => Promise.resolve(proposal));
    show('forms-function', { proposeEdit: propose, makeEdit: make });
    expect((await screen.findByTestId('save-form')).getAttribute('aria-disabled')).toBe('true');
    await type('field-timeout', '30');
    await saveable();
    expect(screen.getByTestId('diff').textContent).toContain('timeout: 30  # seconds');
    expect(edits(propose)).toEqual([{ kind: 'set', path: ['functions', 'hello'], value: JSON.stringify({ handler: 'src/app.hello', timeout: 30, environment: { GREETING: 'Hello', TABLE: { $yaml: '!Ref Items' } } }) }]);
    fireEvent.click(screen.getByTestId('save-form'));
    await waitFor(() => expect(make).toHaveBeenCalledTimes(1));
    expect(make.mock.calls[0]?.[3]).toEqual([{ file: 'serverless.yml', digest: '1' }]);
  });

  it('asks for a name before a new function is looked at, and takes it as typed', async () => {
    const propose = vi.fn<Host['proposeEdit']>(() => Promise.resolve(proposal));
    show('forms-new-function', { proposeEdit: propose });
    await type('field-handler', 'src/a.b');
    expect(screen.getByTestId('save-form').title).toBe('Give it a name first');
    expect(propose).not.toHaveBeenCalled();
    await type('field-name-of-part', 'greet');
    await saveable();
    expect(edits(propose)).toEqual([{ kind: 'set', path: ['functions', 'greet'], value: '{"handler":"src/a.b"}' }]);
  });

  it('adds an event to the list of its function', async () => {
    const propose = vi.fn<Host['proposeEdit']>(() => Promise.resolve(proposal));
    show('forms-new-event', { proposeEdit: propose });
    await type('field-path', '/greet');
    await type('field-method', 'get');
    await saveable();
    expect(edits(propose)).toEqual([{ kind: 'insert', path: ['functions', 'hello', 'events'], at: null, value: '{"http":{"path":"/greet","method":"get"}}' }]);
  });

  it('renames a function behind its other changes', async () => {
    const propose = vi.fn<Host['proposeEdit']>(() => Promise.resolve(proposal));
    show('forms-function', { proposeEdit: propose });
    await type('field-name-of-part', 'greet');
    await saveable();
    expect((edits(propose) as { kind: string }[]).map((one) => one.kind)).toEqual(['set', 'rename']);
  });

  it('tells what is wrong at its field, and does not save it', async () => {
    show('forms-wrong');
    await type('field-timeout', '99999');
    await waitFor(() => expect(screen.getByTestId('field-timeout').getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByTestId('save-form').title).toBe('1 thing would be wrong then');
  });

  it('offers both ways with a value that is shared', async () => {
    const propose = vi.fn<Host['proposeEdit']>((_place, _edits, how) => (how === 'refuse' ? Promise.reject(shared) : Promise.resolve(proposal)));
    show('forms-shared', { proposeEdit: propose });
    await type('field-timeout', '30');
    fireEvent.click(await screen.findByTestId('shared-detach'));
    await saveable();
    expect(propose.mock.calls.at(-1)?.[2]).toBe('detach');
  });

  it('says what refers to what is removed before it goes', async () => {
    const propose = vi.fn<Host['proposeEdit']>(() => Promise.resolve(proposal));
    show('forms-remove', { proposeEdit: propose });
    fireEvent.click(await screen.findByTestId('remove-part'));
    expect(await screen.findByText('1 line refers to hello')).toBeTruthy();
    await saveable();
    expect(edits(propose)).toEqual([{ kind: 'remove', path: ['functions', 'hello'] }]);
  });

  it('asks about code before the parts are shown, and shows them when it may run', async () => {
    show('forms-consent');
    fireEvent.click(await screen.findByTestId('allow-once'));
    expect(await screen.findByText('Choose what to edit')).toBeTruthy();
  });

  it('asks about code where a change needs it, and looks at the change when it may run', async () => {
    show('forms-consent-change');
    await type('field-description', 'says hello to all');
    fireEvent.click(await screen.findByTestId('allow-always'));
    await saveable();
    expect(screen.queryByTestId('program')).toBeNull();
    fireEvent.click(screen.getByTestId('forget-form'));
  });

  it('keeps what was typed while another part is looked at', async () => {
    show('forms-function');
    await type('field-description', 'says hello');
    cleanup();
    show('forms-function');
    expect((await screen.findByTestId<HTMLInputElement>('field-description')).value).toBe('says hello');
    fireEvent.click(screen.getByTestId('forget-form'));
    expect(screen.getByTestId<HTMLInputElement>('field-description').value).toBe('');
  });
});
