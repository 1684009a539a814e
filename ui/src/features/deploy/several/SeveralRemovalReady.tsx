import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { CircleCheckIcon, DatabaseIcon } from 'lucide-react';
import { Button, Checkbox, CopyButton, DefinitionList, Disclosure, EmptyState, ErrorPanel, Fit, MarkIcon, Page, PageHeader, PanelBlock, useActions } from '@/components';
import { asProblem, useHost, type MemberRemoval, type Place, type SeveralRemoval } from '@/bridge';
import { useBreadcrumb } from '@/lib/frame';
import { useGo } from '@/lib/place';
import { cutMiddle, plural } from '@/lib/words';
import panelStyles from '../plan/Panel.module.css';
import planStyles from '../plan/Ready.module.css';
import { OpenService } from './OpenService';
import { PlanAllAgain } from './PlanAllAgain';
import { SeveralFoot } from './SeveralFoot';
import { SeveralGone } from './SeveralGone';
import { STAGE_FIELD } from './model';
import { doomed, removalSentence } from './removal';
import styles from './several.module.css';

/** More than so many resources are folded. */
const FEW = 12;

/** What a removal of several services deletes, in its order, and the name that allows it. */
export function SeveralRemovalReady({ removal }: { removal: SeveralRemoval }) {
  const host = useHost();
  const go = useGo();
  const [typed, setTyped] = useState('');
  const [keepsFiles, setKeepsFiles] = useState(false);
  const removing = useMutation({ mutationFn: () => host.removeSeveral(removal.id, removal.token, typed, keepsFiles), onSuccess: (task) => go.task(task.id) });
  const keep = () => { void host.discardRemovalOfSeveral(removal.id).catch(() => undefined); go.service(removal.project); };
  const there = doomed(removal);
  const left = typed === removal.stage ? [] : [{ words: `type ${removal.stage}`, to: STAGE_FIELD }];
  const label = `Remove ${plural(there.length, 'service')} from ${removal.stage}`;
  const why = left.length === 0 ? undefined : `Type ${removal.stage} first`;
  useBreadcrumb([{ label: removal.name, project: removal.project }, { label: 'Removal' }]);
  useActions([
    { id: 'remove-all-now', label, group: 'Removal', reason: there.length === 0 ? 'Nothing stands there' : why, run: () => removing.mutate() },
    { id: 'to-remove', label: 'Go to the name to be typed', keys: 'n', group: 'Removal', run: () => document.getElementById(STAGE_FIELD)?.focus() },
    { id: 'keep-all', label: 'Keep all', group: 'Removal', run: keep },
  ]);
  const place: Place = { project: removal.project, stage: removal.stage, target: removal.target };
  const problem = removing.error === null ? null : asProblem(removing.error);
  if (problem?.code === 'PLAN_GONE') return <SeveralGone name={removal.name} place={place} why="This removal was executed or left, or Pilothouse was started again since." />;
  const broken = removal.services.some((one) => one.problem !== null);
  if (there.length === 0 && !broken) {
    return (
      <Page>
        <PageHeader title={`Remove ${removal.name} from ${removal.stage}`} />
        <EmptyState icon={<CircleCheckIcon className="icon" aria-hidden />} title="Nothing is left to remove" text={`None of the ${plural(removal.services.length, 'service')} has a stack in ${removal.stage}.`} actions={<><Button variant="primary" onClick={keep}>Go to {removal.name}</Button><PlanAllAgain place={place} label="Plan to deploy all" quiet /></>} />
      </Page>
    );
  }
  const files = removal.services.flatMap((one) => one.removal?.files ?? []);
  return (
    <Page
      panel={<About removal={removal} />}
      foot={
        <SeveralFoot
          what="This cannot be undone. What leans on others goes first." more="What cannot be removed keeps what it leans on."
          left={left} production stage={removal.stage} typed={typed} onType={setTyped} label={label} why={why} busy={removing.isPending} variant="danger" onGo={() => removing.mutate()} back="Keep all" onBack={keep}
        />
      }
    >
      <div className={planStyles.plan}>
        {problem !== null && <ErrorPanel problem={problem} />}
        <header>
          <h1 className={planStyles.title} data-testid="removal-headline">{label}</h1>
          <p className={planStyles.sentence}>{removalSentence(removal)}</p>
        </header>
        {files.length > 0 && (
          <div className={styles.files}>
            <Checkbox label={`Leave ${files.length === 1 ? 'the files that deploys put' : 'all files that deploys put'} into buckets where they are`} checked={keepsFiles} onChange={setKeepsFiles} testId="keep-files" />
            {keepsFiles && <p className={styles.quiet}>A bucket of a stack that holds them cannot be deleted, and the removal of that service stops there.</p>}
          </div>
        )}
        <div className={styles.services}>{removal.services.map((one, index) => <Doomed key={one.name} member={one} number={index + 1} keepsFiles={keepsFiles} place={place} />)}</div>
      </div>
    </Page>
  );
}

/** One service: what its stack holds, what holds data, and the fate of files. */
function Doomed({ member, number, keepsFiles, place }: { member: MemberRemoval; number: number; keepsFiles: boolean; place: Place }) {
  const { removal, problem } = member;
  const exists = removal?.exists === true;
  const holds = new Set(member.holdsData);
  const resources = [...(removal?.resources ?? [])].sort((a, b) => Number(holds.has(b.logicalId)) - Number(holds.has(a.logicalId)));
  const sum = problem !== null ? 'cannot be removed' : exists ? `${plural(resources.length, 'resource')}${holds.size === 0 ? '' : `, ${holds.size} with data`}` : `there is no stack ${cutMiddle(removal?.stack ?? '', 40)}`;
  const list = (
    <ul className={styles.doomed}>
      {resources.map((one) => (
        <li key={one.logicalId}>
          {holds.has(one.logicalId) ? <DatabaseIcon className={`icon ${styles.loss}`} role="img" aria-label="Holds data" /> : <span />}
          <b title={one.physicalId ?? undefined}>{cutMiddle(one.logicalId, 56)}</b>
          <span>{one.typeWords}{holds.has(one.logicalId) && ', with the data that it holds'}</span>
        </li>
      ))}
    </ul>
  );
  return (
    <section className={`${styles.service} ${problem === null ? '' : styles.faulty}`} aria-label={member.name} data-testid={`removal-of-${member.name}`}>
      <header className={styles.serviceHead}>
        <span className={styles.number}>{number}</span>
        <MarkIcon mark={problem !== null ? 'danger' : holds.size > 0 ? 'warn' : exists ? 'off' : 'ok'} label={sum} />
        <h2 className={styles.name}><Fit text={member.name} /></h2>
        <span className={styles.after}>{exists && <code title={removal.stack}>{cutMiddle(removal.stack, 40)}</code>}</span>
        <span className={styles.sum}>{sum}</span>
        <OpenService place={place} name={member.name} />
      </header>
      {problem !== null && <div className={styles.inside}><ErrorPanel problem={problem} /></div>}
      {exists && (
        <div className={styles.inside}>
          {resources.length > FEW ? <Disclosure summary={`All ${resources.length} resources`}>{list}</Disclosure> : list}
          <ul className={styles.beside}>
            {removal.files.map((one) => <li key={one}>{keepsFiles ? 'Kept' : 'Deleted first'}: {one}</li>)}
            {removal.bucket !== null && <li>And everything in the bucket <code>{cutMiddle(removal.bucket, 60)}</code></li>}
            {member.releases !== null && <li>And the releases in <code>{cutMiddle(member.releases, 60)}</code></li>}
          </ul>
        </div>
      )}
    </section>
  );
}

function About({ removal }: { removal: SeveralRemoval }) {
  const { identity } = removal;
  return (
    <>
      <PanelBlock title="Where">
        <DefinitionList
          items={[
            { name: identity?.sandbox === false ? 'Account' : 'Cloud', value: identity === null ? 'not reached' : identity.sandbox ? 'Sandbox' : identity.account },
            ...(identity === null ? [] : [{ name: 'Region', value: identity.region }, { name: 'As', value: <span title={identity.principal}>{identity.principalWords}</span> }]),
          ]}
        />
      </PanelBlock>
      <PanelBlock title="Your files"><p className={styles.quiet}>The folder and its services stay as they are. They can be deployed again, without the data.</p></PanelBlock>
      <PanelBlock title="The same from a terminal"><div className={panelStyles.command}><code>{removal.command}</code><CopyButton text={removal.command} label="Copy the command" /></div></PanelBlock>
    </>
  );
}
