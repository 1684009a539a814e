// The editor in each of its states.
import type { Checked, Diagnosis, Problem, TextFile } from '@/bridge';
import { forever, type Scene } from '@/bridge/memory';
import { needsConsent, untilAllowed } from '@/bridge/memory/consent';
import { runningSandbox, sampleText } from '@/bridge/memory/samples';

const PATH = '/editor/hello?project=hello&stage=dev&target=sandbox';
const recent = [{ id: 'hello', name: 'polls-api', folder: '~/code/polls-api', config: 'serverless.yml', openedAt: '2026-11-23T09:00:00.000Z', missing: false, stage: 'dev', target: { kind: 'sandbox' as const }, last: null }];
const start = { sandbox: runningSandbox, recent };
const LONG = 'customerNotificationPreferencesSynchronisationReconciliationWorkerForTheEuropeanRegion';

const file = (text: string, more: Partial<TextFile> = {}): TextFile => ({ file: 'serverless.yml', text, digest: text, config: 'serverless.yml', others: [], ...more });

interface Wrong { word: string; isError?: boolean; message: string; reason?: string; hint?: string; fix?: string }

/** A finding about the first place of a word. */
function wrong(text: string, { word, isError = false, message, reason, hint, fix }: Wrong): Diagnosis {
  const from = text.indexOf(word);
  const before = text.slice(0, from);
  const line = before.split('\n').length;
  const range = { from, to: from + word.length };
  return {
    finding: { code: 'CONFIG_UNKNOWN_KEY', isError, message, path: null, reason: reason ?? null, hint: hint ?? null, place: { file: 'serverless.yml', line, column: from - before.lastIndexOf('\n'), text: text.split('\n')[line - 1] ?? '', length: word.length } },
    range: from < 0 ? null : range,
    fix: fix === undefined ? null : { title: `Write ${fix}`, range, text: fix },
    related: [],
  };
}

const ODD = `service: polls-api
frameworkVersion: '3'

provider:
  name: aws
  runtme: python3.13
  region: eu-centrl-1
  environment:
    TABLE: \${self:service}-\${sls:stage}

functions:
  vote:
    handler: vote.handler
    timeout: 1000
    events:
      - http:
          path: polls/{poll}/votes
          method: post
  listPolls:
    handler: polls.list
    events: \${file(events/list.yml)}
    layers: &tools
      - !Ref ToolsLambdaLayer # shared by all
`;

const other: Diagnosis = {
  finding: { code: 'CONFIG_BAD_VALUE', isError: false, message: '`functions.listPolls.events.0.schedule` must be a schedule such as `rate(5 minutes)`, `rate(1 hour)` or `cron(0 12 * * ? *)`, not `every day`', path: null, reason: null, hint: null, place: { file: 'events/list.yml', line: 2, column: 13, text: '- schedule: every day', length: 9 } },
  range: null, fix: null, related: [{ file: 'serverless.yml', line: 21, words: 'read by `functions.listPolls.events`' }],
};

const odd = (text: string): Checked => ({
  findings: [
    wrong(text, { word: '1000', isError: true, message: '`functions.vote.timeout` must be a whole number from 1 to 900, not `1000`', reason: 'must be a whole number from 1 to 900' }),
    ...(text.includes('runtme') ? [wrong(text, { word: 'runtme', message: '`provider` has a key that does not exist: `runtme`', reason: 'no such key: `runtme`', hint: 'Did you mean `runtime`?', fix: 'runtime' })] : []),
    wrong(text, { word: 'eu-centrl-1', message: '`provider.region` must be one of 42 words such as us-east-1, us-east-2 and us-west-1, not `eu-centrl-1`', hint: 'Did you mean `eu-central-1`?', fix: 'eu-central-1' }),
    other,
  ],
});

const oddCalls: Scene['calls'] = {
  readText: () => Promise.resolve(file(ODD, { others: ['events/list.yml'] })),
  checkText: (_place, _file, text) => Promise.resolve(odd(text)),
};

const many = `service: large\n\nprovider:\n  name: aws\n  runtime: nodejs22.x\n\nfunctions:\n${Array.from({ length: 300 }, (_, index) => `  worker${index}:\n    handler: src/worker${index}.handler\n    memorySize: 512\n    timeout: 30 # seconds\n    environment:\n      NAME: \${self:service}-\${sls:stage}-worker${index}\n    events:\n      - sqs:\n          arn: !GetAtt Queue${index}.Arn\n          batchSize: 5\n`).join('')}`;
const longNames = `service: polls-api\n# ${'a comment that does not end '.repeat(20)}\nfunctions:\n  ${LONG}:\n    handler: src/${LONG}/${LONG}.handler\n    description: "right-to-left \u202E and nothing \u200B here"\n`;

const problem: Problem = { code: 'CONFIG_UNREADABLE', kind: 'config', title: '`serverless.yml` is not UTF-8 text', detail: 'invalid utf-8 sequence of 1 bytes from index 118', hints: ['Save it as UTF-8 with another editor'], retry: 'after', findings: [], failure: null };
const readOnly: Problem = { ...problem, code: 'OUTPUT_UNWRITABLE', title: 'serverless.yml cannot be written', detail: 'Permission denied (os error 13)', hints: ['Check its permissions and the free space of its disk'] };
const theirs = file(ODD.replace('polls-api', 'polls').replace('vote.handler', 'votes.handler'), { digest: 'theirs', others: ['events/list.yml'] });

const LIST = '- shcedule: every day\n';
/** The same with a second file that has a mistake of its own. */
const twoCalls: Scene['calls'] = {
  readText: (_place, name) => Promise.resolve(name === null || name === 'serverless.yml' ? file(ODD, { others: ['events/list.yml'] }) : file(LIST, { file: name, others: ['events/list.yml'] })),
  checkText: (_place, name, text) => Promise.resolve(name === 'serverless.yml' ? odd(text) : { findings: text.includes('shcedule') ? [wrong(text, { word: 'shcedule', message: '`shcedule` is no kind of event', hint: 'Did you mean `schedule`?', fix: 'schedule' })] : [] }),
};
/** The window is asked to close a moment after something is written. */
const closing: Scene['calls'] = { watchLeaving: (tell) => { const timer = setTimeout(() => tell('close'), 20); return () => clearTimeout(timer); } };

export const scenes: Record<string, Scene> = {
  'editor-consent': { path: PATH, start, calls: untilAllowed({ checkText: () => Promise.resolve({ findings: [] }) }) },
  'editor-consent-asked': { path: PATH, start, calls: untilAllowed({ checkText: () => Promise.resolve({ findings: [] }) }), press: ['editor-consent'] },
  'editor-consent-not-saved': { path: PATH, start, calls: { ...oddCalls, checkText: (_place, _file, text) => (text.includes('runtme') ? Promise.resolve(odd(text)) : Promise.reject(needsConsent())) }, press: ['fix-1'] },
  'editor': { path: PATH, start },
  'editor-problems': { path: PATH, start, calls: oddCalls },
  'editor-not-saved': { path: PATH, start, calls: oddCalls, press: ['fix-1'] },
  'editor-conflict': { path: PATH, start, calls: { ...oddCalls, saveText: () => Promise.resolve({ kind: 'conflict', theirs }) }, press: ['fix-1', 'editor-save'] },
  'editor-leaving': { path: PATH, start, calls: oddCalls, press: ['fix-1', 'project-switcher'] },
  'editor-leaving-several': { path: PATH, start, calls: twoCalls, press: ['fix-1', 'problem-3', 'fix-0', 'editor-service'] },
  'editor-closing': { path: PATH, start, calls: { ...oddCalls, ...closing }, press: ['fix-1'] },
  'editor-read-only': { path: PATH, start, calls: { ...oddCalls, saveText: () => Promise.reject(readOnly) }, press: ['fix-1', 'editor-save'] },
  'editor-checking': { path: PATH, start, calls: { checkText: () => forever() } },
  'editor-unchecked': { path: PATH, start, calls: { checkText: () => Promise.reject({ ...problem, code: 'CONFIG_MISSING', title: 'the folder ~/code/polls-api cannot be opened', detail: 'No such file or directory' }) } },
  'editor-empty': { path: PATH, start, calls: { readText: () => Promise.resolve(file('')), checkText: () => Promise.resolve({ findings: [{ ...wrong('', { word: '', isError: true, message: '`serverless.yml` is empty', reason: 'a service is a mapping of keys to values', hint: 'Begin with `service: my-service` and `provider:`' }) }] }) } },
  'editor-large': { path: PATH, start, calls: { readText: () => Promise.resolve(file(many)) } },
  'editor-json': { path: PATH, start, calls: { readText: () => Promise.resolve(file('{\n  "service": "polls-api",\n  "provider": { "name": "aws", "runtime": "nodejs22.x", "timeout": 30 }\n}\n', { file: 'serverless.json', config: 'serverless.json' })) } },
  'editor-long-names': { path: PATH, start, calls: { readText: () => Promise.resolve(file(longNames, { others: [`${LONG}/${LONG}.yml`] })), checkText: (_place, _file, text) => Promise.resolve({ findings: [wrong(text, { word: LONG, message: `the name \`${LONG}\` under \`functions\` must be letters, digits, hyphens and underscores`, hint: `Did you mean \`${LONG}\`?`, fix: LONG })] }) } },
  'editor-waiting': { path: PATH, start, calls: { readText: () => forever() } },
  'editor-failed': { path: PATH, start, calls: { readText: () => Promise.reject(problem) } },
  'editor-usual-text': { path: PATH, start, calls: { readText: () => Promise.resolve(file(sampleText, { others: ['config/values.yml', 'resources/table.yml'] })) } },
};
