import { useActivity, type ProjectView } from '@/bridge';
import { Button, Duration, RelativeTime, Status } from '@/components';
import { useGo } from '@/lib/place';
import { resultOf, verbOf } from '@/lib/outcome';
import { whoWords } from './model';
import styles from './Below.module.css';

const MOST = 5;
/** Enough of the journal to hold the last changes of every stage that people still work on. */
const LATELY = 200;

/** What was done to this stage lately, from this computer. */
export function Lately({ project }: { project: ProjectView }) {
  const go = useGo();
  const activity = useActivity(LATELY);
  const sandbox = project.target.kind === 'sandbox';
  const done = (activity.data ?? []).filter((one) => one.stack === project.stack && one.region === project.region && (one.account === 'sandbox') === sandbox).slice(0, MOST);
  if (done.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="lately-title" data-testid="lately">
      <h2 id="lately-title" className={styles.head}>Lately<span className={styles.end}><Button variant="quiet" size="small" onClick={go.activity}>All activity</Button></span></h2>
      <ul className={styles.list}>
        {done.map((one) => (
          <li key={one.id}>
            <span className={styles.quiet}><RelativeTime at={one.at} /></span>
            <b>{verbOf(one)}</b>
            <Status {...resultOf(one)} />
            <span className={styles.words} title={one.words}>{one.words}</span>
            <span className={styles.quiet}>{sandbox ? '' : whoWords(one.principal)}</span>
            <span className={styles.time}>{one.millis !== null && <Duration millis={one.millis} />}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
