import type { ReactNode } from 'react';
import { ArrowLeftRightIcon, CircleHelpIcon, LogOutIcon, MinusIcon, PencilIcon, PlusIcon } from 'lucide-react';
import type { PlanView } from '@/bridge';
import { bar, type GroupId } from './model';
import styles from './Bar.module.css';

const ICONS: Record<GroupId, ReactNode> = {
  replaced: <ArrowLeftRightIcon className="icon" aria-hidden />,
  mayReplace: <CircleHelpIcon className="icon" aria-hidden />,
  removed: <MinusIcon className="icon" aria-hidden />,
  letGo: <LogOutIcon className="icon" aria-hidden />,
  changed: <PencilIcon className="icon" aria-hidden />,
  added: <PlusIcon className="icon" aria-hidden />,
};

/** The shape of a kind of change. */
export function KindIcon({ kind }: { kind: GroupId }) {
  return <span className={`${styles.icon} ${styles[kind]}`}>{ICONS[kind]}</span>;
}

/** How many changes of each kind, as one bar and in words. */
export function Bar({ plan }: { plan: Pick<PlanView, 'counts'> }) {
  const parts = bar(plan);
  return (
    <div className={styles.line}>
      <div className={styles.bar} aria-hidden>
        {parts.map((part) => (
          <span key={part.id} data-bar className={`${styles.part} ${styles[`fill-${part.id}`]}`} style={{ flexGrow: part.count }} />
        ))}
      </div>
      <ul className={styles.legend} aria-label="Changes by kind">
        {parts.map((part) => (
          <li key={part.id} className={styles.word}><KindIcon kind={part.id} /><b>{part.count}</b> {part.word}</li>
        ))}
      </ul>
    </div>
  );
}
