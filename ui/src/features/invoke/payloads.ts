// What a function can be called with, by what triggers it.
import type { EventView, FunctionView } from '@/bridge';

export interface Payload {
  id: string;
  label: string;
  text: string;
}

/** Samples that fit a function, the most likely first; `{}` always. */
export function payloadsFor(fn: FunctionView | undefined): Payload[] {
  const found = (fn?.events ?? []).map((event, index) => payloadOf(event, index)).filter((payload) => payload !== null);
  return [...found, { id: 'empty', label: 'Empty: {}', text: '{}' }];
}

function payloadOf(event: EventView, index: number): Payload | null {
  const sample = bodyOf(event);
  if (sample === null) return null;
  return { id: `${event.kind}-${index}`, label: `${event.kindWords}: ${event.words}`, text: JSON.stringify(sample, null, 2) };
}

function bodyOf(event: EventView): object | null {
  const [method = 'GET', path = '/'] = event.words.split(' ');
  switch (event.kind) {
    case 'http':
      return restEvent(method, path);
    case 'httpApi':
      return httpApiEvent(method, path);
    case 'schedule':
      return scheduleEvent();
    default:
      return null;
  }
}

const verb = (method: string) => (method === 'ANY' || method === '*' ? 'GET' : method);

/** The names of the parts in braces, with a value each. */
function parameters(path: string): Record<string, string> | null {
  const names = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map((found) => found[1] ?? '');
  return names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, '1']));
}

function restEvent(method: string, resource: string): object {
  const values = parameters(resource);
  const path = filled(resource, values ?? {});
  const hasBody = !['GET', 'HEAD', 'DELETE'].includes(verb(method));
  return {
    resource,
    path,
    httpMethod: verb(method),
    headers: { 'Accept': '*/*', 'Content-Type': 'application/json' },
    queryStringParameters: null,
    pathParameters: values,
    requestContext: {
      resourcePath: resource,
      httpMethod: verb(method),
      path,
      stage: 'dev',
      requestId: '00000000-0000-4000-8000-000000000000',
      identity: { sourceIp: '127.0.0.1', userAgent: 'Pilothouse' },
    },
    body: hasBody ? '{}' : null,
    isBase64Encoded: false,
  };
}

function httpApiEvent(method: string, path: string): object {
  const values = parameters(path);
  const rawPath = filled(path, values ?? {});
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath,
    rawQueryString: '',
    headers: { 'accept': '*/*', 'content-type': 'application/json' },
    ...(values === null ? {} : { pathParameters: values }),
    requestContext: {
      http: { method: verb(method), path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'Pilothouse' },
      requestId: '00000000-0000-4000-8000-000000000000',
      routeKey: `${method} ${path}`,
      stage: '$default',
    },
    isBase64Encoded: false,
  };
}

function filled(path: string, values: Record<string, string>): string {
  return path.replace(/\{([^}+]+)\+?\}/g, (_, name: string) => values[name] ?? '1');
}

function scheduleEvent(): object {
  return {
    'version': '0',
    'id': '00000000-0000-4000-8000-000000000000',
    'detail-type': 'Scheduled Event',
    'source': 'aws.events',
    'time': '2026-01-01T00:00:00Z',
    'resources': [],
    'detail': {},
  };
}
