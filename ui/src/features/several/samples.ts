// Folders of several services for this feature's tests and scenes.
import type { Deployed, Member, MemberStanding, Need, Problem, SeveralView } from '@/bridge';
import { sampleDeployed } from '@/bridge/memory/samples';

export const PROD_TARGET = { kind: 'account', profile: 'acme-prod' } as const;

export function need(service: string, why: string): Need {
  return { service, why };
}

export function member(name: string, level: number, needs: Need[] = [], more: Partial<Member> = {}): Member {
  return { name, path: name, level, needs, about: { service: name, stack: `${name}-dev`, functions: 1 + (name.length % 4), resources: 8 + name.length }, problem: null, ...more };
}

export function folder(services: Member[], more: Partial<SeveralView> = {}): SeveralView {
  return {
    id: 'shop', name: 'two-services', folder: '~/pilothouse-examples/two-services', config: 'serverless-compose.yml', stage: 'dev', stages: ['dev', 'prod'], production: false, target: { kind: 'sandbox' }, region: 'us-east-1',
    services, command: 'pilothouse plan --dir ~/pilothouse-examples/two-services --sandbox --all', ...more,
  };
}

export function standing(service: string, how: Deployed['standing'], more: Partial<Deployed> = {}): MemberStanding {
  const stands = how !== 'absent' && how !== 'unknown';
  return { service, problem: null, deployed: { ...sampleDeployed, standing: how, endpoints: stands ? sampleDeployed.endpoints : [], ...more } };
}

export function all(view: SeveralView, how: Deployed['standing'], more: Partial<Deployed> = {}): MemberStanding[] {
  return view.services.map((one) => standing(one.name, how, more));
}

export const severalHere: Problem = { code: 'SEVERAL_SERVICES', kind: 'user', title: '`~/pilothouse-examples/two-services` holds several services', detail: null, hints: ['Open one of them, or work on all of them at once: --all'], retry: 'after', findings: [], failure: null };

export const broken: Problem = {
  code: 'CONFIG_BAD_VALUE', kind: 'config', title: '1 problem must be solved first', detail: null, hints: [], retry: 'after', failure: null,
  findings: [{
    code: 'CONFIG_BAD_VALUE', isError: true, message: 'memorySize must be a number of MB between 128 and 10240', path: 'functions.send.memorySize', reason: 'Lambda gives a function at most 10240 MB.', hint: 'Write 10240 or less.',
    place: { file: 'serverless.yml', line: 11, column: 17, text: '    memorySize: 102400', length: 6 },
  }],
};

export const two = folder([member('orders', 0), member('shop', 1, [need('orders', 'reads QueueUrl')])]);

export const five = folder([
  member('tables', 0), member('events', 0), member('users', 1, [need('tables', 'imports the-users-table')]), member('orders', 1, [need('tables', 'imports the-orders-table'), need('events', 'reads BusArn')]),
  member('web', 2, [need('orders', 'reads QueueUrl'), need('users', 'dependsOn')]),
], { name: 'acme', folder: '~/code/acme' });

const NAMES = ['tables', 'events', 'identity', 'billing', 'mail', 'search', 'orders', 'users', 'web', 'reports'];
export const thirty = folder(Array.from({ length: 30 }, (_, at) => {
  const [level, row] = [Math.floor(at / 8), at % 8];
  const name = (index: number) => `${NAMES[index % NAMES.length] ?? ''}-${String(index + 1).padStart(2, '0')}`;
  const needs = level === 0 ? [] : [need(name((level - 1) * 8 + row), 'reads TableName'), ...(row % 3 === 0 ? [need(name((level - 1) * 8 + ((row + 3) % 8)), 'dependsOn')] : [])];
  return member(name(at), level, needs);
}), { name: 'platform', folder: '~/code/platform', config: null });

const LONG = 'customer-notification-preferences-synchronisation-reconciliation-worker-for-the-european-region';
export const longNamed = folder([
  member(LONG, 0), member(`${LONG}-of-the-second-generation`, 1, [need(LONG, `imports ${'AnExportWithANameThatGoesOnAndOn'.repeat(4)}`)]),
  member(`${LONG}-broken`, 1, [need(LONG, 'dependsOn')], { about: null, problem: { ...broken, findings: broken.findings.map((one) => ({ ...one, message: `${one.message} ${'and what follows from it '.repeat(8)}` })) } }),
], { name: `${LONG}-and-everything-around-it`, stage: 'feature-branch-with-a-long-name-of-somebody', config: null, folder: `~/code/${'deep/'.repeat(30)}${LONG}` });
