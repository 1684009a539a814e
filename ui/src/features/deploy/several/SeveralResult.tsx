import { useMutation } from '@tanstack/react-query';
import { CircleCheckIcon, CircleXIcon, HandIcon, Trash2Icon } from 'lucide-react';
import { Address, Button, CopyButton, ErrorPanel, Page, PanelBlock, useActions } from '@/components';
import { asProblem, useHost, type Ended, type SeveralTask, type TaskView } from '@/bridge';
import { cutMiddle } from '@/lib/words';
import { useGo } from '@/lib/place';
import panelStyles from '../plan/Panel.module.css';
import doneStyles from '../task/Done.module.css';
import { clock } from '../task/time';
import { placeOf } from './model';
import { PlanAllAgain } from './PlanAllAgain';
import { OpenService } from './OpenService';
import { standsOf, type SeveralView, type Stand } from './progress';
import { Stands } from './Stands';
import { removes, resultSentence, resultTitle } from './words';
import styles from './Result.module.css';

/** What became of each service, where each answers, and the way on from there. */
export function SeveralResult({ task, several, view, ended }: { task: TaskView; several: SeveralTask; view: SeveralView; ended: Ended }) {
  const go = useGo();
  const host = useHost();
  const place = placeOf(task, several);
  const removing = useMutation({ mutationFn: async () => { if (place !== null) go.plan((await host.planRemovalOfSeveral(place)).id); } });
  const goes = removes(task);
  const isWell = ended.kind === 'done';
  const wasStopped = ended.kind === 'cancelled';
  const all = standsOf(view);
  const failed = all.filter((one) => one.state === 'failed' && one.problem?.code !== 'CANCELLED');
  useActions([{ id: 'to-service', label: `Go to ${several.name}`, keys: 'g', group: 'Task', run: () => go.service(task.project) }]);
  const Sign = isWell ? CircleCheckIcon : wasStopped ? HandIcon : CircleXIcon;
  return (
    <Page
      panel={
        <>
          <PanelBlock title={isWell ? 'The same from a terminal' : 'Go on from a terminal'}><div className={panelStyles.command}><code>{several.command}</code><CopyButton text={several.command} label="Copy the command" /></div></PanelBlock>
          <PanelBlock title="What was done"><p className={styles.quiet}>Each service is an entry of its own in Activity.</p><Button size="small" onClick={go.activity}>Go to Activity</Button></PanelBlock>
        </>
      }
    >
      <section className={isWell && !goes ? doneStyles.live : doneStyles.card} aria-labelledby="several-result" data-testid="several-result">
        <header className={doneStyles.head}>
          <Sign className={`icon ${doneStyles.sign} ${isWell ? '' : wasStopped ? styles.stopped : styles.bad}`} aria-hidden />
          <h1 id="several-result" className={doneStyles.title}>{resultTitle(view, task, several)}</h1>
          <span className={doneStyles.took}>{clock(view.endedAt ?? 0)}</span>
        </header>
        <p className={doneStyles.sentence}>{isWell ? (goes ? 'Your files are untouched.' : answers(all)) : resultSentence(view, task)}</p>
        <div className={doneStyles.ways}>
          {goes
            ? <>{!isWell && <Button variant="primary" icon={<Trash2Icon className="icon" aria-hidden />} busy={removing.isPending} onClick={() => removing.mutate()}>Remove all again</Button>}<PlanAllAgain place={place} label="Plan to deploy all" quiet /></>
            : <PlanAllAgain place={place} quiet={isWell} />}
          <Button onClick={() => go.service(task.project)} data-testid="to-several">Go to {cutMiddle(several.name, 32)}</Button>
        </div>
        {removing.error !== null && <ErrorPanel problem={asProblem(removing.error)} />}
      </section>
      {ended.kind !== 'done' && ended.problem.code !== 'SERVICES_MISSING' && ended.problem.code !== 'CANCELLED' && <ErrorPanel problem={ended.problem} testId="failure" />}
      {failed.map((one) => (
        <section key={one.name} className={styles.part} aria-label={`Why ${one.name} failed`}>
          <h2 className={styles.head}><span>{cutMiddle(one.name, 60)}</span><OpenService place={place} name={one.name} /></h2>
          {one.problem !== null && <Cause one={one} />}
        </section>
      ))}
      <Answers all={all} />
      <Stands view={view} task={task} now={view.endedAt ?? 0} place={place} />
    </Page>
  );
}

function answers(all: Stand[]): string {
  const count = all.reduce((sum, one) => sum + (one.release?.endpoints.length ?? 0), 0);
  const same = all.filter((one) => one.release?.changed === false).length;
  const what = count === 0 ? 'None of them answers over HTTP: call their functions from their own pages.' : 'Open a service to call its functions, to read its logs, or to change it.';
  return same === 0 ? what : `${same === all.length ? 'Nothing had to be changed' : `${same} had nothing to change`}. ${what}`;
}

/** The first cause of one service, in the service's own words. */
function Cause({ one }: { one: Stand }) {
  const { problem } = one;
  if (problem === null) return null;
  const first = problem.failure?.first;
  const told = first == null ? problem : { ...problem, title: `${first.typeWords} ${first.logicalId} failed`, detail: first.reason ?? problem.detail };
  return <ErrorPanel problem={told} testId={`failure-${one.name}`} />;
}

/** So many addresses of one service are shown; its own page has all. */
const MOST = 4;

/** Where each answers. */
function Answers({ all }: { all: Stand[] }) {
  const answering = all.filter((one) => (one.release?.endpoints.length ?? 0) > 0);
  if (answering.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="several-answers">
      <h2 id="several-answers" className={styles.head}>Where they answer</h2>
      <ul className={styles.list}>
        {answering.flatMap((one) => (one.release?.endpoints ?? []).slice(0, MOST).map((endpoint) => (
          <li key={`${one.name} ${endpoint.id}`} className={styles.endpoint}>
            <b title={one.name}>{cutMiddle(one.name, 28)}</b>
            <span className={styles.quiet}>{endpoint.method}</span>
            <Address url={endpoint.url} path={endpoint.path} testId={`answers-${one.name}`} />
            <CopyButton text={endpoint.url} label={`Copy the address of ${endpoint.method} ${endpoint.path} of ${one.name}`} />
          </li>
        )))}
      </ul>
    </section>
  );
}
