import { CircleCheckIcon, CircleDashedIcon, CircleHelpIcon, CircleIcon, CircleXIcon, LoaderCircleIcon, TriangleAlertIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Marks.module.css';

export type Tone = 'ok' | 'warn' | 'danger' | 'quiet' | 'accent' | 'sandbox' | 'secret' | 'production';
export type Mark = 'ok' | 'warn' | 'danger' | 'unknown' | 'working' | 'waiting' | 'off';

const shapes = {
  ok: CircleCheckIcon, warn: TriangleAlertIcon, danger: CircleXIcon, unknown: CircleHelpIcon,
  working: LoaderCircleIcon, waiting: CircleDashedIcon, off: CircleIcon,
} as const;

/** A small word with a tone. */
export function Badge({ tone = 'quiet', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return <span className={`${styles.badge} ${styles[tone]}`}>{icon}{children}</span>;
}

/** The shape of a state; its word stands beside it or is read out. */
export function MarkIcon({ mark, label }: { mark: Mark; label?: string }) {
  const Shape = shapes[mark];
  return <Shape className={`icon ${styles[`mark-${mark}`]}`} {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })} />;
}

/** A state by shape, colour and word together. */
export function Status({ mark, word, testId }: { mark: Mark; word: string; testId?: string }) {
  return (
    <span className={`${styles.status} ${styles[`mark-${mark}`]}`} data-testid={testId}>
      <MarkIcon mark={mark} />
      <span>{word}</span>
    </span>
  );
}
