import { describe, expect, it } from 'vitest';
import type { TaskView } from '@/bridge';
import { runningSandbox, stoppedSandbox } from '@/bridge/memory/samples';
import { codeParts, emptyReason, isLocalOnly, newest, stopWords } from './model';

describe('the sandbox in words', () => {
  it('is local only when every address is', () => {
    expect(isLocalOnly(['127.0.0.1:4566', '[::1]:4566'])).toBe(true);
    expect(isLocalOnly(['127.0.0.1:4566', '0.0.0.0:5433'])).toBe(false);
  });
  it('tells code from text, and keeps a lonely backtick', () => {
    expect(codeParts('whatever `runtime` says')).toEqual(['whatever ', 'runtime', ' says']);
    expect(codeParts('no code')).toEqual(['no code']);
    expect(codeParts('a ` alone')).toEqual(['a ` alone']);
  });
  it('says what stopping loses', () => {
    expect(stopWords({ ...runningSandbox, keepsState: true })).toMatch(/kept/);
    expect(stopWords({ ...runningSandbox, keepsState: false })).toMatch(/goes with it/);
  });
  it('is emptied only where something can be in it', () => {
    expect(emptyReason(runningSandbox)).toBeUndefined();
    expect(emptyReason({ ...stoppedSandbox, keepsState: true })).toBeUndefined();
    expect(emptyReason({ ...stoppedSandbox, keepsState: false })).toBeDefined();
    expect(emptyReason({ ...stoppedSandbox, standing: 'starting' })).toBe('It is starting');
  });
  it('looks at the newest task of its own', () => {
    const task = (id: string, kind: TaskView['kind']): TaskView => ({ id, kind, title: '', project: null, plan: null, target: null, began: '', state: 'running', ended: null, now: '', last: 0, cancel: null });
    expect(newest([task('c', 'deploy'), task('b', 'sandboxReset'), task('a', 'sandboxUp')])?.id).toBe('b');
    expect(newest([task('c', 'deploy')])).toBeNull();
  });
});
