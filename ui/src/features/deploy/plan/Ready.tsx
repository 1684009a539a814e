import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { CircleCheckIcon } from 'lucide-react';
import { Button, EmptyState, ErrorPanel, Page, PageHeader, useActions, useToast } from '@/components';
import { asProblem, useHost, type PlanView } from '@/bridge';
import { useBreadcrumb } from '@/lib/frame';
import { useGo } from '@/lib/place';
import { PlanAgain } from '../PlanAgain';
import { Bar } from './Bar';
import { Foot } from './Foot';
import { Gone } from './Gone';
import { Groups } from './Groups';
import { Panel } from './Panel';
import { changes, gateId, headline, isNothing, reasons, yours } from './model';
import { ThisOnce } from './ThisOnce';
import styles from './Ready.module.css';

/** A plan to be read, settled, and executed or thrown away. */
export function Ready({ plan }: { plan: PlanView }) {
  const host = useHost();
  const go = useGo();
  const toast = useToast();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [stackTyped, setStackTyped] = useState('');
  const deploying = useMutation({ mutationFn: () => host.deploy(plan.id, plan.token), onSuccess: (task) => go.task(task.id) });
  const discarding = useMutation({ mutationFn: () => host.discardPlan(plan.id), onSuccess: () => go.service(plan.project) });
  const saving = useMutation({
    mutationFn: () => host.savePlan(plan.id),
    onSuccess: (file) => { if (file !== null) toast('ok', `The plan is saved as ${file}`); },
  });
  const left = reasons(plan, typed, stackTyped);
  const why = left.length === 0 ? undefined : `Settle first: ${left.map((one) => one.words).join(', ')}`;
  useBreadcrumb([{ label: plan.service, project: plan.project }, { label: 'Plan' }]);
  useActions([
    { id: 'deploy', label: `Deploy ${changes(plan.counts.total)} to ${plan.stage}`, group: 'Plan', reason: isNothing(plan) ? 'There is nothing to change' : why, run: () => deploying.mutate() },
    { id: 'to-deploy', label: 'Go to the Deploy button', keys: 'd', group: 'Plan', run: () => document.getElementById('deploy-button')?.focus() },
    { id: 'next-decision', label: 'Go to what is to be settled', keys: 'n', group: 'Plan', reason: left.length === 0 ? 'Everything is settled' : undefined, run: () => document.getElementById(left[0]?.to ?? '')?.focus() },
    { id: 'save-plan', label: 'Save the plan', keys: 's', group: 'Plan', run: () => saving.mutate() },
    { id: 'discard-plan', label: 'Discard the plan', group: 'Plan', run: () => discarding.mutate() },
  ]);
  const failed = deploying.error ?? discarding.error ?? saving.error;
  const problem = failed === null ? null : asProblem(failed);
  const place = { project: plan.project, stage: plan.stage, target: plan.target };
  if (problem?.code === 'PLAN_GONE') return <Gone plan={plan} why="It was executed or discarded, or Pilothouse was started again since." />;
  if (isNothing(plan)) return <Nothing plan={plan} onClose={() => go.service(plan.project)} />;
  const sentence = yours(plan);
  return (
    <Page
      panel={<Panel plan={plan} />}
      foot={
        <Foot
          plan={plan}
          left={left}
          why={why}
          stackTyped={stackTyped}
          onStackTyped={setStackTyped}
          busy={deploying.isPending}
          onDeploy={() => deploying.mutate()}
          onSave={() => saving.mutate()}
          onDiscard={() => discarding.mutate()}
          discarding={discarding.isPending}
        />
      }
    >
      <div className={styles.plan}>
        {problem !== null && <ErrorPanel problem={problem} actions={<PlanAgain place={place} />} />}
        <header>
          <h1 className={styles.title} title={headline(plan)} data-testid="plan-headline">{headline(plan)}</h1>
          <p className={styles.sentence} data-testid="plan-sentence"><b>{sentence.lead}</b> {sentence.rest}</p>
        </header>
        <ThisOnce plan={plan} />
        <Bar plan={plan} />
        <Groups
          plan={plan}
          typed={typed}
          onType={(row, text) => setTyped((so) => ({ ...so, [row.logicalId]: text }))}
          onSettled={(row) => focusNext(row.logicalId, left.map((one) => one.to))}
        />
      </div>
    </Page>
  );
}

/** Goes on to the next thing to settle, or to the button that was asleep until now. */
function focusNext(settled: string, left: string[]): void {
  const next = left.find((id) => id !== gateId({ logicalId: settled }));
  document.getElementById(next ?? 'deploy-button')?.focus();
}

function Nothing({ plan, onClose }: { plan: PlanView; onClose: () => void }) {
  return (
    <Page panel={<Panel plan={plan} />}>
      <PageHeader title={`Plan for ${plan.service} in ${plan.stage}`} />
      <ThisOnce plan={plan} />
      <EmptyState
        icon={<CircleCheckIcon className="icon" aria-hidden />}
        title="Nothing to change"
        text={`${plan.stage} equals ${plan.fromPackage === null ? 'your files' : 'what was packaged'}.`}
        actions={
          <>
            <Button variant="primary" onClick={onClose}>Go to {plan.service}</Button>
            <PlanAgain place={{ project: plan.project, stage: plan.stage, target: plan.target }} quiet />
          </>
        }
      />
    </Page>
  );
}
