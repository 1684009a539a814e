import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { CircleCheckIcon } from 'lucide-react';
import { Button, EmptyState, ErrorPanel, Page, PageHeader, useActions } from '@/components';
import { asProblem, useHost, type Place, type SeveralPlan } from '@/bridge';
import { useBreadcrumb } from '@/lib/frame';
import { useGo } from '@/lib/place';
import { plural } from '@/lib/words';
import { Bar } from '../plan/Bar';
import { gateId } from '../plan/model';
import { Panel } from '../plan/Panel';
import { SeveralFoot } from './SeveralFoot';
import { SeveralGone } from './SeveralGone';
import { PlanAllAgain } from './PlanAllAgain';
import { ServicePlan } from './ServicePlan';
import { active, countsOf, headline, isIdle, reasons, scopeOf, together, whereWords, yours, type Typed } from './model';
import planStyles from '../plan/Ready.module.css';
import styles from './several.module.css';

/** More than so many services begin folded, but for those with something to settle. */
const FEW = 4;

/** A plan of several services to be read, settled, and executed or thrown away. */
export function SeveralPlanReady({ plan }: { plan: SeveralPlan }) {
  const host = useHost();
  const go = useGo();
  const [typed, setTyped] = useState<Typed>({});
  const [stageTyped, setStageTyped] = useState('');
  const deploying = useMutation({ mutationFn: () => host.deploySeveral(plan.id, plan.token), onSuccess: (task) => go.task(task.id) });
  const discard = () => { void host.discardSeveral(plan.id).catch(() => undefined); go.service(plan.project); };
  const left = reasons(plan, typed, stageTyped);
  const why = left.length === 0 ? undefined : `Settle first: ${left.map((one) => one.words).join(', ')}`;
  const label = `Deploy ${plural(active(plan).length, 'service')} to ${plan.stage}`;
  useBreadcrumb([{ label: plan.name, project: plan.project }, { label: 'Plan' }]);
  useActions([
    { id: 'deploy-all', label, group: 'Plan', reason: isIdle(plan) ? 'There is nothing to change' : why, run: () => deploying.mutate() },
    { id: 'to-deploy', label: 'Go to the Deploy button', keys: 'd', group: 'Plan', run: () => document.getElementById('deploy-button')?.focus() },
    { id: 'next-decision', label: 'Go to what is to be settled', keys: 'n', group: 'Plan', reason: left.length === 0 ? 'Everything is settled' : undefined, run: () => document.getElementById(left[0]?.to ?? '')?.focus() },
    { id: 'discard-plan', label: 'Discard the plan', group: 'Plan', run: discard },
  ]);
  const place: Place = { project: plan.project, stage: plan.stage, target: plan.target };
  const problem = deploying.error === null ? null : asProblem(deploying.error);
  if (problem?.code === 'PLAN_GONE') return <SeveralGone name={plan.name} place={place} why="It was executed or discarded, or Pilothouse was started again since." />;
  if (isIdle(plan)) return <Nothing plan={plan} place={place} />;
  const sentence = yours(plan);
  const whole = together(plan);
  const settled = (name: string, logicalId: string) => {
    const next = left.find((one) => one.to !== gateId({ logicalId }, scopeOf(name)));
    document.getElementById(next?.to ?? 'deploy-button')?.focus();
  };
  const numbered = plan.services.map((member, index) => ({ member, number: index + 1 }));
  // What is wrong with single services comes first: nothing goes on before it is put right.
  const inOrder = [...numbered.filter(({ member }) => member.problem !== null), ...numbered.filter(({ member }) => member.problem === null)];
  return (
    <Page
      panel={whole === null ? undefined : <Panel plan={whole} />}
      foot={
        <SeveralFoot
          what={`Deploys ${plural(active(plan).length, 'service')} to ${whereWords(plan)}, in their order.`}
          more="What fails holds back what waits for it, and nothing else."
          left={left} production={plan.production} stage={plan.stage} typed={stageTyped} onType={setStageTyped}
          label={label} why={why} busy={deploying.isPending} variant={plan.production ? 'production' : 'primary'} onGo={() => deploying.mutate()}
          back="Discard" onBack={discard}
        />
      }
    >
      <div className={planStyles.plan}>
        {problem !== null && <ErrorPanel problem={problem} actions={<PlanAllAgain place={place} />} />}
        <header>
          <h1 className={planStyles.title} title={headline(plan)} data-testid="plan-headline">{headline(plan)}</h1>
          <p className={planStyles.sentence} data-testid="plan-sentence"><b>{sentence.lead}</b> {sentence.rest}</p>
        </header>
        {countsOf(plan).total > 0 && <Bar plan={{ counts: countsOf(plan) }} />}
        <div className={styles.services}>
          {inOrder.map(({ member, number }) => (
            <ServicePlan
              key={member.name} member={member} number={number} place={place} isOpen={plan.services.length <= FEW}
              typed={typed[member.name] ?? {}}
              onType={(row, text) => setTyped((so) => ({ ...so, [member.name]: { ...so[member.name], [row.logicalId]: text } }))}
              onSettled={(row) => settled(member.name, row.logicalId)}
            />
          ))}
        </div>
      </div>
    </Page>
  );
}

function Nothing({ plan, place }: { plan: SeveralPlan; place: Place }) {
  const go = useGo();
  const whole = together(plan);
  return (
    <Page panel={whole === null ? undefined : <Panel plan={whole} />}>
      <PageHeader title={`Plan for ${plan.name} in ${plan.stage}`} />
      <EmptyState
        icon={<CircleCheckIcon className="icon" aria-hidden />}
        title="Nothing to change"
        text={`All ${plural(plan.services.length, 'service')} in ${plan.stage} equal your files.`}
        actions={<><Button variant="primary" onClick={() => go.service(plan.project)}>Go to {plan.name}</Button><PlanAllAgain place={place} quiet /></>}
      />
    </Page>
  );
}
