import type { MemberStanding, Problem, SeveralView } from '@/bridge';
import { forever, type Scene } from '@/bridge/memory';
import { runningSandbox, sampleDeployed } from '@/bridge/memory/samples';
import { all, broken, five, folder, longNamed, member, need, PROD_TARGET, severalHere, standing, thirty, two } from './samples';

const identity = { account: '481516234201', region: 'eu-central-1', principal: 'arn:aws:sts::481516234201:assumed-role/Deployer/ana@acme.io', principalWords: 'Deployer, ana@acme.io', sandbox: false };

function scene(view: SeveralView, standings: MemberStanding[], more: Partial<Scene> = {}): Scene {
  const target = view.target.kind === 'sandbox' ? 'sandbox' : 'account:acme-prod';
  return {
    path: `/services/shop?project=shop&stage=${view.stage}&target=${target}`,
    start: { sandbox: runningSandbox, profiles: ['acme-prod'], recent: [{ id: 'shop', name: view.name, folder: view.folder, config: view.config ?? 'folders', openedAt: new Date().toISOString(), missing: false, stage: view.stage, target: view.target, last: null }] },
    ...more,
    calls: { project: () => Promise.reject(severalHere), several: () => Promise.resolve(view), severalStanding: () => Promise.resolve(standings), ...more.calls },
  };
}

const oneBroken = folder([member('orders', 0), member('mail', 0, [], { about: null, problem: broken }), member('shop', 1, [need('orders', 'reads QueueUrl'), need('mail', 'dependsOn')])], { name: 'acme', folder: '~/code/acme' });
const consent: Problem = { ...broken, code: 'CONSENT_NEEDED', kind: 'permission', title: '`serverless.js` is code that would run on this computer', findings: [] };
const asks: Problem = { ...broken, code: 'CLOUD_NOT_ASKED', kind: 'precondition', title: 'the configuration asks AWS for 1 value', findings: [] };
const mixed = folder([member('network', 0, [], { about: null, problem: consent }), member('orders', 0), member('shop', 1, [need('orders', 'reads QueueUrl')], { about: null, problem: asks }), member('web', 2, [need('shop', 'dependsOn')])], { name: 'acme', folder: '~/code/acme' });
const circle: Problem = { ...broken, code: 'SERVICE_CYCLE', title: 'services wait for each other in a circle: orders -> users -> orders', findings: [], hints: ['Let one of them do without what it reads from the other'] };
const lost: Problem = { ...broken, code: 'CLOUD_SILENT', kind: 'remote', title: 'AWS does not answer', detail: 'dispatch failure: dns error: failed to lookup address information', hints: ['Look at your network, then look again'], findings: [] };
const prod = { ...five, stage: 'prod', production: true, target: PROD_TARGET, region: 'eu-central-1' };
const fiveStand = [standing('tables', 'live'), standing('events', 'live'), standing('users', 'rolledBack'), standing('orders', 'absent'), standing('web', 'absent')];

export const scenes: Record<string, Scene> = {
  several: scene(two, all(two, 'live')),
  'several-absent': scene(two, all(two, 'absent')),
  'several-sandbox-stopped': scene(two, all(two, 'unknown', { identity: null })),
  'several-steps': scene(five, fiveStand),
  'several-prod': scene(prod, prod.services.map((one) => standing(one.name, one.name === 'web' ? 'stuck' : 'live', { ...sampleDeployed, identity, standing: one.name === 'web' ? 'stuck' : 'live' }))),
  'several-no-order': scene({ ...two, services: [member('mail', 0), member('orders', 0), member('users', 0)], config: null, name: 'acme', folder: '~/code/acme' }, []),
  'several-one-broken': scene(oneBroken, [standing('orders', 'live'), { service: 'mail', deployed: null, problem: broken }, standing('shop', 'absent')]),
  'several-mixed': scene(mixed, [{ service: 'network', deployed: null, problem: consent }, standing('orders', 'live'), { service: 'shop', deployed: null, problem: asks }, { service: 'web', deployed: null, problem: lost }]),
  'several-many': scene(thirty, thirty.services.map((one, at) => standing(one.name, at < 20 ? 'live' : 'absent'))),
  'several-long-names': scene(longNamed, [standing(longNamed.services[0]?.name ?? '', 'live')]),
  'several-loading': scene(two, [], { calls: { several: forever } }),
  'several-looking': scene(five, [], { calls: { severalStanding: forever } }),
  'several-not-looked': scene(five, [], { calls: { severalStanding: () => Promise.reject(lost) } }),
  'several-circle': scene(two, [], { calls: { several: () => Promise.reject(circle) } }),
  'several-not-opened': scene(two, all(two, 'live'), { press: ['plan-all'], calls: { planSeveral: () => Promise.reject({ ...circle, code: 'PROJECT_UNKNOWN', title: 'this project is not open any more', hints: ['Open its folder again'] }) } }),
};
