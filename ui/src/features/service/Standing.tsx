import type { Deployed, Problem, ProjectView } from '@/bridge';
import { Button, RelativeTime, Status, type Mark } from '@/components';
import styles from './service.module.css';

const words: Record<Deployed['standing'], { mark: Mark; word: string }> = {
  absent: { mark: 'off', word: 'Not deployed' }, unknown: { mark: 'unknown', word: 'Not known: the sandbox is stopped' }, live: { mark: 'ok', word: 'Live' },
  busy: { mark: 'working', word: 'A change is under way' }, rolledBack: { mark: 'warn', word: 'Live as it was before a change that failed' }, stuck: { mark: 'danger', word: 'Needs you' },
};

/** Whether it stands, since when and by which change. What is known stays in sight when a look fails. */
export function Standing({ project, deployed, problem, onAgain }: { project: ProjectView; deployed: Deployed | undefined; problem: Problem | null; onAgain: () => void }) {
  const where = project.target.kind === 'sandbox' ? 'in the sandbox' : `in ${project.region}`;
  return (
    <div className={styles.standing}>
      {deployed === undefined
        ? (problem === null ? <Status mark="working" word="Looking how it stands" /> : null)
        : <Status mark={words[deployed.standing].mark} word={`${words[deployed.standing].word}${deployed.standing === 'unknown' ? '' : ` ${where}`}`} testId="standing" />}
      {deployed?.status !== undefined && deployed.status !== null && deployed.standing !== 'live' && <code>{deployed.status}</code>}
      {deployed?.last !== undefined && deployed.last !== null && <span>Last {deployed.last.verb} <RelativeTime at={deployed.last.at} />, {deployed.last.outcome}</span>}
      {deployed?.statusReason !== undefined && deployed.statusReason !== null && <span>{deployed.statusReason}</span>}
      {problem !== null && <span className={styles.lost}><Status mark="warn" word={deployed === undefined ? `Not reached: ${problem.title}` : `Not reached. Seen last`} />{deployed !== undefined && <RelativeTime at={deployed.seenAt} />}<Button size="small" onClick={onAgain}>Look again</Button></span>}
    </div>
  );
}
