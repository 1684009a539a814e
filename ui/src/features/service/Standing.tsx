import { RefreshCwIcon } from 'lucide-react';
import { useActivity, type Deployed, type ProjectView } from '@/bridge';
import { IconButton, RelativeTime, Status } from '@/components';
import { byWhom, lastWords, standingWords } from './model';
import { cutMiddle } from '@/lib/words';
import styles from './service.module.css';

/** Enough of the journal to hold the last change of every stage that people still work on. */
const LATELY = 200;

/** Whether it stands, since when, and who did it. */
export function Standing({ project, deployed, isStale, isLooking, onAgain }: { project: ProjectView; deployed: Deployed | undefined; isStale: boolean; isLooking: boolean; onAgain: () => void }) {
  const activity = useActivity(LATELY);
  if (deployed === undefined) return <div className={styles.standing}>{isLooking ? <Status mark="working" word={`Looking how ${project.stage} stands`} testId="standing" /> : <Status mark="unknown" word={`Not known how ${project.stage} stands`} testId="standing" />}</div>;
  const state = standingWords(deployed, project.stage);
  const { last } = deployed;
  const by = last === null ? null : byWhom(last, activity.data);
  return (
    <div className={styles.standing}>
      <Status mark={state.mark} word={state.word} testId="standing" />
      {deployed.status !== null && deployed.standing !== 'live' && <code className={styles.quiet}>{deployed.status}</code>}
      {last !== null && <span>{lastWords(last)} <RelativeTime at={last.at} />{by !== null && ` by ${cutMiddle(by, 48)}`}</span>}
      {isStale && <span>seen <RelativeTime at={deployed.seenAt} /></span>}
      <IconButton size="small" label="Look again how it stands" icon={<RefreshCwIcon className="icon" aria-hidden />} onClick={onAgain} />
    </div>
  );
}
