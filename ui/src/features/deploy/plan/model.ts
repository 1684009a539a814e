// What the plan page says about a plan: groups in order of risk, rows folded into one where they are alike, what is
// the reader's to settle, and the sentences. Pure: a plan in, words out.
import type { ChangeKind, PlanRow, PlanView } from '@/bridge';
import { cutMiddle } from '@/lib/words';
import { foldCompanions, makes } from './folds';

export type GroupId = 'replaced' | 'mayReplace' | 'removed' | 'letGo' | 'changed' | 'added';

/** One line of the list. A fold stands for several rows that are alike. */
export type Line =
  | { kind: 'row'; key: string; row: PlanRow }
  | { kind: 'gate'; key: string; row: PlanRow }
  | { kind: 'fold'; key: string; name: string; note: string; type: string; from: string; rows: PlanRow[] };

export interface Group {
  id: GroupId;
  title: string;
  word: string;
  count: number;
  lines: Line[];
}

const GROUPS: { id: GroupId; title: string; word: string; kinds: ChangeKind[] }[] = [
  { id: 'replaced', title: 'Replaced', word: 'replaced', kinds: ['replace'] },
  { id: 'mayReplace', title: 'Perhaps replaced', word: 'perhaps replaced', kinds: ['mayReplace'] },
  { id: 'removed', title: 'Removed', word: 'removed', kinds: ['remove'] },
  { id: 'letGo', title: 'Let go', word: 'let go', kinds: ['letGo'] },
  { id: 'changed', title: 'Changed', word: 'changed', kinds: ['modify', 'code'] },
  { id: 'added', title: 'Added', word: 'added', kinds: ['add', 'import'] },
];

/** The rows of a plan, most dangerous first. Groups without rows are left out. */
export function groups(plan: PlanView): Group[] {
  const found = GROUPS.map(({ id, title, word, kinds }) => {
    const rows = plan.rows.filter((row) => kinds.includes(row.change));
    return { id, title, word, count: rows.length, lines: linesOf(id, rows) };
  });
  return found.filter((group) => group.count > 0);
}

function linesOf(id: GroupId, rows: PlanRow[]): Line[] {
  const gates = rows.filter(mustBeSettled);
  const rest = rows.filter((row) => !mustBeSettled(row));
  const { plain: notCode, fold: code } = id === 'changed' ? foldCode(rest) : { plain: rest, fold: [] };
  const { plain, folds } = foldCompanions(notCode);
  return [
    ...gates.map((row): Line => ({ kind: 'gate', key: row.logicalId, row })),
    ...functionsFirst(plain).map((row): Line => ({ kind: 'row', key: row.logicalId, row })),
    ...code,
    ...folds,
  ];
}

/** What runs is what a service is for; the rest keeps its order. */
function functionsFirst(rows: PlanRow[]): PlanRow[] {
  const isFunction = (row: PlanRow) => row.resourceType === 'AWS::Lambda::Function';
  return [...rows.filter(isFunction), ...rows.filter((row) => !isFunction(row))];
}

/** Rows that lose data: they are settled by typing their name. */
export function mustBeSettled(row: PlanRow): boolean {
  const goes = row.change === 'replace' || row.change === 'mayReplace' || row.change === 'remove';
  return row.holdsData && goes;
}

export function decisions(plan: PlanView): PlanRow[] {
  return plan.rows.filter(mustBeSettled);
}

/** Functions that get new code and nothing else are one row. */
function foldCode(rows: PlanRow[]): { plain: PlanRow[]; fold: Line[] } {
  const code = rows.filter(isCodeOnly);
  if (code.length < 2) return { plain: rows, fold: [] };
  const fold: Line = {
    kind: 'fold',
    key: 'code-only',
    name: someOf(code.map((row) => row.name)),
    note: 'code only',
    type: `${code.length} ${code[0]?.typeWords ?? 'function'}s`,
    from: commonFile(code),
    rows: code,
  };
  return { plain: rows.filter((row) => !isCodeOnly(row)), fold: [fold] };
}

function isCodeOnly(row: PlanRow): boolean {
  if (row.change === 'code') return true;
  const isFunction = row.resourceType === 'AWS::Lambda::Function';
  return isFunction && row.properties.length > 0 && row.properties.every(({ path }) => /^Code(\.|$)/.test(path));
}

function commonFile(rows: PlanRow[]): string {
  const files = new Set(rows.map((row) => row.origin?.file ?? ''));
  const [only] = files;
  return files.size === 1 && only !== undefined ? only : '';
}

/** `a, b, c` or `a, b and 7 more`. */
export function someOf(names: string[]): string {
  const MOST = 4;
  if (names.length <= MOST) return names.join(', ');
  return `${names.slice(0, MOST - 1).join(', ')} and ${names.length - MOST + 1} more`;
}

export function changes(count: number): string {
  return count === 1 ? '1 change' : `${count.toLocaleString('en')} changes`;
}

/** `4 changes to hello-world in dev`. */
export function headline(plan: PlanView): string {
  return `${changes(plan.counts.total)} to ${plan.service} in ${plan.stage}`;
}

export function isNothing(plan: PlanView): boolean {
  return plan.course === 'nothing' || plan.counts.total === 0;
}

export const NUMBERS = ['Nothing', 'One thing', 'Two things', 'Three things', 'Four things', 'Five things'];

/** What the reader must do before the deploy: a lead in bold, and the rest of the sentence. */
export function yours(plan: PlanView): { lead: string; rest: string } {
  const rows = decisions(plan);
  const parts = rows.length > 0 ? [`confirm ${lost(rows)}`] : [];
  if (plan.production) parts.push("type the stack's name");
  const count = rows.length + (plan.production ? 1 : 0);
  if (count === 0) return { lead: 'Nothing is yours to settle.', rest: course(plan) };
  const lead = `${NUMBERS[count] ?? `${count} things`} ${count === 1 ? 'is' : 'are'} yours to settle:`;
  return { lead, rest: `${parts.join(', and ')}.` };
}

export function lost(rows: PlanRow[]): string {
  const WORDS: Partial<Record<ChangeKind, string>> = { replace: 'replaced', mayReplace: 'perhaps replaced' };
  const [first] = rows;
  if (rows.length > 3 || first === undefined) return `${rows.length} that lose what they hold`;
  if (rows.length > 1) return `the loss of ${rows.map((row) => row.name).join(', ').replace(/, ([^,]*)$/, ' and $1')}`;
  if (isOfFiles(first)) return `the deletion of ${first.name}`;
  return `${first.name}, which is ${WORDS[first.change] ?? 'removed'}`;
}

export function course(plan: PlanView): string {
  switch (plan.course) {
    case 'code':
      return 'Only code changes, so the functions get it directly.';
    case 'create':
      return `${makes(plan.rows)} The stack ${plan.stack} is new.`;
    case 'anew':
      return 'What the failed first deploy left is deleted, then the stack is made.';
    case 'update':
      if (plan.rows.every(isOfFiles)) return `The stack ${plan.stack} stays as it is.`;
      return `CloudFormation changes the stack ${plan.stack}.`;
    case 'nothing':
      return '';
  }
}

/** Rows of files that go to a bucket or from it, beside the stack. */
export function isOfFiles(row: PlanRow): boolean {
  return row.resourceType === 'AWS::S3::Object';
}

/** What a failure leaves, by how the plan is done. */
export function ifItFails(plan: PlanView): string {
  if (plan.rollbackOff && plan.course !== 'code') return 'If it fails, what was made stays: rollback is off.';
  switch (plan.course) {
    case 'code':
      return 'If one function refuses its code, the others keep what they got.';
    case 'create':
    case 'anew':
      return 'If it fails, what was made is deleted again.';
    default:
      if (plan.rows.every(isOfFiles)) return 'If it fails, what is uploaded stays, and nothing is deleted.';
      return 'If it fails, what stands now is put back.';
  }
}

/** Why the deploy cannot begin yet. `to` is the element that settles it. */
export interface Reason {
  words: string;
  to: string;
}

/** Several plans on one page have a scope each: two of them may have rows of the same name. */
export function gateId(row: Pick<PlanRow, 'logicalId'>, scope = ''): string {
  return `settle-${scope}${row.logicalId}`;
}
export const STACK_FIELD = 'settle-stack';

export function reasons(plan: PlanView, typed: Record<string, string>, stackTyped: string): Reason[] {
  const open = decisions(plan).filter((row) => typed[row.logicalId] !== row.logicalId);
  const left = open.map((row) => ({ words: `type ${row.logicalId}`, to: gateId(row) }));
  if (plan.production && stackTyped !== plan.stack) left.push({ words: `type ${plan.stack}`, to: STACK_FIELD });
  return left;
}

/** The parts of the bar of kinds. */
export function bar(plan: Pick<PlanView, 'counts'>): { id: GroupId; word: string; count: number }[] {
  const { counts } = plan;
  const all: { id: GroupId; word: string; count: number }[] = [
    { id: 'replaced', word: 'replaced', count: counts.replaced },
    { id: 'mayReplace', word: 'perhaps replaced', count: counts.mayReplace },
    { id: 'removed', word: 'removed', count: counts.removed },
    { id: 'letGo', word: 'let go', count: counts.letGo },
    { id: 'changed', word: 'changed', count: counts.changed },
    { id: 'added', word: 'added', count: counts.added },
  ];
  return all.filter((part) => part.count > 0);
}

/** What stands beside a row's name, so that most rows need not be opened. */
export function note(row: PlanRow): string {
  const parts: string[] = [];
  if (isOfFiles(row)) return row.properties.map(({ path }) => path).slice(0, 2).join(', ');
  if (row.change === 'code') parts.push('code only');
  else if (row.change === 'import') parts.push('exists, becomes part of the stack');
  else if (row.change === 'letGo') parts.push('stays where it is, outside the stack');
  else if (row.change === 'modify' && row.properties.length > 0) parts.push(properties(row));
  else if (row.change === 'add') parts.push(madeWith(row));
  if (row.conditional) parts.push('depends on a condition');
  return parts.filter((part) => part !== '').join(', ');
}

function properties(row: PlanRow): string {
  const [only, second] = row.properties;
  if (only !== undefined && second === undefined) return pathEnd(only.path);
  return `${row.properties.length} properties`;
}

/** The end of a long path says what changes: `….Statement.1.Resource`. */
function pathEnd(path: string): string {
  const MOST = 3;
  const parts = path.split('.');
  return parts.length <= MOST ? path : `….${parts.slice(-MOST).join('.')}`;
}

const TELLING = ['Runtime', 'MemorySize', 'RetentionInDays', 'ScheduleExpression', 'BillingMode'];

function madeWith(row: PlanRow): string {
  const told = TELLING.map((path) => row.properties.find((property) => property.path === path));
  return told
    .flatMap((property) => (property?.after == null ? [] : [withUnit(property.path, property.after)]))
    .join(', ');
}

function withUnit(path: string, value: string): string {
  if (path === 'MemorySize') return `${value} MB`;
  if (path === 'RetentionInDays') return `kept ${value} days`;
  return value;
}

/** What happens to a row that loses data, for its gate. */
export function loss(row: PlanRow): { title: string; text: string; keep: string } {
  const changed = cutMiddle(row.properties.map(({ path }) => path).join(', '), 160);
  const name = cutMiddle(row.name, 96);
  switch (row.change) {
    case 'remove':
      if (isOfFiles(row)) return lostFiles(row.properties.length === 1 ? '1 file' : `${row.properties.length} files`);
      return {
        title: `Removing ${name} deletes what it holds`,
        text: `This ${row.typeWords} is not in your files any more, so AWS deletes it with everything in it.`,
        keep: 'To keep it, discard this plan, put it back into the file with DeletionPolicy: Retain, deploy, and then take it out: AWS lets it go and leaves it where it is.',
      };
    case 'mayReplace':
      return {
        title: `${name} may be replaced, and what it holds deleted`,
        text: `AWS knows only while it changes ${changed === '' ? 'it' : changed} whether that works in place. If not, it makes an empty one and deletes this one.`,
        keep: 'To keep the old one in any case, discard this plan, put UpdateReplacePolicy: Retain on it in the file, and plan again.',
      };
    default:
      return {
        title: `Replacing ${name} deletes what it holds`,
        text: `AWS cannot change ${changed === '' ? 'this' : changed} in place: it makes an empty ${row.typeWords}, then deletes this one.`,
        keep: 'To keep the old one, discard this plan, put UpdateReplacePolicy: Retain on it in the file, and plan again: AWS makes the new one and leaves the old where it is.',
      };
  }
}

/** Files of a bucket that others put there. */
function lostFiles(files: string) {
  return {
    title: `${files} that no deploy put there will be deleted`,
    text: 'They are not in the folder that this bucket is kept equal to. Nobody may have them again.',
    keep: 'To keep them, discard this plan and set deleteRemoved: false, or give your files a bucketPrefix of their own.',
  };
}
