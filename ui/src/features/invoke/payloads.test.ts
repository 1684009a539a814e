import { expect, it } from 'vitest';
import type { EventView, FunctionView } from '@/bridge';
import { payloadsFor } from './payloads';

const event = (kind: string, kindWords: string, words: string): EventView => ({ function: 'f', kind, kindWords, words, notes: [], origin: null });
const fn = (events: EventView[]) => ({ events }) as FunctionView;
const first = (events: EventView[]): Record<string, unknown> => JSON.parse(payloadsFor(fn(events))[0]?.text ?? '') as Record<string, unknown>;

it('a REST event is the proxy event of its method and path', () => {
  expect(first([event('http', 'REST API', 'POST /orders/{id}')])).toMatchObject({
    httpMethod: 'POST', resource: '/orders/{id}', path: '/orders/1', pathParameters: { id: '1' }, body: '{}',
  });
  expect(first([event('http', 'REST API', 'GET /hello')])).toMatchObject({ httpMethod: 'GET', pathParameters: null, body: null });
});

it('an HTTP API event is of version 2', () => {
  expect(first([event('httpApi', 'HTTP API', 'GET /notes/{id}')])).toMatchObject({ version: '2.0', rawPath: '/notes/1', routeKey: 'GET /notes/{id}' });
});

it('a schedule sends its own event', () => {
  expect(first([event('schedule', 'Schedule', 'rate(1 hour)')])).toMatchObject({ source: 'aws.events' });
});

it('the empty payload is always there, also for what is not known', () => {
  expect(payloadsFor(undefined).map((payload) => payload.text)).toEqual(['{}']);
  expect(payloadsFor(fn([event('sqs', 'Queue', 'x')])).map((payload) => payload.id)).toEqual(['empty']);
});
