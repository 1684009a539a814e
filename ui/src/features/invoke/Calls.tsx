import { RotateCcwIcon } from 'lucide-react';
import { Duration, IconButton, MarkIcon, PanelBlock, RelativeTime, type Mark } from '@/components';
import styles from './Calls.module.css';

export interface CallEntry {
  id: number;
  at: string;
  mark: Mark;
  word: string;
  millis: number;
  text: string;
}

interface Props {
  entries: CallEntry[];
  chosen: number | null;
  onChoose: (id: number) => void;
  onRepeat: (id: number) => void;
}

/** What was called from here since the window was opened. */
export function Calls({ entries, chosen, onChoose, onRepeat }: Props) {
  return (
    <PanelBlock title="Calls from here" note={entries.length === 0 ? undefined : entries.length}>
      {entries.length === 0 && <p className={styles.quiet}>None yet. They are kept until you close the window.</p>}
      <ul className={styles.list} data-testid="calls">
        {entries.map((entry) => (
          <li key={entry.id} className={entry.id === chosen ? `${styles.call} ${styles.chosen}` : styles.call}>
            <button type="button" className={styles.open} aria-pressed={entry.id === chosen} onClick={() => onChoose(entry.id)}>
              <MarkIcon mark={entry.mark} label={entry.word} />
              <span className={styles.text}>{entry.text.replace(/\s+/g, ' ').slice(0, 80) || '{}'}</span>
              <span className={styles.quiet}><Duration millis={entry.millis} />, <RelativeTime at={entry.at} /></span>
            </button>
            <IconButton size="small" label="Repeat this call" icon={<RotateCcwIcon className="icon" aria-hidden />} onClick={() => onRepeat(entry.id)} />
          </li>
        ))}
      </ul>
    </PanelBlock>
  );
}
