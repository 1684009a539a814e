// A request to an endpoint, as its form holds it, and as it is sent.
import type { EndpointView, HttpCall } from '@/bridge';

export interface Pair {
  id: number;
  name: string;
  value: string;
}

export interface Draft {
  endpoint: string;
  method: string;
  parameters: Record<string, string>;
  query: Pair[];
  headers: Pair[];
  body: string;
  sign: boolean;
}

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

export function draftFor(endpoint: EndpointView): Draft {
  return {
    endpoint: endpoint.id,
    method: endpoint.method === 'ANY' ? 'GET' : endpoint.method,
    parameters: Object.fromEntries(parametersOf(endpoint).map((one) => [one.name, ''])),
    query: [],
    headers: [],
    body: '',
    sign: endpoint.signed,
  };
}

const PLACES = /\{([^}+]+)(\+?)\}|\*/g;

export interface PathPart {
  name: string;
  /** It takes slashes too. */
  isGreedy: boolean;
  mayBeEmpty: boolean;
}

/** The parts of the path that are to be filled in; `*` stands for any path. */
export function parametersOf(endpoint: EndpointView): PathPart[] {
  return [...endpoint.path.matchAll(PLACES)].map((found) =>
    found[0] === '*' ? { name: 'path', isGreedy: true, mayBeEmpty: true } : { name: found[1] ?? '', isGreedy: found[2] === '+', mayBeEmpty: false },
  );
}

export function takesBody(method: string): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method);
}

/** The path with its parts filled in, and the query, both encoded. */
export function pathOf(endpoint: EndpointView, draft: Draft): string {
  const path = endpoint.path.replace(PLACES, (place, name: string | undefined, greedy: string | undefined) => {
    const value = draft.parameters[name ?? 'path'] ?? '';
    return place === '*' || greedy === '+' ? value.split('/').map(encoded).join('/') : encoded(value);
  });
  const query = draft.query.filter((pair) => pair.name !== '').map((pair) => `${encoded(pair.name)}=${encoded(pair.value)}`);
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

/** As AWS signs it: everything but the unreserved characters. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function callOf(endpoint: EndpointView, draft: Draft): HttpCall {
  return {
    method: draft.method,
    path: pathOf(endpoint, draft),
    headers: draft.headers.filter((pair) => pair.name.trim() !== '').map(({ name, value }) => ({ name: name.trim(), value })),
    body: takesBody(draft.method) && draft.body !== '' ? draft.body : null,
    sign: draft.sign,
  };
}

/** Why it cannot be sent yet, and the field that settles it. */
export function whyNot(endpoint: EndpointView, draft: Draft): { words: string; to: string } | null {
  if (endpoint.signed && !draft.sign) {
    return { words: 'This endpoint answers signed requests only: switch Sign on', to: 'sign-switch' };
  }
  const empty = parametersOf(endpoint).find(({ name, mayBeEmpty }) => !mayBeEmpty && (draft.parameters[name] ?? '') === '');
  if (empty !== undefined) return { words: `Fill in ${empty.name}`, to: fieldId(empty.name) };
  const wrong = draft.headers.find(({ name }) => name.trim() !== '' && !/^[\w!#$%&'*+.^`|~-]+$/.test(name.trim()));
  const ours = draft.headers.find(({ name }) => isOurs(name.trim().toLowerCase(), draft.sign));
  if (ours !== undefined) return { words: `“${ours.name.trim()}” is set by the connection itself`, to: `header-${ours.id}` };
  if (wrong !== undefined) return { words: `“${wrong.name}” is no name for a header`, to: `header-${wrong.id}` };
  return null;
}

const OURS = ['host', 'content-length', 'transfer-encoding', 'connection', 'x-amz-date', 'x-amz-security-token'];

function isOurs(header: string, sign: boolean): boolean {
  return OURS.includes(header) || (sign && header === 'authorization');
}

export function fieldId(parameter: string): string {
  return `parameter-${parameter}`;
}

const WORDS: Record<number, string> = {
  200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No content', 301: 'Moved', 302: 'Found', 304: 'Not modified',
  307: 'Moved for now', 308: 'Moved for good', 400: 'Bad request', 401: 'Not signed in', 403: 'Forbidden', 404: 'Not found',
  405: 'Method not allowed', 408: 'Timed out', 409: 'Conflict', 413: 'Too large', 415: 'Unsupported type', 422: 'Not understood',
  429: 'Too many requests', 500: 'Server error', 502: 'Bad gateway', 503: 'Unavailable', 504: 'Gateway timed out',
};

export function statusWords(status: number): string {
  return WORDS[status] ?? (status < 300 ? 'OK' : status < 400 ? 'Elsewhere' : status < 500 ? 'Refused' : 'Server error');
}

/** What a status usually means here, for those that need an explanation. */
export function statusHint(status: number): string | null {
  if (status === 403) return 'The API refused the call before the function saw it: a signature, a key or a permission is missing.';
  if (status === 502) return 'The function failed, or answered something that the API cannot pass on. Its log says why.';
  if (status === 504) return 'The function did not answer in time.';
  if (status === 500) return 'The function or the API failed. Its log says more.';
  return null;
}

export function isJson(headers: { name: string; value: string }[], body: string): boolean {
  const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
  return /json/i.test(type) || /^\s*[[{]/.test(body);
}
