import { expect, it } from 'vitest';
import type { InvokeAnswer } from '@/bridge';
import { failureOf } from './failure';

const answer = (error: string | null, body: unknown, isJson = true): InvokeAnswer => ({
  function: 'svc-dev-f', answer: isJson ? JSON.stringify(body) : String(body), isJson, error, millis: 1, logTail: null,
});

it('an answer without error is no failure', () => {
  expect(failureOf('f', answer(null, { errorMessage: 'only a field' }))).toBeNull();
});

it('has the type, the words and the trace of the runtime', () => {
  const body = { errorType: 'KeyError', errorMessage: "'name'", stackTrace: ['  File "a.py", line 3\n', '    x\n'] };
  expect(failureOf('f', answer('Unhandled', body))).toMatchObject({ title: 'f failed: KeyError', message: "'name'", trace: '  File "a.py", line 3\n    x' });
});

it('says what to do about what is known', () => {
  expect(failureOf('f', answer('Unhandled', { errorMessage: 'Task timed out after 6.00 seconds' }))?.hint).toMatch(/more time/);
  expect(failureOf('f', answer('Unhandled', { errorType: 'Runtime.ImportModuleError', errorMessage: 'x' }))?.hint).toMatch(/packed/);
  expect(failureOf('f', answer('Unhandled', { errorType: 'AccessDeniedException', errorMessage: 'x' }))?.hint).toMatch(/role/);
});

it('takes an answer that is no JSON for its words', () => {
  expect(failureOf('f', answer('Unhandled', 'boom', false))).toMatchObject({ title: 'f failed', message: 'boom', trace: null });
  expect(failureOf('f', answer('Unhandled', 'text'))).toMatchObject({ message: '"text"' });
});
