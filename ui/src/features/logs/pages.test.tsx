import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { LogBatch, LogLine } from '@/bridge';
import { showPage } from '@/bridge/memory/shown';
import { LogsPage } from '.';
import { Line } from './Line';
import { scenes } from './scenes';

// A busy computer draws late; what is never drawn still fails.
vi.setConfig({ testTimeout: 30_000 });
afterEach(() => { cleanup(); window.location.hash = ''; });

function show(name: string) {
  const found = scenes[name];
  if (found === undefined) throw new Error(`there is no scene ${name}`);
  return showPage('/logs/$project', LogsPage, found);
}
const told = () => screen.getByTestId('log-told').textContent;

it('shows one stream, and cuts it to a function and to levels', async () => {
  show('logs');
  await waitFor(() => expect(told()).toBe('60 lines, following'));
  fireEvent.click(screen.getByRole('button', { name: /^vote/ }));
  expect(told()).toContain('24 lines');
  fireEvent.click(screen.getByRole('button', { name: /^Lambda/ }));
  expect(Number.parseInt(told() ?? '', 10)).toBeLessThan(24);
});

it('begins with the function that was asked for', async () => {
  show('logs-one-function');
  await waitFor(() => expect(told()).toContain('24 lines'));
});

it('tells a pattern that is written wrong, and counts the lines of one that is right', async () => {
  show('logs');
  const field = await screen.findByTestId('log-pattern');
  fireEvent.change(field, { target: { value: '(' } });
  expect(screen.getByTestId('pattern-told').textContent).toMatch(/^Not a pattern/);
  fireEvent.change(field, { target: { value: 'keyerror' } });
  await waitFor(() => expect(screen.getByTestId('pattern-told').textContent).toBe('7 lines match'));
});

it('holds still when paused, and counts what comes', async () => {
  let tell: (batch: LogBatch) => void = () => undefined;
  const lines = (from: number, count: number) => Array.from({ length: count }, (_, index) => ({
    id: String(from + index), at: new Date(1_700_000_000_000 + (from + index) * 1000).toISOString(), source: 'hello', text: 'x', level: 'info', request: null,
  }));
  const scene = scenes['logs-quiet'];
  if (scene === undefined) throw new Error('there is no such scene');
  showPage('/logs/$project', LogsPage, scene, { watchLogs: (_place, _asked, listen) => { tell = listen; return () => undefined; } });
  await screen.findByRole('heading', { level: 1, name: 'Logs' });
  await waitFor(() => { tell({ kind: 'lines', lines: lines(0, 3) }); expect(told()).toBe('3 lines, following'); });
  fireEvent.click(screen.getByTestId('pause'));
  tell({ kind: 'lines', lines: lines(3, 2) });
  await waitFor(() => expect(told()).toBe('5 lines, paused, 2 new'));
  fireEvent.click(screen.getByTestId('resume'));
  expect(told()).toBe('5 lines, following');
});

it('says to call a function that has no log yet', async () => {
  const { address } = show('logs-never-called');
  fireEvent.click(await screen.findByTestId('log-invoke'));
  await waitFor(() => expect(address()).toContain('/invoke/hello/vote'));
});

it('keeps the lines that are there when reading fails', async () => {
  show('logs-cut-off');
  expect((await screen.findByTestId('problem')).textContent).toContain('CLOUD_SILENT');
  expect(told()).toBe('30 lines');
});

it('a line opens in place to its JSON, and leads to its request alone', () => {
  const line: LogLine = { id: '1', at: '2026-11-23T09:00:00Z', source: 'vote', level: 'info', request: '8476a536-e9f4-11e8-9739-2dfe598c3fcd', text: 'x {"choice":"ramen"}' };
  const [onToggle, onRequest] = [vi.fn(), vi.fn()];
  const { rerender } = render(<Line line={line} pattern={/ram/g} isOpen={false} isGoal={false} onToggle={onToggle} onRequest={onRequest} />);
  expect(screen.getByText('ram').tagName).toBe('MARK');
  fireEvent.click(screen.getByRole('button', { expanded: false }));
  expect(onToggle).toHaveBeenCalledWith('1');
  rerender(<Line line={line} pattern={null} isOpen isGoal={false} onToggle={onToggle} onRequest={onRequest} />);
  expect(screen.getByTestId('log-whole').textContent).toBe('{\n  "choice": "ramen"\n}');
  fireEvent.click(screen.getByTestId('only-request'));
  expect(onRequest).toHaveBeenCalledWith(line.request);
});
