import { CircleXIcon, CloudIcon, DatabaseIcon, PackageIcon, ScrollTextIcon, Undo2Icon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, CopyButton, ErrorPanel, Page, PageHeader, useActions, useToast } from '@/components';
import { clockTime, cutMiddle, plural } from '@/lib/words';
import type { FailedResource, Failure, Problem, TaskView } from '@/bridge';
import { useGo } from '@/lib/place';
import { PlanAgain } from '../PlanAgain';
import type { View } from './model';
import { clock } from './time';
import { Timeline } from './Timeline';
import { causeWords, details, isOutOfSight, othersWords, placeOf } from './words';
import styles from './Failed.module.css';

interface Props {
  task: TaskView;
  view: View;
  problem: Problem;
  wasCancelled: boolean;
}

/** What failed first, what was put back, what remains, and the ways on. */
export function Failed({ task, view, problem, wasCancelled }: Props) {
  const go = useGo();
  const place = placeOf(task);
  const service = task.plan?.service ?? 'the service';
  const { failure } = problem;
  const outOfSight = failure === null && !wasCancelled && isOutOfSight(problem, view);
  const text = details(task, problem);
  const toast = useToast();
  const copy = () => { void navigator.clipboard.writeText(text).then(() => toast('ok', 'The details are copied')); };
  useActions([
    { id: 'copy-details', label: 'Copy the details of the failure', keys: 'c', group: 'Task', run: copy },
    { id: 'to-service', label: `Go to ${service}`, keys: 'g', group: 'Task', run: () => go.service(task.project) },
  ]);
  const ways = (
    <>
      <PlanAgain place={place} />
      {outOfSight && <Button icon={<CloudIcon className="icon" aria-hidden />} onClick={() => go.service(task.project)}>Look how it stands</Button>}
      {task.kind === 'deploy' && <Button icon={<ScrollTextIcon className="icon" aria-hidden />} onClick={() => go.logs(task.project)}>Logs</Button>}
      <Button variant="quiet" onClick={copy} data-testid="copy-details">Copy the details</Button>
    </>
  );
  return (
    <Page
      foot={
        <>
          <Button variant="quiet" onClick={() => go.service(task.project)}>Close</Button>
          <p className={styles.footWords}>{failure === null ? stands(outOfSight) : stackWords(failure)}</p>
        </>
      }
    >
      <PageHeader
        title={headline(task, problem, wasCancelled, outOfSight)}
        actions={<span className={styles.took}>{clock(view.endedAt ?? 0)}{task.ended === null ? '' : `, ended ${clockTime(task.ended).slice(0, 8)}`}</span>}
      />
      {wasCancelled
        ? <Stopped problem={problem} ways={ways} />
        : failure?.first == null
        ? <ErrorPanel problem={problem} actions={ways} testId="failure" />
        : <Cause first={failure.first} failure={failure} problem={problem} view={view} total={task.plan?.counts.total ?? view.rows.size} ways={ways} />}
      {failure !== null && <After failure={failure} task={task} view={view} />}
      {[...view.rows.values()].some((row) => row.began !== null) && <Timeline view={view} now={view.endedAt ?? 0} usual={null} />}
    </Page>
  );
}

/** What the reader asked for is no failure. */
function Stopped({ problem, ways }: { problem: Problem; ways: ReactNode }) {
  return (
    <section className={styles.stopped} aria-label="What stands now" data-testid="failure">
      <h2 className={styles.causeTitle}>{problem.title.charAt(0).toUpperCase() + problem.title.slice(1)}</h2>
      {problem.detail !== null && <p className={styles.quiet}>{problem.detail}</p>}
      {problem.hints.length > 0 && <ul className={styles.hints}>{problem.hints.map((hint) => <li key={hint}>{hint}</li>)}</ul>}
      <div className={styles.ways}>{ways}</div>
    </section>
  );
}

function headline(task: TaskView, problem: Problem, wasCancelled: boolean, outOfSight: boolean): string {
  if (outOfSight) return task.target?.kind === 'sandbox' ? 'The sandbox does not answer any more' : 'AWS goes on without us';
  const what = task.plan === null ? task.title : `${task.plan.service} in ${task.plan.stage}`;
  if (wasCancelled) return task.kind === 'remove' ? 'The removal was stopped' : `The deploy of ${what} was stopped`;
  if (task.kind === 'remove') return `${task.title}: it did not go through`;
  if (problem.failure?.rolledBack === true) return isFirst(task) ? `${what} did not deploy. Nothing stands.` : `${what} did not deploy. What stood before is live.`;
  return `${what} did not deploy`;
}

function isFirst(task: TaskView): boolean {
  return task.plan?.course === 'create' || task.plan?.course === 'anew';
}

function stands(outOfSight: boolean): string {
  return outOfSight ? 'AWS finishes or undoes the change by itself.' : 'Look at the service to see what stands.';
}

function stackWords(failure: Failure): string {
  if (failure.rolledBack) return `Nothing is pending. The stack is ${failure.status}: you can deploy again.`;
  return `The stack is ${failure.status}.`;
}

interface CauseProps {
  first: FailedResource;
  failure: Failure;
  problem: Problem;
  view: View;
  total: number;
  ways: ReactNode;
}

/** The first cause on top: in words, in the service's own words, and what to do. */
function Cause({ first, failure, problem, view, total, ways }: CauseProps) {
  const row = view.rows.get(first.logicalId);
  const at = clock(Math.max(0, Date.parse(first.at) - view.began));
  return (
    <section className={styles.cause} role="alert" aria-label="First cause" data-testid="failure">
      <header className={styles.causeHead}>
        <CircleXIcon className={`icon ${styles.bad}`} aria-hidden />
        <h2 className={styles.causeTitle} title={first.logicalId}>{first.typeWords} {causeWords(first, cutMiddle(row?.name ?? first.logicalId, 72))}</h2>
        {first.origin !== null && <code className={styles.quiet}>{first.origin.file}:{first.origin.line}</code>}
      </header>
      <p>{othersWords(view, at, total)}</p>
      <div className={styles.words}>
        <div><code className={styles.quiet}>CloudFormation, {clockTime(first.at).slice(0, 8)}, {first.logicalId} {first.status}</code><CopyButton text={first.reason ?? first.status} label="Copy the service's words" /></div>
        <pre>{first.reason ?? 'CloudFormation gave no reason.'}</pre>
      </div>
      {failure.also.length > 0 && (
        <details className={styles.also}>
          <summary>{plural(failure.also.length, 'other failure')}, by {failure.also.length === 1 ? 'itself' : 'themselves'}</summary>
          <ul>{failure.also.map((one) => <li key={`${one.logicalId}-${one.at}`}><b title={one.logicalId}>{cutMiddle(one.logicalId, 48)}</b> {one.reason ?? one.status}</li>)}</ul>
        </details>
      )}
      {problem.hints.length > 0 && <ul className={styles.hints}>{problem.hints.map((hint) => <li key={hint}>{hint}</li>)}</ul>}
      <div className={styles.ways}>{ways}</div>
    </section>
  );
}

/** What became of the rest. */
function After({ failure, task, view }: { failure: Failure; task: TaskView; view: View }) {
  const back = [...view.rows.values()].filter((row) => row.state === 'rolledBack').length;
  const data = (task.plan?.rows ?? []).filter((row) => row.holdsData && row.change !== 'add');
  return (
    <div className={styles.after}>
      <Fate icon={<Undo2Icon className={`icon ${failure.rolledBack ? styles.good : styles.odd}`} aria-hidden />} title={failure.rolledBack ? 'Put back' : 'Not put back'}>
        {failure.rolledBack
          ? isFirst(task) ? `AWS deleted what it had made, ${plural(back, 'resource')}.` : `${back === 1 ? '1 change was' : `${back} changes were`} undone. The stack is as it was before.`
          : `AWS could not put everything back. The stack is ${failure.status}.`}
      </Fate>
      {data.length > 0 && (
        <Fate icon={<DatabaseIcon className={`icon ${failure.rolledBack ? styles.good : styles.odd}`} aria-hidden />} title="Your data">
          {failure.rolledBack ? `${names(data.map((row) => row.name))} ${data.length === 1 ? 'was' : 'were'} not deleted.` : `Look at ${names(data.map((row) => row.name))}: AWS may have deleted or replaced ${data.length === 1 ? 'it' : 'them'}.`}
        </Fate>
      )}
      <Fate icon={<PackageIcon className={`icon ${failure.remains.length > 0 ? styles.odd : styles.quietIcon}`} aria-hidden />} title="Left behind">
        {failure.remains.length === 0 ? 'Nothing.' : `${names(failure.remains)} could not be set back or deleted.`}
      </Fate>
    </div>
  );
}

function names(all: string[]): string {
  const MOST = 3;
  const shown = all.slice(0, MOST).map((name) => cutMiddle(name, 40)).join(', ');
  return all.length > MOST ? `${shown} and ${all.length - MOST} more` : shown;
}

function Fate({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return <div className={styles.fate}><h3>{icon}{title}</h3><p>{children}</p></div>;
}
