import { Disclosure } from '@/components';
import { cutMiddle } from '@/lib/words';
import styles from './Chips.module.css';

interface Props<T extends string> {
  label: string;
  all: { id: T; word: string; count: number }[];
  isOn: (id: T) => boolean;
  onToggle: (id: T) => void;
  testId: string;
}

const MOST = 10;

/** What is shown and what is not, one press each. */
export function Chips<T extends string>({ label, all, isOn, onToggle, testId }: Props<T>) {
  const chip = (one: Props<T>['all'][number]) => (
    <button key={one.id} type="button" className={styles.chip} aria-pressed={isOn(one.id)} title={one.word} onClick={() => onToggle(one.id)} data-level={one.id}>
      {cutMiddle(one.word, 28)} <span className={styles.count}>{one.count.toLocaleString('en')}</span>
    </button>
  );
  return (
    <div className={styles.chips} role="group" aria-label={label} data-testid={testId}>
      <span className={styles.label} aria-hidden>{label}</span>
      {all.slice(0, MOST).map(chip)}
      {all.length > MOST && <Disclosure summary={`${all.length - MOST} more`}><div className={styles.more}>{all.slice(MOST).map(chip)}</div></Disclosure>}
    </div>
  );
}
