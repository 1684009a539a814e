import { memo, useState } from 'react';
import { ChevronDownIcon, ChevronRightIcon } from 'lucide-react';
import { Copy } from '@/components';
import { cutMiddle } from '@/lib/words';
import type { PlanRow } from '@/bridge';
import { KindIcon } from '../Bar';
import { note, type GroupId } from '../model';
import { Diff } from './Diff';
import styles from './lines.module.css';

/** One change. It opens to what changes in it. */
export const RowLine = memo(function RowLine({ row, group }: { row: PlanRow; group: GroupId }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <li className={styles.item} data-testid={`row-${row.logicalId}`}>
      <button type="button" className={isOpen ? `${styles.row} ${styles.open}` : styles.row} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <KindIcon kind={group} />
        <span className={styles.name} title={row.name}><b>{cutMiddle(row.name, 64)}</b> <span>{note(row)}</span></span>
        <span className={styles.type}>{row.typeWords}</span>
        <From row={row} />
        <Chevron isOpen={isOpen} />
      </button>
      {isOpen && (
        <div className={styles.details}>
          <Diff properties={row.properties} isNew={row.change === 'add'} />
          <Ids row={row} />
        </div>
      )}
    </li>
  );
});

export function Chevron({ isOpen }: { isOpen: boolean }) {
  const Shape = isOpen ? ChevronDownIcon : ChevronRightIcon;
  return <Shape className={`icon ${styles.chevron}`} aria-hidden />;
}

/** The line of the file that asks for it. */
export function From({ row }: { row: PlanRow }) {
  if (row.origin !== null) {
    const text = `${row.origin.file}:${row.origin.line}`;
    return <code className={styles.from} title={`${text}, ${row.origin.path}`}>{cutMiddle(text, 26)}</code>;
  }
  const isGone = row.change === 'remove' || row.change === 'letGo';
  return <code className={styles.from}>{isGone ? 'not in the file' : 'generated'}</code>;
}

/** What it is called at AWS. */
export function Ids({ row }: { row: PlanRow }) {
  return (
    <p className={styles.ids}>
      <code>{row.resourceType}</code>
      {row.stack !== null && <span>in the nested stack <code>{cutMiddle(row.stack, 48)}</code></span>}
      <Copy text={row.logicalId} label="Copy the logical id" />
      {row.physicalId !== null && <Copy text={row.physicalId} label="Copy the id at AWS" max={56} />}
    </p>
  );
}
