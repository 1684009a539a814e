import { RadioIcon } from 'lucide-react';
import { Disclosure, PanelBlock } from '@/components';
import type { Said as SaidLine, View } from './model';
import { clock } from './time';
import styles from './Said.module.css';

const NEWEST = 7;
/** Beyond this the journal and AWS's own console serve better than a panel. */
const MOST = 300;

/** What AWS said, newest first. */
export function Said({ view }: { view: View }) {
  const newest = view.said.slice(-NEWEST).reverse();
  const all = view.said.slice(-MOST).reverse();
  if (newest.length === 0 && view.ended !== null) return null;
  return (
    <PanelBlock title="What was said" note={view.ended === null ? <span className={styles.live}><RadioIcon className="icon" aria-hidden />following</span> : undefined}>
      {newest.length === 0 && <p className={styles.quiet}>Nothing yet.</p>}
      <ol className={styles.list}>{newest.map((line) => <Line key={line.seq} line={line} />)}</ol>
      {view.said.length > NEWEST && (
        <Disclosure summary={all.length < view.said.length ? `The newest ${all.length} of ${view.said.length}` : `All ${view.said.length}`}>
          <ol className={styles.list}>{all.map((line) => <Line key={line.seq} line={line} />)}</ol>
        </Disclosure>
      )}
    </PanelBlock>
  );
}

function Line({ line }: { line: SaidLine }) {
  return <li className={`${styles.line} ${styles[line.tone]}`}><span>{clock(line.at)}</span><span>{line.text}</span></li>;
}
