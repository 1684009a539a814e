import type { Activity, Problem } from '@/bridge';
import { forever, type Scene } from '@/bridge/memory';

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const DENY = 'User: arn:aws:sts::481516234201:assumed-role/Deployer/ana is not authorized to perform: cloudwatch:PutMetricAlarm with an explicit deny in a service control policy';

function one(id: number, minutes: number, more: Partial<Activity> = {}): Activity {
  return {
    id: `op-${id}`, verb: 'deploy', stack: 'hello-world-dev', account: 'sandbox', region: 'us-east-1', principal: 'arn:aws:iam::000000000000:root', at: ago(minutes),
    outcome: 'done', words: '5 changes', millis: 10_400, command: "pilothouse deploy --stage dev --sandbox --dir '/home/ana/pilothouse-examples/hello-world'", project: 'hello', ...more,
  };
}
const prod = { account: '481516234201', region: 'eu-central-1', principal: 'arn:aws:sts::481516234201:assumed-role/Deployer/ana@acme.io', stack: 'polls-api-prod', command: "pilothouse deploy --stage prod --profile acme-prod --dir '/home/ana/code/acme/polls'", project: 'polls' };
const LONG = 'a-service-with-a-very-long-name-that-someone-chose-on-a-friday-afternoon-production-eu-central-1';

const done: Activity[] = [
  one(1, 0.5, { outcome: 'running or cut off', words: '', millis: null }),
  one(2, 6, { outcome: 'nothing to do', words: 'The stack equals your files', millis: 1900 }),
  one(3, 24, { ...prod, outcome: 'rolled back', words: DENY, millis: 101_000 }),
  one(4, 31, { ...prod, verb: 'plan', outcome: 'done', words: '14 changes', millis: 8200 }),
  one(5, 66),
  one(6, 190, { verb: 'remove', stack: 'mailer-dev', words: '9 resources deleted', millis: 31_000, command: "pilothouse remove --stage dev --sandbox --dir '/home/ana/code/acme/mailer'", project: null }),
  one(7, 1500, { ...prod, outcome: 'refused', words: 'the plan does not fit any more: the stack was changed since', millis: 640 }),
  one(8, 2000, { outcome: 'settled', words: 'the next command found it done', millis: null }),
  one(9, 4000, { stack: LONG, outcome: 'failed', words: 'the bucket could not be emptied', millis: 4_100_000 }),
];
const many = Array.from({ length: 2000 }, (_, index) => one(index, index * 17, index % 9 === 4 ? { ...prod, outcome: 'failed', words: DENY } : {}));
const unreadable: Problem = { code: 'DATA_FOLDER', kind: 'precondition', title: 'the journal cannot be read', detail: 'Permission denied (os error 13): ~/.local/share/pilothouse/journal', hints: ['Let your user read it, then try again'], retry: 'after', findings: [], failure: null };
const tells = (rows: Activity[]) => ({ activity: (most: number) => Promise.resolve(rows.slice(0, most)) });

export const scenes: Record<string, Scene> = {
  'activity': { path: '/activity', calls: tells(done) },
  'activity-open': { path: '/activity?open=op-3', calls: tells(done) },
  'activity-cut-off': { path: '/activity?open=op-1', calls: tells(done) },
  'activity-empty': { path: '/activity', calls: tells([]) },
  'activity-many': { path: '/activity', calls: tells(many) },
  'activity-loading': { path: '/activity', calls: { activity: forever } },
  'activity-unreadable': { path: '/activity', calls: { activity: () => Promise.reject(unreadable) } },
};
