import { useMemo } from 'react';
import type { PlanRow, PlanView } from '@/bridge';
import { groups } from './model';
import { FoldLine, Gate, RowLine } from './lines';
import styles from './Groups.module.css';

interface Props {
  plan: PlanView;
  /** What its ids begin with, and whose plan it is, where several plans stand on one page. */
  scope?: string;
  of?: string;
  typed: Record<string, string>;
  onType: (row: PlanRow, text: string) => void;
  onSettled: (row: PlanRow) => void;
}

/** The changes, most dangerous first. What loses data is settled where it is read. */
export function Groups({ plan, scope = '', of, typed, onType, onSettled }: Props) {
  const found = useMemo(() => groups(plan), [plan]);
  return (
    <>
      {found.map((group) => {
        const gates = group.lines.filter((line) => line.kind === 'gate');
        const rest = group.lines.filter((line) => line.kind !== 'gate');
        return (
          <section key={group.id} className={styles.group} {...(of === undefined ? { 'aria-labelledby': `group-${group.id}` } : { 'aria-label': `${group.title}, ${of}` })} data-testid={`group-${scope}${group.id}`}>
            <h2 id={`group-${scope}${group.id}`} className={styles.head}>{group.title} <span className={styles.count}>{group.count}</span></h2>
            {gates.map((line) => (
              <Gate
                key={line.key}
                row={line.row}
                scope={scope}
                of={of}
                typed={typed[line.row.logicalId] ?? ''}
                onType={(text) => onType(line.row, text)}
                onSettled={() => onSettled(line.row)}
              />
            ))}
            {rest.length > 0 && (
              <ul className={styles.rows}>
                {rest.map((line) =>
                  line.kind === 'row'
                    ? <RowLine key={line.key} row={line.row} group={group.id} />
                    : <FoldLine key={line.key} line={line} group={group.id} />,
                )}
              </ul>
            )}
          </section>
        );
      })}
    </>
  );
}
