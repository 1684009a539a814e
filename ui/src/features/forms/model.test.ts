import { describe, expect, it } from 'vitest';
import { cleaned, editsOf, emptyOf, pathOf, readTarget, removalOf, variantOf, writeTarget } from './model';
import { eventForm, functionForm, outline, permissionForm } from './samples';

describe('forms', () => {
  it('writes no key for what is empty', () => {
    expect(cleaned({ a: '', b: null, c: [], d: {}, e: { f: '' }, g: [''], h: 0, i: false, j: { $yaml: ' ' } })).toEqual({ c: [], d: {}, g: [], h: 0, i: false });
  });

  it('has addresses that are read back, and passes over what is none', () => {
    const target = { kind: 'edit' as const, path: ['functions', 'a.b"c/d%'] };
    expect(readTarget(writeTarget(target))).toEqual(target);
    expect(readTarget('%')).toBeNull();
    expect(readTarget('edit')).toBeNull();
    expect(readTarget('event/x')).toBeNull();
  });

  it('finds a place that is free for what is new', () => {
    expect(pathOf({ kind: 'event', function: 'hello', event: 'sqs' }, outline)).toEqual(['functions', 'hello', 'events', '2', 'sqs']);
    expect(pathOf({ kind: 'permission' }, outline)).toEqual(['provider', 'iam', 'role', 'statements', '1']);
    expect(pathOf({ kind: 'function' }, { ...outline, functions: [{ name: 'newFunction', handler: null, path: [], events: [] }] })).toEqual(['functions', 'newFunction2']);
  });

  it('takes an event away with its dash', () => {
    expect(removalOf(eventForm)).toEqual([{ kind: 'remove', path: ['functions', 'hello', 'events', '2'] }]);
    expect(removalOf(functionForm)).toEqual([{ kind: 'remove', path: ['functions', 'hello'] }]);
  });

  it('puts a new statement at the end of its list', () => {
    expect(editsOf({ ...permissionForm, exists: false }, { Effect: 'Allow' }, '')).toEqual([{ kind: 'insert', path: ['provider', 'iam', 'role', 'statements'], at: null, value: '{"Effect":"Allow"}' }]);
  });

  it('knows the form that a value has', () => {
    const { control } = eventForm;
    if (control.kind !== 'either') throw new Error('the sample changed');
    expect(variantOf(control, 'GET /x')).toBe(1);
    expect(variantOf(control, { path: '/x' })).toBe(0);
    expect(emptyOf(control)).toEqual({ path: '', method: '' });
  });
});
