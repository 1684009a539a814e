import type { Comparison, DeletionPreview, ImportPreview, Problem } from '@/bridge';
import { forever, type Scene } from '@/bridge/memory';
import { details, few, longNames, many, tells, whole } from './samples';

const problem = (more: Partial<Problem>): Problem => ({ code: 'DENIED', kind: 'permission', title: 'ssm:DescribeParameters is not allowed', detail: null, hints: [], retry: 'after', findings: [], failure: null, consent: null, ...more });
const statement = (action: string, resource: string) => `{"Effect":"Allow","Action":"${action}","Resource":"${resource}"}`;
const denied = problem({
  detail: 'User: arn:aws:sts::481516234201:assumed-role/Reader/ana is not authorized to perform: ssm:DescribeParameters on resource: arn:aws:ssm:eu-central-1:481516234201:*',
  hints: ['You lack ssm:DescribeParameters. Ask whoever manages the account for this statement:', statement('ssm:DescribeParameters', '*')],
});
const noDecrypt = problem({ title: 'ssm:GetParameter is not allowed', detail: 'User: ana is not authorized to perform: kms:Decrypt', hints: ['You lack kms:Decrypt. Ask whoever manages the account for this statement:', statement('kms:Decrypt', 'arn:aws:kms:eu-central-1:481516234201:key/*')] });
const expired = problem({ code: 'CREDENTIALS', title: '237 of 500 were done, then: the credentials are missing or not accepted', detail: 'the token has expired', hints: ['Sign in again (`aws sso login --profile NAME`), or name a profile with --profile', 'Repeat the command: what is done is found done, and the 263 that are left are done'] });
const moved = problem({ code: 'SECRET_MOVED', kind: 'precondition', title: '/polls/prod/db/password was changed since: it had version 7, and now has version 8', detail: 'writing now would lose what somebody else wrote', hints: ['See what changed: pilothouse secrets diff /polls/prod/db/password 7 8'] });

const preview: ImportPreview = {
  id: 'i1', token: 't', from: 'prod.env', path: '/polls/prod', view: {
    added: 1, changed: 1, same: 1, refused: 0, rows: [
      { name: '/polls/prod/NEW_TOKEN', kind: 'SecureString', bytes: 40, line: 3, fate: 'added', version: null, before: null, after: null, broken: [] },
      { name: '/polls/prod/DB_PASSWORD', kind: 'SecureString', bytes: 24, line: 1, fate: 'changed', version: 7, before: '9b1f0c9a4be1', after: '3f0c9a4be1d2', broken: [] },
      { name: '/polls/prod/DB_HOST', kind: 'SecureString', bytes: 12, line: 2, fate: 'same', version: 2, before: null, after: null, broken: [] },
    ],
  },
};
const refusedPreview: ImportPreview = { ...preview, view: { ...preview.view, refused: 1, rows: [...preview.view.rows, { name: '/polls/prod/a name', kind: 'SecureString', bytes: 4, line: 4, fate: 'refused', version: null, before: null, after: null, broken: [{ part: 'name', what: 'a name has letters, digits, `_`, `.`, `-` and `/`, not ` `', wayOut: 'Name it /polls/prod/a_name' }] }] } };
const deletion: DeletionPreview = { id: 'd1', token: 't', typed: '/polls/prod', parameters: few.filter((one) => one.name.startsWith('/polls/prod/')) };
const side = (version: number, digest: string) => ({ kind: 'SecureString' as const, version, bytes: 24, digest });
const comparison: Comparison = {
  same: 1, differs: 1, left: 1, right: 1, rows: [
    { name: 'db/host', left: side(1, 'aa11bb22cc33'), right: side(2, 'aa11bb22cc33'), state: 'same' }, { name: 'db/password', left: side(1, '9b1f0c9a4be1'), right: side(7, '3f0c9a4be1d2'), state: 'differs' },
    { name: 'flags/banner', left: side(4, '77aa0c9a4be1'), right: null, state: 'left' }, { name: 'smtp/token', left: null, right: side(2, '0c9a4be177aa'), state: 'right' },
  ],
};
const one = (name: string) => few.find((row) => row.name === name);
const known = { watchSecrets: whole(few), secret: (_place: unknown, name: string) => Promise.resolve(details(one(name))), revealSecret: (_place: unknown, name: string) => Promise.resolve({ name, version: 7, value: 'a-value-for-the-scene\nof two lines', seconds: 30 }), copySecret: () => Promise.resolve({ version: 7, seconds: 30 }) };
const OPEN = '/secrets?path=%2Fpolls%2Fprod&open=%2Fpolls%2Fprod%2Fdb%2Fpassword';
const under = '/secrets?path=%2Fpolls%2Fprod';

export const scenes: Record<string, Scene> = {
  'secrets': { path: under, calls: known },
  'secrets-all': { path: '/secrets', calls: known },
  'secrets-open': { path: OPEN, calls: known },
  'secrets-revealed': { path: OPEN, press: ['reveal'], calls: known },
  'secrets-reveal-denied': { path: OPEN, press: ['reveal'], calls: { ...known, revealSecret: () => Promise.reject(noDecrypt) } },
  'secrets-no-versions': { path: OPEN, calls: { ...known, secret: () => Promise.resolve(details(undefined, { versions: [], unread: [{ part: 'versions', title: noDecrypt.title, detail: noDecrypt.detail, hints: noDecrypt.hints }] })) } },
  'secrets-restore-refused': { path: OPEN, press: ['restore-6'], calls: { ...known, restoreSecret: () => Promise.reject(moved) } },
  'secrets-new': { path: `${under}&open=new`, calls: known },
  'secrets-new-broken': { path: `${under}&open=new`, press: ['secret-name=/aws/x'], calls: { ...known, checkSecret: () => Promise.resolve({ broken: [{ part: 'name', what: 'names that begin with `aws` are AWS\'s own', wayOut: 'Put another word before it, such as /my-aws' }], command: 'pilothouse secrets set /aws/x', call: ['ssm:PutParameter', 'Name: /aws/x', 'Type: SecureString'] }) } },
  'secrets-edit': { path: OPEN, press: ['drawer-edit'], calls: known },
  'secrets-import': { path: under, press: ['import'], calls: known },
  'secrets-import-preview': { path: under, press: ['import', 'choose-file'], calls: { ...known, chooseImport: () => Promise.resolve(preview) } },
  'secrets-import-refused': { path: under, press: ['import', 'choose-file'], calls: { ...known, chooseImport: () => Promise.resolve(refusedPreview) } },
  'secrets-import-stopped': { path: under, press: ['import', 'choose-file', 'write-all'], calls: { ...known, chooseImport: () => Promise.resolve(preview), applyImport: () => Promise.reject(expired) } },
  'secrets-delete': { path: under, press: ['delete-path'], calls: { ...known, planSecretDeletion: () => Promise.resolve(deletion) } },
  'secrets-deleted': { path: under, press: ['delete-path', 'confirm-name=/polls/prod', 'confirm-button'], calls: { ...known, planSecretDeletion: () => Promise.resolve(deletion), deleteSecrets: () => Promise.resolve({ names: deletion.parameters.map((row) => row.name), undo: 'u1' }) } },
  'secrets-many': { path: '/secrets', calls: { ...known, watchSecrets: whole(many) } },
  'secrets-long-names': { path: `/secrets?open=${encodeURIComponent(longNames[0]?.name ?? '')}`, calls: { ...known, watchSecrets: whole(longNames), secret: () => Promise.resolve(details(longNames[0])) } },
  'secrets-empty': { path: '/secrets', calls: { watchSecrets: whole([]) } },
  'secrets-loading': { path: '/secrets', calls: { watchSecrets: () => () => undefined } },
  'secrets-throttled': { path: '/secrets', calls: { ...known, watchSecrets: tells({ kind: 'page', parameters: many.slice(0, 2140) }, { kind: 'waiting', words: 'AWS asks to slow down at ssm:DescribeParameters: 2,140 of 10,000 done, going on in 3 s', seconds: 3 }) } },
  'secrets-denied': { path: '/secrets', calls: { watchSecrets: tells({ kind: 'failed', problem: denied }) } },
  'secrets-stopped': { path: '/secrets' },
  'secrets-opening': { path: OPEN, calls: { ...known, secret: forever } },
  'secrets-compare': { path: '/secrets/compare?path=%2Fpolls%2Fdev', calls: known },
  'secrets-compared': { path: '/secrets/compare?path=%2Fpolls%2Fdev', press: ['right-path=/polls/prod', 'compare-now'], calls: { ...known, compareSecrets: () => Promise.resolve(comparison) } },
};
