import { memo, useState } from 'react';
import { CopyIcon } from 'lucide-react';
import { cutMiddle } from '@/lib/words';
import { KindIcon } from '../Bar';
import type { GroupId, Line } from '../model';
import { Chevron, From } from './RowLine';
import { Diff } from './Diff';
import styles from './lines.module.css';

type Fold = Extract<Line, { kind: 'fold' }>;

/** Several changes that are alike. It opens to each of them. */
export const FoldLine = memo(function FoldLine({ line, group }: { line: Fold; group: GroupId }) {
  const [isOpen, setOpen] = useState(false);
  const isCode = line.key === 'code-only';
  return (
    <li className={styles.item} data-testid={`fold-${line.key}`}>
      <button type="button" className={isOpen ? `${styles.row} ${styles.open}` : styles.row} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isCode ? <CopyIcon className={`icon ${styles.code}`} aria-hidden /> : <KindIcon kind={group} />}
        <span className={line.type === '' ? `${styles.name} ${styles.wide}` : styles.name} title={line.name}><b>{cutMiddle(line.name, 72)}</b> <span>{line.note}</span></span>
        {line.type !== '' && <span className={styles.type}>{line.type}</span>}
        {line.type !== '' && <code className={styles.from} title={line.from}>{cutMiddle(line.from, 26)}</code>}
        <Chevron isOpen={isOpen} />
      </button>
      {isOpen && (
        <ul className={styles.details}>
          {line.rows.map((row) => (
            <li key={row.logicalId} className={styles.inner}>
              <div className={styles.innerHead}><b title={row.name}>{cutMiddle(row.name, 56)}</b><span>{row.typeWords}</span><From row={row} /></div>
              {row.properties.length > 0 && <Diff properties={row.properties} isNew={row.change === 'add'} />}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
});
