import type { Prerequisite, Problem } from '@/bridge';
import { Button, CopyButton, Disclosure, MarkIcon } from '@/components';
import { LOOKED_FOR, needMarks } from './model';
import styles from './overview.module.css';

/** What the sandbox needs, each with how it stands and the way to it. */
export function Needs({ found, problem, isLooking, onAgain }: { found: Prerequisite[] | undefined; problem: Problem | null; isLooking: boolean; onAgain: () => void }) {
  if (found === undefined && problem !== null) return <NotLooked problem={problem} isLooking={isLooking} onAgain={onAgain} />;
  if (found === undefined) {
    return (
      <ul aria-label="What it needs" aria-busy>
        {LOOKED_FOR.map((name) => <li key={name} className={styles.need}><MarkIcon mark="working" label="Looking for it" /><span className={styles.quiet}>{name}</span></li>)}
      </ul>
    );
  }
  return (
    <>
      <ul aria-label="What it needs">{found.map((one) => <Need key={one.id} need={one} />)}</ul>
      {found.some((one) => one.fix?.kind === 'command') && <div><Button size="small" busy={isLooking} onClick={onAgain} data-testid="needs-again">Look again</Button></div>}
    </>
  );
}

function Need({ need }: { need: Prerequisite }) {
  const state = needMarks[need.state];
  const isThere = need.state === 'ready';
  return (
    <li className={styles.need} data-testid={`need-${need.id}`} title={isThere ? (need.detail ?? need.text) : undefined}>
      <MarkIcon mark={state.mark} label={state.word} />
      <div>
        <span>{need.name}</span>
        {!isThere && <p className={styles.quiet}>{need.state === 'comesBySelf' ? state.word : need.text}</p>}
        {need.fix?.kind === 'command' && <div className={styles.fix}><code>{need.fix.command}</code><CopyButton text={need.fix.command} label={`Copy the command for ${need.name}`} /></div>}
        {!isThere && need.detail !== null && <Disclosure summary="What it answered"><pre className={styles.answer}>{need.detail}</pre></Disclosure>}
      </div>
    </li>
  );
}

/** This computer could not be looked at: short, for it stands in a narrow column. */
function NotLooked({ problem, isLooking, onAgain }: { problem: Problem; isLooking: boolean; onAgain: () => void }) {
  return (
    <div className={styles.need} role="alert" data-testid="needs-problem">
      <MarkIcon mark="danger" />
      <div>
        <span className={styles.first}>{problem.title}</span>
        {problem.hints.map((hint) => <p key={hint} className={styles.quiet}>{hint}</p>)}
        {problem.detail !== null && <Disclosure summary="In the system's own words"><pre className={styles.answer}>{problem.detail}</pre></Disclosure>}
        <div className={styles.fix}><Button size="small" busy={isLooking} onClick={onAgain}>Look again</Button></div>
      </div>
    </div>
  );
}
