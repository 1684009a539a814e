import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ActionsProvider, Button, Confirm, CopyButton, ErrorPanel, FilterField, LogView, Table, TextField, useActions, useAllActions, type LogLine } from '.';

// The tests' browser lays nothing out: what scrolls, and a line in it, are given a height here.
beforeAll(() => {
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(20);
  Element.prototype.scrollTo = () => undefined;
});
afterEach(cleanup);

describe('a button', () => {
  it('that sleeps can be reached, says why, and does nothing', () => {
    const onClick = vi.fn();
    render(<Button reason="Type polls-prod first" onClick={onClick}>Deploy</Button>);
    const button = screen.getByRole('button');
    fireEvent.click(button);
    button.focus();
    expect(document.activeElement).toBe(button);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Type polls-prod first');
    expect(onClick).not.toHaveBeenCalled();
  });

  it('that is busy is not pressed twice', () => {
    const onClick = vi.fn();
    render(<Button busy onClick={onClick}>Deploy</Button>);
    fireEvent.click(screen.getByRole('button'));
    expect(screen.getByRole('button').getAttribute('aria-busy')).toBe('true');
    expect(onClick).not.toHaveBeenCalled();
  });
});

describe('a loss', () => {
  it('is allowed by its name alone, byte for byte', () => {
    const onConfirm = vi.fn();
    render(<Confirm name="Votes" label="Remove the stack" onConfirm={onConfirm} />);
    const field = screen.getByTestId('confirm-name');
    for (const typed of ['votes', 'Votes ', 'Vote']) {
      fireEvent.change(field, { target: { value: typed } });
      fireEvent.submit(field);
      fireEvent.click(screen.getByTestId('confirm-button'));
    }
    expect(onConfirm).not.toHaveBeenCalled();
    fireEvent.change(field, { target: { value: 'Votes' } });
    fireEvent.click(screen.getByTestId('confirm-button'));
    expect(onConfirm.mock.calls).toEqual([['Votes']]);
  });
});

describe('a table', () => {
  const columns = [{ id: 'name', header: 'Name', cell: (row: string) => row }];

  it('is walked by arrow keys and opened by Enter', () => {
    const onOpen = vi.fn();
    render(<Table label="Functions" rows={['vote', 'tally']} columns={columns} rowKey={(row) => row} onOpen={onOpen} />);
    const [, first, second] = screen.getAllByRole('row') as [HTMLElement, HTMLElement, HTMLElement];
    first.focus();
    fireEvent.keyDown(first, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(second);
    fireEvent.keyDown(second, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(second);
    fireEvent.keyDown(second, { key: 'Enter' });
    expect(onOpen.mock.calls).toEqual([['tally']]);
  });

  it('leaves the keys of a control in a row to that control', () => {
    const onOpen = vi.fn();
    render(<Table label="Projects" rows={['vote']} columns={[{ id: 'x', header: 'X', cell: () => <button type="button">Forget</button> }]} rowKey={(row) => row} onOpen={onOpen} />);
    fireEvent.keyDown(screen.getByRole('button'), { key: 'Enter' });
    expect(onOpen).not.toHaveBeenCalled();
  });

  it('draws the rows in sight of ten thousand, and tells their number', () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => `row ${index}`);
    render(<Table label="Many" rows={rows} columns={columns} rowKey={(row) => row} onOpen={() => undefined} />);
    expect(screen.getByText('row 0')).toBeTruthy();
    expect(screen.getAllByRole('row').length).toBeLessThan(80);
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('10001');
  });

  it('shows what to do when it has no rows', () => {
    render(<Table label="None" rows={[]} columns={columns} rowKey={(row) => row} empty={<p>Nothing was done yet</p>} />);
    expect(screen.getByText('Nothing was done yet')).toBeTruthy();
    expect(screen.queryByRole('table')).toBeNull();
  });
});

describe('a failure', () => {
  const place = { file: 'serverless.yml', line: 9, column: 14, text: '    handler: handlr.hello', length: 12 };
  const problem = {
    code: 'CONFIG_INVALID', title: 'serverless.yml cannot be used', detail: 'x'.repeat(400), hints: ['Name the file that defines it.'],
    findings: [{ isError: true, message: 'No file defines this handler', place, reason: null, hint: null }],
  };

  it('says what happened, why, and what to do', () => {
    render(<ErrorPanel problem={problem} actions={<Button>Check again</Button>} />);
    const panel = screen.getByRole('alert');
    expect(within(panel).getByRole('heading').textContent).toBe('serverless.yml cannot be used');
    expect(panel.querySelector('details')?.textContent).toContain('xxxx');
    expect(within(panel).getByRole('button', { name: 'Check again' })).toBeTruthy();
    expect(within(panel).getByText('Name the file that defines it.')).toBeTruthy();
  });

  it('marks the place in its line', () => {
    render(<ErrorPanel problem={problem} />);
    expect(screen.getByTestId('finding').querySelector('mark')?.textContent).toBe('handlr.hello');
    expect(screen.getByText('serverless.yml:9:14')).toBeTruthy();
  });

  it('shows markup in the service\'s words as text', () => {
    render(<ErrorPanel problem={{ ...problem, detail: '<img src=x onerror=alert(1)>', findings: [] }} />);
    expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeTruthy();
    expect(document.querySelector('img')).toBeNull();
  });
});

describe('a copy', () => {
  it('is told when it was made, and when it was not', async () => {
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    render(<CopyButton text="arn:aws:s3:::votes" label="Copy the ARN" />);
    fireEvent.click(screen.getByRole('button', { name: 'Copy the ARN' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
    expect(writeText).toHaveBeenCalledWith('arn:aws:s3:::votes');
    cleanup();
    vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('denied')) } });
    render(<CopyButton text="arn:aws:s3:::votes" label="Copy the ARN" />);
    fireEvent.click(screen.getByRole('button', { name: 'Copy the ARN' }));
    expect(await screen.findByRole('button', { name: 'The clipboard refused it' })).toBeTruthy();
    vi.unstubAllGlobals();
  });
});

describe('a log', () => {
  const line = (at: number, text: string): LogLine => ({ id: String(at), at: '2026-11-23T12:00:00.000Z', source: 'vote', text, level: 'info' });

  it('draws the lines in sight of many, as text, and marks what is looked for', () => {
    const lines = Array.from({ length: 5000 }, (_, at) => line(at, `${at} <b>took</b> 12 ms`));
    render(<LogView label="Log" lines={lines} highlight={/took/} follow={false} />);
    const log = screen.getByRole('log');
    expect(log.querySelectorAll('time').length).toBeGreaterThan(10);
    expect(log.querySelectorAll('time').length).toBeLessThan(200);
    expect(log.querySelector('mark')?.textContent).toBe('took');
    expect(log.querySelector('b')).toBeNull();
  });

  it('stands still when the reader scrolls away, and counts what came', () => {
    const view = render(<LogView label="Log" lines={[line(1, 'one')]} follow />);
    const log = screen.getByRole('log');
    Object.defineProperty(log, 'scrollHeight', { value: 4000 });
    fireEvent.scroll(log);
    view.rerender(<LogView label="Log" lines={[line(1, 'one'), line(2, 'two'), line(3, 'three')]} follow />);
    fireEvent.click(screen.getByRole('button', { name: 'Show 2 new' }));
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('the keys of a page', () => {
  function Offers({ run, reason }: { run: () => void; reason?: string }) {
    useActions([{ id: 'plan', label: 'Plan', keys: 'p', reason, run }]);
    const all = useAllActions();
    const [words, setWords] = useState('');
    return <><output>{all.map((one) => one.label).join()}</output><TextField label="Name" value={words} onChange={setWords} /><FilterField label="Filter functions" value={words} onChange={setWords} /></>;
  }

  it('act on the page, not while something is typed', () => {
    const run = vi.fn();
    render(<ActionsProvider><Offers run={run} /></ActionsProvider>);
    fireEvent.keyDown(document.body, { key: 'p' });
    fireEvent.keyDown(screen.getByLabelText('Name'), { key: 'p' });
    fireEvent.keyDown(document.body, { key: 'p', ctrlKey: true });
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('do nothing for what cannot be done now', () => {
    const run = vi.fn();
    render(<ActionsProvider><Offers run={run} reason="Open a project first" /></ActionsProvider>);
    fireEvent.keyDown(document.body, { key: 'p' });
    expect(run).not.toHaveBeenCalled();
  });

  it('go with their page', () => {
    const view = render(<ActionsProvider><Offers run={() => undefined} /></ActionsProvider>);
    expect(screen.getByRole('status').textContent).toBe('Plan');
    function Other() { return <output>{useAllActions().length}</output>; }
    view.rerender(<ActionsProvider><Other /></ActionsProvider>);
    expect(screen.getByRole('status').textContent).toBe('0');
  });

  it('lead to the filter with /, and out of it with Esc, emptied', () => {
    render(<ActionsProvider><Offers run={() => undefined} /></ActionsProvider>);
    fireEvent.keyDown(document.body, { key: '/' });
    const field = screen.getByLabelText<HTMLInputElement>('Filter functions');
    expect(document.activeElement).toBe(field);
    fireEvent.change(field, { target: { value: 'vote' } });
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(field.value).toBe('');
    expect(document.activeElement).not.toBe(field);
  });
});
