import { describe, expect, it } from 'vitest';
import { plan, row, typed } from '../samples';
import { makes } from './folds';
import { bar, decisions, groups, headline, ifItFails, isNothing, loss, note, reasons, someOf, yours } from './model';

const table = (change: 'replace' | 'remove' | 'mayReplace' | 'modify') =>
  typed('VotesTable', 'VotesTable', 'AWS::DynamoDB::Table', change, 58, { holdsData: true });
const code = (name: string) => row(`${name}LambdaFunction`, 'code', { name });
const companions = (owner: string) => [
  typed(`${owner}LogGroup`, `log of ${owner}`, 'AWS::Logs::LogGroup', 'add', 3),
  typed(`${owner}Permission`, `permission of ${owner}`, 'AWS::Lambda::Permission', 'add', 3),
  typed(`${owner}Version`, `version of ${owner}`, 'AWS::Lambda::Version', 'add', 3),
];

describe('groups', () => {
  it('go from the most dangerous to the least, and leave out what is empty', () => {
    const kinds = ['add', 'code', 'letGo', 'remove', 'mayReplace', 'replace'] as const;
    const all = plan(kinds.map((kind) => row(kind, kind)));
    expect(groups(all).map((group) => group.title)).toEqual([
      'Replaced', 'Perhaps replaced', 'Removed', 'Let go', 'Changed', 'Added',
    ]);
    expect(groups(plan([row('a', 'add')])).map((group) => group.id)).toEqual(['added']);
  });

  it('count rows, not lines', () => {
    const [changed] = groups(plan([code('a'), code('b'), code('c')]));
    expect(changed?.count).toBe(3);
    expect(changed?.lines).toHaveLength(1);
  });

  it('fold functions that get new code and nothing else', () => {
    const more = row('vote', 'modify', { properties: [{ path: 'MemorySize', before: '1', after: '2' }] });
    const s3 = row('x', 'modify', { properties: [{ path: 'Code.S3Key', before: 'a', after: 'b' }] });
    const [changed] = groups(plan([code('a'), more, s3]));
    expect(changed?.lines.map((line) => (line.kind === 'fold' ? line.name : line.row.logicalId))).toEqual(['vote', 'a, x']);
  });

  it('leave a single function alone', () => {
    const [changed] = groups(plan([code('a')]));
    expect(changed?.lines[0]?.kind).toBe('row');
  });

  it('fold what goes with a function, each function for itself while they are few', () => {
    const [added] = groups(plan([typed('A', 'a', 'AWS::Lambda::Function', 'add', 1), ...companions('a'), ...companions('b')]));
    const folds = added?.lines.flatMap((line) => (line.kind === 'fold' ? [[line.name, line.note]] : []));
    expect(folds).toEqual([
      ['3 that go with a', 'log group, permission to call it, version'],
      ['3 that go with b', 'log group, permission to call it, version'],
    ]);
  });

  it('fold what goes with many functions into one row', () => {
    const [added] = groups(plan(['a', 'b', 'c', 'd'].flatMap(companions)));
    expect(added?.lines).toHaveLength(1);
    expect(added?.lines[0]).toMatchObject({ name: '12 that go with 4 functions' });
  });

  it('fold what goes with an API and what deploys need; what is written under resources stays', () => {
    const api = (id: string, type: string, path: string | null) => typed(id, id, `AWS::ApiGateway::${type}`, 'add', null, path === null ? {} : { origin: { file: 'serverless.yml', line: 9, path } });
    const [added] = groups(plan([
      typed('M', 'GET /a', 'AWS::ApiGateway::Method', 'add', 3), api('RestApi', 'RestApi', null), api('Deployment', 'Deployment', null), api('Own', 'Resource', 'resources.Resources.Own'),
      typed('ServerlessDeploymentBucket', 'bucket', 'AWS::S3::Bucket', 'add', null), typed('ServerlessDeploymentBucketPolicy', 'policy', 'AWS::S3::BucketPolicy', 'add', null),
      typed('F', 'a', 'AWS::Lambda::Function', 'add', 1),
    ]));
    expect(added?.lines.map((line) => (line.kind === 'fold' ? `${line.name}: ${line.note}` : line.row.logicalId))).toEqual([
      'F', 'M', 'Own', '2 that go with the API: the API, deployment', '2 that deploys need: bucket for the code and its policy',
    ]);
  });

  it('never fold a row that loses data', () => {
    const logs = ['a', 'b'].map((owner) =>
      typed(`${owner}Log`, `log of ${owner}`, 'AWS::Logs::LogGroup', 'remove', null, { holdsData: true }),
    );
    const [removed] = groups(plan(logs));
    expect(removed?.lines.map((line) => line.kind)).toEqual(['gate', 'gate']);
  });
});

describe('what is to be settled', () => {
  it('is every row that loses data', () => {
    expect(decisions(plan([table('replace')]))).toHaveLength(1);
    expect(decisions(plan([table('mayReplace')]))).toHaveLength(1);
    expect(decisions(plan([table('modify')]))).toHaveLength(0);
    expect(decisions(plan([row('f', 'remove')]))).toHaveLength(0);
  });

  it('is settled by the exact logical id, and by nothing near it', () => {
    const shown = plan([table('replace')]);
    for (const typedText of ['', 'VotesTabl', 'votestable', 'VotesTable ']) {
      expect(reasons(shown, { VotesTable: typedText }, '')).toHaveLength(1);
    }
    expect(reasons(shown, { VotesTable: 'VotesTable' }, '')).toEqual([]);
  });

  it("asks for the stack's name in production", () => {
    const shown = plan([row('f', 'add')], { production: true, stack: 'polls-prod' });
    expect(reasons(shown, {}, 'polls')).toEqual([{ words: 'type polls-prod', to: 'settle-stack' }]);
    expect(reasons(shown, {}, 'polls-prod')).toEqual([]);
  });
});

describe('the sentences', () => {
  it('count and place', () => {
    expect(headline(plan([row('a', 'add')]))).toBe('1 change to hello-world in dev');
    expect(headline(plan([row('a', 'add'), row('b', 'add')]))).toBe('2 changes to hello-world in dev');
  });

  it('say what is the reader\'s', () => {
    expect(yours(plan([row('a', 'code')], { course: 'code' }))).toEqual({
      lead: 'Nothing is yours to settle.', rest: 'Only code changes, so the functions get it directly.',
    });
    expect(yours(plan([table('replace')]))).toEqual({
      lead: 'One thing is yours to settle:', rest: 'confirm VotesTable, which is replaced.',
    });
    expect(yours(plan([table('remove')], { production: true }))).toEqual({
      lead: 'Two things are yours to settle:', rest: "confirm VotesTable, which is removed, and type the stack's name.",
    });
  });

  it('say that nothing is put back where rollback is off', () => {
    const rows = [row('a', 'modify')];
    expect(ifItFails(plan(rows))).toContain('put back');
    expect(ifItFails(plan(rows, { rollbackOff: true }))).toContain('what was made stays');
  });

  it('know when there is nothing to do', () => {
    expect(isNothing(plan([], { course: 'nothing' }))).toBe(true);
    expect(isNothing(plan([row('a', 'add')]))).toBe(false);
  });

  it('shorten long lists', () => {
    expect(someOf(['a', 'b', 'c', 'd'])).toBe('a, b, c, d');
    expect(someOf(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
  });

  it('tell what a function is made with', () => {
    const made = row('f', 'add', {
      properties: [{ path: 'MemorySize', before: null, after: '256' }, { path: 'Runtime', before: null, after: 'python3.13' }],
    });
    expect(note(made)).toBe('python3.13, 256 MB');
  });
});

it('the bar has a part for each kind that there is', () => {
  expect(bar(plan([row('a', 'add'), row('b', 'remove')])).map((part) => part.word)).toEqual(['removed', 'added']);
});

describe('what a first deploy makes', () => {
  it('is told by what it is for', () => {
    const fn = typed('F', 'a', 'AWS::Lambda::Function', 'add', 1);
    const api = typed('A', 'api', 'AWS::ApiGateway::RestApi', 'add', null);
    expect(makes([fn, api, ...companions('a')])).toBe('It makes 1 function, 1 API and what goes with them.');
    expect(makes([fn, ...companions('a')])).toBe('It makes 1 function and what goes with it.');
    expect(makes([fn])).toBe('It makes 1 function.');
    expect(makes(companions('a'))).toBe('It makes 3 resources.');
  });
});

describe('files of buckets', () => {
  const files = (id: string, more = {}) =>
    typed(id, `2 files in ${id}`, 'AWS::S3::Object', 'remove', null, { properties: ['a.js', 'b.js'].map((path) => ({ path, before: 'in the bucket', after: 'deleted' })), ...more });

  it('leave the stack as it is, and are told so', () => {
    const only = plan([files('site/ (deleted files)')], { course: 'update' });
    expect(yours(only).rest).toBe(`The stack ${only.stack} stays as it is.`);
    expect(ifItFails(only)).toBe('If it fails, what is uploaded stays, and nothing is deleted.');
    expect(note(files('site/'))).toBe('a.js, b.js');
  });

  it('that others put there are settled by typing where they lie', () => {
    const lost = files('site/', { holdsData: true });
    expect(reasons(plan([lost]), {}, '').map(({ words }) => words)).toEqual(['type site/']);
    expect(loss(lost).title).toBe('2 files that no deploy put there will be deleted');
  });
});
