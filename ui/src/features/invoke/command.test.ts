import { expect, it } from 'vitest';
import type { ProjectView } from '@/bridge';
import { invokeCommand, quoted } from './command';

const project = { folder: '~/my work/hello' } as ProjectView;

it('repeats the call on the sandbox', () => {
  expect(invokeCommand(project, { project: 'p', stage: 'dev', target: { kind: 'sandbox' } }, 'hello', '{ "a": "it\'s" }')).toBe(
    `pilothouse invoke hello --dir ~'/my work/hello' --stage dev --sandbox --data '{"a":"it'\\''s"}'`,
  );
});

it('leaves out what goes without saying', () => {
  expect(invokeCommand(undefined, { project: 'p', stage: null, target: { kind: 'account', profile: null } }, 'hello', ' ')).toBe('pilothouse invoke hello');
  expect(quoted('a-b/c.d')).toBe('a-b/c.d');
});
