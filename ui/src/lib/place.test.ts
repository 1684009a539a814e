import { describe, expect, it } from 'vitest';
import { readSearch, readTarget, targetWord } from './place';

describe('where the window is, in its address', () => {
  it('is read as it was written', () => {
    const targets = [{ kind: 'sandbox' }, { kind: 'account', profile: null }, { kind: 'account', profile: 'acme:prod' }] as const;
    expect(targets.map((target) => readTarget(targetWord(target)))).toEqual(targets);
  });
  it('is the sandbox when it does not say, never an account', () => {
    expect(readTarget(undefined)).toEqual({ kind: 'sandbox' });
  });
  it('holds what pages know and nothing else', () => {
    expect(readSearch({ stage: 'prod', open: 2024, tab: null, target: { a: 1 }, script: 'x' })).toEqual({ stage: 'prod', open: '2024' });
  });
});
