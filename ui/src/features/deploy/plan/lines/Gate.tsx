import { useId } from 'react';
import { TriangleAlertIcon } from 'lucide-react';
import { Button, Disclosure, Status } from '@/components';
import { cutMiddle } from '@/lib/words';
import type { PlanRow } from '@/bridge';
import { gateId, loss } from '../model';
import { Diff } from './Diff';
import { From } from './RowLine';
import styles from './Gate.module.css';

interface Props {
  row: PlanRow;
  scope?: string;
  /** Whose plan it is, where several plans stand on one page. */
  of?: string | undefined;
  typed: string;
  onType: (text: string) => void;
  onSettled: () => void;
}

/** A change that loses data. It is allowed by typing its name, here, where it is read. */
export function Gate({ row, scope = '', of, typed, onType, onSettled }: Props) {
  const title = useId();
  const text = loss(row);
  const isSettled = typed === row.logicalId;
  return (
    <section className={styles.gate} {...(of === undefined ? { 'aria-labelledby': title } : { 'aria-label': `${text.title}, ${of}` })} data-testid={`gate-${scope}${row.logicalId}`}>
      <header className={styles.head}>
        <TriangleAlertIcon className={`icon ${styles.sign}`} aria-hidden />
        <h3 id={title} className={styles.title}>{text.title}</h3>
        <code className={styles.quiet}>{row.resourceType}</code>
        <From row={row} />
      </header>
      <div className={styles.body}>
        <p className={styles.text}>{text.text}</p>
        {row.properties.length > 0 && <Diff properties={row.properties} isNew={false} />}
        <div className={styles.decide}>
          <div className={styles.keep}><Disclosure summary="How to keep it"><p className={styles.text}>{text.keep}</p></Disclosure></div>
          {isSettled ? (
            <div className={styles.typed}>
              <Status mark="warn" word={`You allow the loss of ${cutMiddle(row.logicalId, 32)}`} />
              <Button variant="quiet" size="small" onClick={() => onType('')}>Take back</Button>
            </div>
          ) : (
            <div className={styles.typed}>
              <label htmlFor={gateId(row, scope)} className={styles.label}>Type <code title={row.logicalId}>{row.logicalId}</code> to allow it</label>
              <input
                id={gateId(row, scope)}
                className={styles.input}
                value={typed}
                autoComplete="off"
                spellCheck={false}
                data-testid={gateId(row, scope)}
                onChange={(event) => {
                  onType(event.target.value);
                  if (event.target.value === row.logicalId) onSettled();
                }}
              />
            </div>
          )}
        </div>
      </div>
    </section>
  );
}
