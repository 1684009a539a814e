import type { RecentProject } from '@/bridge';
import type { Scene } from '@/bridge/memory';

const uses = (id: string, name: string, profile: string): RecentProject => ({
  id, name, folder: `~/code/acme/${name}`, config: 'serverless.yml', openedAt: new Date(Date.now() - 3_600_000).toISOString(), missing: false, stage: 'prod', target: { kind: 'account', profile }, last: null,
});
const recent = [uses('polls', 'polls-api', 'acme-prod'), uses('shop', 'shop-admin', 'acme-prod'), uses('mail', 'mailer', 'acme-staging')];

export const scenes: Record<string, Scene> = {
  'accounts': { path: '/accounts', start: { profiles: ['acme-prod', 'acme-staging', 'default'], recent } },
  'accounts-no-projects': { path: '/accounts', start: { profiles: ['default'] } },
  'accounts-none': { path: '/accounts' },
  'accounts-many': { path: '/accounts', start: { recent, profiles: Array.from({ length: 300 }, (_, index) => `acme-organisation-workloads-production-account-number-${index}-AdministratorAccess`) } },
};
