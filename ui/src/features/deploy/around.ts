// What surrounds the scenes: the projects that are open, and production in its account.
import type { RecentProject } from '@/bridge';
import type { Scene } from '@/bridge/memory';
import { runningSandbox, sampleDeployed, sampleProject } from '@/bridge/memory/samples';
import { PROD_IDENTITY } from './samples';

export const DEV = '?project=hello&stage=dev&target=sandbox';
export const PROD = '?project=polls&stage=prod&target=account:acme-prod';

const recent = (id: string, name: string, stage: string, target: RecentProject['target']): RecentProject => ({
  id, name, folder: `~/code/${name}`, config: 'serverless.yml', openedAt: new Date().toISOString(), missing: false, stage, target, last: null,
});

const projects = [recent('hello', 'hello-world', 'dev', { kind: 'sandbox' }), recent('polls', 'polls-api', 'prod', { kind: 'account', profile: 'acme-prod' })];

export function withProjects(scenes: Record<string, Scene>): Record<string, Scene> {
  const start = { recent: projects, sandbox: runningSandbox, profiles: ['acme-prod'] };
  return Object.fromEntries(Object.entries(scenes).map(([name, scene]) => [name, { ...scene, start: { ...start, ...scene.start } }]));
}

export function onProduction(scene: Scene): Scene {
  return {
    ...scene,
    project: { ...sampleProject, id: 'polls', service: 'polls-api', stage: 'prod', stages: ['dev', 'prod'], production: true, region: 'eu-central-1', stack: 'polls-api-prod', target: { kind: 'account', profile: 'acme-prod' } },
    deployed: { ...sampleDeployed, target: { kind: 'account', profile: 'acme-prod' }, identity: PROD_IDENTITY },
  };
}
