import type { Reference } from '@/bridge';
import { Banner } from '@/components';
import { plural } from '@/lib/words';
import styles from './forms.module.css';

/** What else speaks of something that goes. */
export function Refers({ refers, title }: { refers: Reference[]; title: string }) {
  if (refers.length === 0) return <Banner tone="quiet" title={`Nothing else in the files refers to ${title}`} />;
  return (
    <Banner tone="warn" title={`${plural(refers.length, 'line')} ${refers.length === 1 ? 'refers' : 'refer'} to ${title}`}>
      <ul className={styles.refers}>{refers.slice(0, 20).map((one) => <li key={`${one.file}:${one.line}`}><code>{one.file}:{one.line}</code> <code>{one.text}</code></li>)}</ul>
    </Banner>
  );
}
