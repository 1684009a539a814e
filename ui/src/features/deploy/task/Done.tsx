import { useState } from 'react';
import { CircleCheckIcon, CircleHelpIcon, ListChecksIcon, PlayIcon, ScrollTextIcon } from 'lucide-react';
import { Button, CopyButton, DefinitionList, Duration, Copy, Page, PanelBlock, RelativeTime, useActions } from '@/components';
import { useProject, type Release, type TaskView } from '@/bridge';
import { useGo } from '@/lib/place';
import { cutMiddle } from '@/lib/words';
import { Bar } from '../plan/Bar';
import { changes } from '../plan/model';
import { Endpoints } from './Endpoints';
import type { View } from './model';
import { clock } from './time';
import { Said } from './Said';
import { Timeline } from './Timeline';
import { todos } from './todo';
import { placeOf } from './words';
import styles from './Done.module.css';

/** So many rows are seen at a glance; more are shown when they are asked for. */
const FEW = 16;

/** A deploy that went through: where it answers, what to do with it, and what is left to do. */
export function Done({ task, view, release }: { task: TaskView; view: View; release: Release }) {
  const go = useGo();
  const [sees, setSees] = useState(() => view.rows.size <= FEW);
  const { plan } = task;
  const place = placeOf(task);
  const project = useProject(place);
  const first = release.functions[0]?.name;
  const left = todos(project.data, plan);
  const service = plan?.service ?? release.stack;
  useActions([
    { id: 'see-changes', label: 'See what changed', keys: 't', group: 'Release', run: () => setSees(!sees) },
    { id: 'logs', label: 'Follow the logs', keys: 'l', group: 'Release', run: () => go.logs(release.project) },
    { id: 'invoke', label: `Invoke ${first ?? 'a function'}`, keys: 'i', group: 'Release', reason: first === undefined ? 'This service has no function' : undefined, run: () => { if (first !== undefined) go.invoke(release.project, first); } },
    { id: 'to-service', label: `Go to ${service}`, keys: 'g', group: 'Release', run: () => go.service(release.project) },
  ]);
  return (
    <Page panel={<About task={task} view={view} release={release} />}>
      <section className={styles.live} aria-labelledby="live-title">
        <header className={styles.head}>
          <CircleCheckIcon className={`icon ${styles.sign}`} aria-hidden />
          <h1 id="live-title" className={styles.title} data-testid="live">{service} is live in {release.stage}</h1>
          <span className={styles.took}>{clock(view.endedAt ?? 0)}{plan?.usualMillis == null ? '' : `, usually ${clock(plan.usualMillis)}`}</span>
        </header>
        <p className={styles.sentence}>
          {release.changed ? `${changes(plan?.counts.total ?? view.rows.size)} made.` : 'Nothing had to be changed.'} {left[0] !== undefined && <b>{left[0].lead}</b>}
        </p>
        {release.endpoints.length > 0
          ? <Endpoints endpoints={release.endpoints} place={place} />
          : <p className={styles.quiet}>It has no address: nothing in it is called over HTTP.</p>}
        <div className={styles.ways}>
          {first !== undefined && <Button icon={<PlayIcon className="icon" aria-hidden />} onClick={() => go.invoke(release.project, first)} data-testid="to-invoke">Invoke {cutMiddle(first, 36)}</Button>}
          <Button icon={<ScrollTextIcon className="icon" aria-hidden />} onClick={() => go.logs(release.project)} data-testid="to-logs">Follow the logs</Button>
          <Button variant="quiet" onClick={() => go.service(release.project)}>Go to {cutMiddle(service, 36)}</Button>
        </div>
      </section>
      {left.length > 0 && (
        <section className={styles.part} aria-labelledby="left-title">
          <h2 id="left-title">Still yours to do</h2>
          <ul className={styles.list} data-testid="todos">
            {left.map((one) => (
              <li key={one.key} className={styles.item}>
                <CircleHelpIcon className={`icon ${styles.odd}`} aria-hidden />
                <span><b>{one.lead}</b> {one.rest}</span>
                {one.command !== null && <CopyButton text={one.command} label="Copy the command" />}
              </li>
            ))}
          </ul>
        </section>
      )}
      {plan !== null && (
        <section className={styles.part} aria-labelledby="changed-title">
          <h2 id="changed-title">What changed</h2>
          <div className={styles.changed}>
            <Bar plan={plan} />
            <Button size="small" icon={<ListChecksIcon className="icon" aria-hidden />} aria-expanded={sees} onClick={() => setSees(!sees)} data-testid="see-timeline">{sees ? 'Hide the timeline' : 'Timeline'}</Button>
          </div>
          {sees && <Timeline view={view} now={view.endedAt ?? 0} usual={plan.usualMillis} />}
        </section>
      )}
    </Page>
  );
}

function About({ task, view, release }: { task: TaskView; view: View; release: Release }) {
  const { plan } = task;
  const slowest = [...view.rows.values()]
    .map((row) => ({ name: row.name, took: row.spans.reduce((sum, span) => sum + (span.to ?? span.from) - span.from, 0) }))
    .sort((a, b) => b.took - a.took)[0];
  return (
    <>
      <PanelBlock title="This release">
        <DefinitionList
          items={[
            ...(plan === null ? [] : [{ name: 'By', value: <span title={plan.identity.principal}>{plan.identity.principalWords}</span> }]),
            { name: 'When', value: task.ended === null ? 'now' : <RelativeTime at={task.ended} /> },
            ...(plan === null ? [] : [{ name: 'Account', value: plan.identity.sandbox ? 'Sandbox' : plan.identity.account }]),
            { name: 'Region', value: release.region },
            { name: 'Stack', value: <Copy text={release.stack} label="Copy the stack's name" max={19} /> },
            ...(slowest === undefined || slowest.took === 0 ? [] : [{ name: 'Slowest', value: <>{cutMiddle(slowest.name, 40)}, <Duration millis={slowest.took} /></> }]),
          ]}
        />
      </PanelBlock>
      {release.outputs.length > 0 && (
        <PanelBlock title="Outputs" note={release.outputs.length}>
          <DefinitionList items={release.outputs.slice(0, 12).map((one) => ({ name: one.name, value: <Copy text={one.value} label={`Copy ${one.name}`} max={17} /> }))} />
        </PanelBlock>
      )}
      {plan !== null && (
        <PanelBlock title="The same from a terminal">
          <div className={styles.command}><code>{plan.command}</code><CopyButton text={plan.command} label="Copy the command" /></div>
        </PanelBlock>
      )}
      <Said view={view} />
    </>
  );
}
