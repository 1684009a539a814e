import { SaveIcon } from 'lucide-react';
import { Button, Disclosure, FileDiff, FindingView } from '@/components';
import { cutMiddle, plural } from '@/lib/words';
import type { Place, Problem, Proposed } from '@/bridge';
import { ProblemOrConsent } from '@/shared/consent';
import styles from './forms.module.css';

interface Props { place: Place; proposal: Proposed; isTouched: boolean; nameMissing: boolean; config: string; word: string | undefined; onSave: () => void; onForget: () => void }

/** What changes in the file, what would be wrong then, and writing it. */
export function Changes({ place, proposal, isTouched, nameMissing, config, word, onSave, onForget }: Props) {
  const { shown, problem, isLooking, isSaving } = proposal;
  const lines = shown?.files.reduce((sum, file) => sum + file.lines.filter((line) => line.mark === 'added' || line.mark === 'removed').length, 0) ?? 0;
  const reason = reasonOf(proposal, isTouched, nameMissing, lines);
  const wrong = shown?.findings.filter((one) => one.isError) ?? [];
  const others = shown?.findings.filter((one) => !one.isError) ?? [];
  return (
    <section className={styles.changes} aria-label="What changes in the file">
      {problem !== null && <ProblemOrConsent place={place} problem={forWindow(problem)} onAgain={proposal.again} testId="edit-refused" actions={<Ways problem={problem} proposal={proposal} />} />}
      {shown !== null && shown.files.map((file) => <FileDiff key={file.file} file={file} />)}
      {wrong.length > 0 && <div className={styles.findings}>{wrong.slice(0, 20).map((one, index) => <FindingView key={index} finding={one} />)}</div>}
      {others.length > 0 && <Disclosure summary={`${plural(others.length, 'thing')} worth knowing`}><div className={styles.findings}>{others.slice(0, 50).map((one, index) => <FindingView key={index} finding={one} />)}</div></Disclosure>}
      <div className={styles.foot}>
        <Button variant={word === undefined ? 'primary' : 'danger'} icon={<SaveIcon className="icon" aria-hidden />} reason={reason} busy={isSaving} onClick={onSave} data-testid="save-form">{cutMiddle(word ?? `Save ${lines === 0 ? config : `${plural(lines, 'line')} in ${config}`}`, 60)}</Button>
        {isTouched && <Button onClick={onForget} data-testid="forget-form">{word === undefined ? 'Undo what was typed' : 'Keep it'}</Button>}
        <span className={styles.looking} role="status">{isLooking ? 'Looking at what changes' : ''}</span>
      </div>
    </section>
  );
}

function reasonOf({ shown, problem, isLooking }: Proposed, isTouched: boolean, nameMissing: boolean, lines: number): string | undefined {
  if (nameMissing) return 'Give it a name first';
  if (!isTouched) return 'Nothing was changed yet';
  if (problem !== null) return 'It cannot be written like this';
  if (isLooking || shown === null) return 'It is being looked at';
  if (shown.newErrors > 0) return `${plural(shown.newErrors, 'thing')} would be wrong then`;
  return lines === 0 ? 'The file says this already' : undefined;
}

/** The value is shared by an anchor: what the command's words ask, two buttons ask here. */
function isShared(problem: Problem): boolean {
  return problem.findings.some((one) => one.hint?.includes('--shared') === true);
}

/** A refusal has one finding, which says why in its own words. */
function forWindow(problem: Problem): Problem {
  if (!isShared(problem)) return problem;
  return { ...problem, findings: problem.findings.map((one) => ({ ...one, message: one.reason ?? one.message, reason: null, hint: null })) };
}

/** What can be done about a refusal. */
function Ways({ problem, proposal }: { problem: Problem; proposal: Proposed }) {
  if (!isShared(problem)) return <Button onClick={proposal.again} data-testid="propose-again">Look again</Button>;
  return (
    <>
      <Button onClick={() => proposal.setShared('all')} data-testid="shared-all">Change it everywhere</Button>
      <Button onClick={() => proposal.setShared('detach')} data-testid="shared-detach">Give this place a copy of its own</Button>
    </>
  );
}
