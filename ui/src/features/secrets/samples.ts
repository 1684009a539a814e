// Parameters as scenes and tests show them.
import type { ParameterDetails, ParameterView, SecretsTold, VersionView } from '@/bridge';
import type { Host } from '@/bridge';

const NOW = Date.now();
const ago = (hours: number) => new Date(NOW - hours * 3_600_000).toISOString();

export function parameter(name: string, more: Partial<ParameterView> = {}): ParameterView {
  return { name, kind: 'String', key: null, keyWords: null, version: 1, changed: ago(240), by: 'arn:aws:iam::481516234201:user/ana', byWords: 'ana', tier: 'Standard', description: null, pattern: null, policies: [], ...more };
}
const secret = (name: string, version: number, hours: number, more: Partial<ParameterView> = {}) => parameter(name, { kind: 'SecureString', key: 'alias/polls-prod', keyWords: 'polls-prod', version, changed: ago(hours), ...more });

export const few: ParameterView[] = [
  parameter('/polls/prod/db/host', { version: 2 }), parameter('/polls/prod/db/name'), secret('/polls/prod/db/password', 7, 290, { description: 'Rotated by hand, twice a year' }), parameter('/polls/prod/db/user'),
  secret('/polls/prod/django/secret_key', 3, 1500, { byWords: 'carlos' }), parameter('/polls/prod/django/allowed_hosts', { kind: 'StringList', version: 4, changed: ago(30) }),
  parameter('/polls/prod/flags/results_page', { version: 9, changed: ago(1) }), parameter('/polls/prod/flags/banner', { version: 21, changed: ago(190) }),
  secret('/polls/prod/smtp/token', 2, 2900), secret('/polls/prod/smtp/webhook_signing_secret_for_bounces', 1, 9000, { key: 'alias/aws/ssm', keyWords: 'aws/ssm', byWords: null, by: null }),
  parameter('/polls/dev/db/host'), secret('/polls/dev/db/password', 1, 500), parameter('/polls/staging/db/host'), parameter('/shared/region'), parameter('a-name-without-levels'),
];

const LONG = '/a-company-with-a-long-name/the-product-line-for-enterprises/production-eu-central-1/the-service-that-does-everything/integrations/payment-provider/webhook-signature-verification-key';
export const longNames: ParameterView[] = [secret(LONG, 3, 10, { keyWords: 'a-key-alias-that-is-as-long-as-an-alias-may-be-in-an-account', byWords: 'somebody.with.a.very.long.session.name@a-company-with-a-long-name.example' }), ...few.slice(0, 4)];
export const many: ParameterView[] = Array.from({ length: 10_000 }, (_, index) => {
  const name = `/many/${['dev', 'staging', 'prod'][index % 3]}/service-${String(Math.floor(index / 30) % 40).padStart(2, '0')}/value-${String(index).padStart(5, '0')}`;
  return index % 4 === 0 ? secret(name, 1 + (index % 9), index) : parameter(name, { changed: ago(index) });
});

const where = { kind: 'reached', account: '481516234201', region: 'eu-central-1', principal: 'arn:aws:sts::481516234201:assumed-role/Deployer/ana@acme.io' } as const;

/** A list that tells these, one after the other. */
export const tells = (...told: SecretsTold[]): Host['watchSecrets'] => (_place, _expected, tell) => {
  let isGone = false;
  queueMicrotask(() => { for (const one of [where, ...told]) if (!isGone) tell(one); });
  return () => { isGone = true; };
};
export const whole = (parameters: ParameterView[]) => tells({ kind: 'page', parameters }, { kind: 'whole', read: parameters.length });

const version = (number: number, hours: number, more: Partial<VersionView> = {}): VersionView => ({ version: number, bytes: 24, digest: `d${number}d${number}d${number}`, keyWords: 'polls-prod', labels: [], changed: ago(hours), byWords: 'ana', by: 'arn:aws:iam::481516234201:user/ana', differences: [], ...more });

export const details = (of: ParameterView = few[2] as ParameterView, more: Partial<ParameterDetails> = {}): ParameterDetails => ({
  parameter: of, arn: `arn:aws:ssm:eu-central-1:481516234201:parameter${of.name}`, tags: [{ key: 'team', value: 'polls' }, { key: 'rotated', value: 'by hand' }], unread: [],
  versions: [
    version(7, 290, { labels: ['live'], differences: [{ part: 'value', before: '16 bytes, 9b1f0c9a4be1', after: '24 bytes, 3f0c9a4be1d2' }, { part: 'key', before: 'alias/aws/ssm', after: 'alias/polls-prod' }] }),
    version(6, 3700, { byWords: 'carlos', differences: [{ part: 'value', before: '16 bytes, 77aa0c9a4be1', after: '16 bytes, 9b1f0c9a4be1' }] }), version(5, 6600, { labels: ['first'] }),
  ],
  ...more,
});
