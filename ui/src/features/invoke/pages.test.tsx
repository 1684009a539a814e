import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Host, HttpAnswer, InvokeAnswer } from '@/bridge';
import { showPage } from '@/bridge/memory/shown';
import { HttpPage, InvokePage } from '.';
import { scenes } from './scenes';

// A busy computer draws late; what is never drawn still fails.
vi.setConfig({ testTimeout: 30_000 });
afterEach(() => { cleanup(); window.location.hash = ''; });

function scene(name: string) {
  const found = scenes[name];
  if (found === undefined) throw new Error(`there is no scene ${name}`);
  return found;
}
const invoke = (name: string, calls?: Partial<Host>) => showPage('/invoke/$project/$function', InvokePage, scene(name), calls);
const http = (name: string, calls?: Partial<Host>) => showPage('/http/$project', HttpPage, scene(name), calls);
const answer: InvokeAnswer = { function: 'f', answer: '{\n  "a": 1\n}', isJson: true, error: null, millis: 12, logTail: null };
const payload = async () => (await screen.findByTestId<HTMLTextAreaElement>('payload'));

describe('the invoke page', () => {
  it('begins with an event that fits, sends it with Ctrl and Enter, and keeps the call', async () => {
    const call = vi.fn<Host['invoke']>(() => Promise.resolve(answer));
    invoke('invoke', { invoke: call });
    const area = await payload();
    expect(JSON.parse(area.value)).toMatchObject({ httpMethod: 'GET', path: '/hello' });
    fireEvent.change(area, { target: { value: '{"name": "Ana"}' } });
    fireEvent.keyDown(area, { key: 'Enter', ctrlKey: true });
    expect((await screen.findByTestId('invoke-answer')).textContent).toBe(answer.answer);
    expect(call).toHaveBeenCalledWith({ project: 'hello', stage: 'dev', target: { kind: 'sandbox' } }, 'hello', '{"name": "Ana"}');
    expect(screen.getByTestId('calls').textContent).toContain('{"name": "Ana"}');
    await waitFor(() => expect(screen.getByTestId('invoke-command').textContent).toContain(`--sandbox --data '{"name": "Ana"}'`));
  });

  it('finds what was typed again, and the calls, when the page is come back to', async () => {
    invoke('invoke');
    expect((await payload()).value).toBe('{"name": "Ana"}');
    expect(screen.getByTestId('calls').childElementCount).toBe(1);
  });

  it('repeats a call with its own payload', async () => {
    const call = vi.fn<Host['invoke']>(() => Promise.resolve(answer));
    invoke('invoke', { invoke: call });
    fireEvent.change(await payload(), { target: { value: '[]' } });
    fireEvent.click(screen.getByLabelText('Repeat this call'));
    await waitFor(() => expect(screen.getByTestId('calls').childElementCount).toBe(2));
    expect(call.mock.calls[0]?.[2]).toBe('{"name": "Ana"}');
    expect((await payload()).value).toBe('{"name": "Ana"}');
  });

  it('does not send what is no JSON, and says where it goes wrong', async () => {
    const call = vi.fn<Host['invoke']>(() => Promise.resolve(answer));
    invoke('invoke', { invoke: call });
    const area = await payload();
    fireEvent.change(area, { target: { value: '{\n  "a": 1,\n}' } });
    expect(screen.getByTestId('json-problem').textContent).toContain('Line 2, column 9');
    fireEvent.keyDown(area, { key: 'Enter', ctrlKey: true });
    fireEvent.click(screen.getByTestId('invoke-button'));
    expect(call).not.toHaveBeenCalled();
    expect(screen.getByTestId('invoke-button').getAttribute('aria-disabled')).toBe('true');
  });

  it('tells a failure of the function in its parts', async () => {
    invoke('invoke-failed');
    fireEvent.change(await payload(), { target: { value: '{}' } });
    fireEvent.click(screen.getByTestId('invoke-button'));
    await waitFor(() => expect(screen.getByTestId('invoke-status').textContent).toBe('hello failed: KeyError'));
    expect(screen.getByText("'name'")).toBeTruthy();
    expect(screen.getByTestId('log-tail').textContent).toContain('saying hello');
  });

  it('does not call what is not deployed', async () => {
    invoke('invoke-absent');
    expect(await screen.findByText('dev is not deployed')).toBeTruthy();
    expect(screen.getByTestId('invoke-button').getAttribute('aria-disabled')).toBe('true');
  });
});

describe('the HTTP page', () => {
  const reply: HttpAnswer = { url: 'http://x/hello', status: 200, headers: [], body: '{"a":1}', bytes: 7, millis: 5, command: 'curl http://x' };

  it('fills in the path, and sends what its form says', async () => {
    const call = vi.fn<Host['http']>(() => Promise.resolve(reply));
    http('http-any', { http: call });
    const button = await screen.findByTestId('send-button');
    fireEvent.click(button);
    expect(screen.getByTestId('why-not').textContent).toBe('Fill in id');
    fireEvent.change(screen.getByLabelText('id'), { target: { value: '7' } });
    fireEvent.change(screen.getByLabelText(/^file/), { target: { value: 'a/b' } });
    fireEvent.click(button);
    expect((await screen.findByTestId('http-body')).textContent).toBe('{\n  "a": 1\n}');
    expect(screen.getByTestId('http-status').textContent).toBe('200 OK');
    expect(call.mock.calls[0]?.[1]).toEqual({ method: 'GET', path: '/orders/7/files/a/b', headers: [], body: null, sign: false });
  });

  it('does not call an endpoint for signed requests without a signature', async () => {
    const call = vi.fn<Host['http']>(() => Promise.resolve(reply));
    http('http-signed', { http: call });
    const sign = await screen.findByTestId('sign-switch');
    expect(sign.getAttribute('aria-checked')).toBe('true');
    fireEvent.click(sign);
    fireEvent.click(screen.getByTestId('send-button'));
    expect(call).not.toHaveBeenCalled();
    expect(screen.getByTestId('why-not').textContent).toContain('signed requests only');
    fireEvent.click(sign);
    fireEvent.click(screen.getByTestId('send-button'));
    await waitFor(() => expect(call.mock.calls[0]?.[1].sign).toBe(true));
  });
});
