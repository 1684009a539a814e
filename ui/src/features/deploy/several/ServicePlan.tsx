import { useState, type ReactNode } from 'react';
import { ChevronDownIcon, ChevronRightIcon } from 'lucide-react';
import { ErrorPanel, MarkIcon, type Mark } from '@/components';
import type { MemberPlan, PlanRow, Place } from '@/bridge';
import { Fit } from '@/components';
import { decisions, isNothing } from '../plan/model';
import { Groups } from '../plan/Groups';
import { OpenService } from './OpenService';
import { afterWords, scopeOf, serviceId } from './model';
import styles from './several.module.css';

interface Props {
  member: MemberPlan;
  /** Its number among all. */
  number: number;
  place: Place;
  isOpen: boolean;
  typed: Record<string, string>;
  onType: (row: PlanRow, text: string) => void;
  onSettled: (row: PlanRow) => void;
}

/** What happens to one of several services: its sentence, and its changes as a plan of it alone shows them. */
export function ServicePlan({ member, number, place, isOpen: begins, typed, onType, onSettled }: Props) {
  const { plan, problem } = member;
  const canFold = plan !== null && !isNothing(plan);
  const mustSettle = plan !== null && decisions(plan).length > 0;
  const [isOpen, setOpen] = useState(begins || mustSettle);
  const state = stateOf(member);
  return (
    <section id={serviceId(member.name)} tabIndex={-1} className={`${styles.service} ${problem === null ? '' : styles.faulty}`} aria-label={member.name} data-testid={`plan-of-${member.name}`}>
      <header className={styles.serviceHead}>
        <span className={styles.number}>{number}</span>
        <MarkIcon mark={state.mark} label={state.label} />
        <Title canFold={canFold} isOpen={isOpen} onFold={() => setOpen(!isOpen)}><Fit text={member.name} /></Title>
        <span className={styles.after} title={afterWords(member.needs)}>{afterWords(member.needs)}</span>
        <span className={styles.sum} data-testid={`sum-of-${member.name}`}>{state.words}</span>
        <OpenService place={place} name={member.name} />
      </header>
      {problem !== null && <div className={styles.inside}><ErrorPanel problem={problem} testId={`problem-of-${member.name}`} /></div>}
      {plan !== null && canFold && isOpen && (
        <div className={styles.inside}>
          <Groups plan={plan} scope={scopeOf(member.name)} of={member.name} typed={typed} onType={onType} onSettled={onSettled} />
        </div>
      )}
    </section>
  );
}

/** The name, which folds what is below it when there is something. */
function Title({ canFold, isOpen, onFold, children }: { canFold: boolean; isOpen: boolean; onFold: () => void; children: ReactNode }) {
  if (!canFold) return <h2 className={styles.name}>{children}</h2>;
  const Shape = isOpen ? ChevronDownIcon : ChevronRightIcon;
  return <h2 className={styles.name}><button type="button" className={styles.fold} aria-expanded={isOpen} onClick={onFold}>{children}<Shape className="icon" aria-hidden /></button></h2>;
}

function stateOf(member: MemberPlan): { mark: Mark; label: string; words: string } {
  if (member.problem !== null) return { mark: 'danger', label: 'Cannot be planned', words: 'cannot be planned' };
  if (member.plan === null) return { mark: 'waiting', label: 'Not known yet', words: `known when ${member.knownWhen ?? 'others'} stands` };
  if (isNothing(member.plan)) return { mark: 'ok', label: 'Nothing to change', words: 'equals its files' };
  const settle = decisions(member.plan).length > 0;
  return { mark: settle ? 'warn' : 'off', label: settle ? 'Yours to settle' : 'Planned', words: member.plan.summary };
}
