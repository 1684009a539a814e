import { describe, expect, it } from 'vitest';
import type { EndpointView } from '@/bridge';
import { callOf, draftFor, parametersOf, pathOf, statusWords, whyNot } from './request';

const endpoint = (more: Partial<EndpointView> = {}): EndpointView => ({
  id: '0', function: 'hello', method: 'GET', url: 'https://a/dev/hello', path: '/hello', signed: false, ...more,
});

describe('the path', () => {
  it('is filled in and encoded; only a greedy part keeps its slashes', () => {
    const one = endpoint({ path: '/orders/{id}/files/{file+}' });
    const draft = { ...draftFor(one), parameters: { id: 'a/b c', file: 'x/ä (1).txt' } };
    expect(pathOf(one, draft)).toBe('/orders/a%2Fb%20c/files/x/%C3%A4%20%281%29.txt');
    expect(parametersOf(one)).toMatchObject([{ name: 'id', isGreedy: false }, { name: 'file', isGreedy: true }]);
  });

  it('of an endpoint for every path is free, also empty', () => {
    const any = endpoint({ path: '/*' });
    expect(pathOf(any, draftFor(any))).toBe('/');
    expect(pathOf(any, { ...draftFor(any), parameters: { path: 'a/b c' } })).toBe('/a/b%20c');
    expect(whyNot(any, draftFor(any))).toBeNull();
  });

  it('carries the query, each name and value encoded, and leaves empty rows out', () => {
    const query = [{ id: 1, name: 'q', value: 'a&b=c' }, { id: 2, name: '', value: 'x' }, { id: 3, name: 'q', value: '' }];
    expect(pathOf(endpoint(), { ...draftFor(endpoint()), query })).toBe('/hello?q=a%26b%3Dc&q=');
  });
});

describe('a call', () => {
  it('has a body only where its method takes one', () => {
    const any = endpoint({ method: 'ANY' });
    const draft = { ...draftFor(any), body: '{}' };
    expect(draft.method).toBe('GET');
    expect(callOf(any, draft).body).toBeNull();
    expect(callOf(any, { ...draft, method: 'POST' }).body).toBe('{}');
  });

  it('signs where signatures are asked for, and cannot be sent without', () => {
    const signed = endpoint({ signed: true });
    const draft = draftFor(signed);
    expect(draft.sign).toBe(true);
    expect(whyNot(signed, draft)).toBeNull();
    expect(whyNot(signed, { ...draft, sign: false })?.to).toBe('sign-switch');
    expect(whyNot(endpoint(), { ...draft, sign: false })).toBeNull();
  });

  it('waits for every part of the path', () => {
    const one = endpoint({ path: '/a/{id}' });
    expect(whyNot(one, draftFor(one))).toEqual({ words: 'Fill in id', to: 'parameter-id' });
  });

  it('names a header that is none', () => {
    const headers = [{ id: 7, name: 'a b', value: '' }];
    expect(whyNot(endpoint(), { ...draftFor(endpoint()), headers })?.to).toBe('header-7');
    const own = (name: string, sign: boolean) => whyNot(endpoint(), { ...draftFor(endpoint()), sign, headers: [{ id: 8, name, value: 'x' }] })?.to;
    expect([own('Host', false), own('Authorization', true), own('Authorization', false)]).toEqual(['header-8', 'header-8', undefined]);
  });
});

it('every status has a word', () => {
  expect([200, 299, 399, 418, 599].map(statusWords)).toEqual(['OK', 'OK', 'Elsewhere', 'Refused', 'Server error']);
});
