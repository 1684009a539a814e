import { useEffect, useState, type ReactNode } from 'react';
import { MarkIcon, type Mark } from './Marks';
import { CopyButton } from './values';
import styles from './Panels.module.css';

/** Something on a surface of its own. */
export function Card({ children, tone, testId }: { children: ReactNode; tone?: 'sandbox' | 'danger' | 'production'; testId?: string }) {
  return <div className={`${styles.card} ${tone === undefined ? '' : styles[tone]}`} data-testid={testId}>{children}</div>;
}

const marks = { warn: 'warn', danger: 'danger', ok: 'ok', accent: 'working', quiet: 'off' } as const;

/** What the reader must know before going on. */
export function Banner({ tone, title, children, actions }: { tone: keyof typeof marks; title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className={`${styles.banner} ${styles[`tone-${tone}`]}`} role={tone === 'danger' ? 'alert' : 'status'}>
      <MarkIcon mark={marks[tone] as Mark} />
      <div className={styles.told}><b>{title}</b>{children !== undefined && <div className={styles.quiet}>{children}</div>}</div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

export interface Finding {
  isError: boolean;
  message: string;
  place: { file: string; line: number; column: number; text: string; length: number } | null;
  reason: string | null;
  hint: string | null;
}

/** One finding about a file: where, what, why, what to do, with the place marked in its line. */
export function FindingView({ finding }: { finding: Finding }) {
  const { place } = finding;
  const before = place?.text.slice(0, place.column - 1) ?? '';
  const meant = place?.text.slice(place.column - 1, place.column - 1 + place.length) ?? '';
  const after = place?.text.slice(place.column - 1 + place.length) ?? '';
  return (
    <article className={styles.finding} data-testid="finding">
      <div className={styles.findingHead}>
        <MarkIcon mark={finding.isError ? 'danger' : 'warn'} label={finding.isError ? 'Error' : 'Warning'} />
        <b className={styles.grow}>{finding.message}</b>
        {place !== null && <code className={styles.quiet}>{place.file}:{place.line}:{place.column}</code>}
      </div>
      {place !== null && place.text !== '' && (
        <pre className={styles.source}><span className={styles.line}>{place.line}</span>{before}<mark className={finding.isError ? styles.wrong : styles.odd}>{meant}</mark>{after}</pre>
      )}
      {finding.reason !== null && finding.reason !== finding.message && <p className={styles.quiet}>{finding.reason}</p>}
      {finding.hint !== null && <p>{finding.hint}</p>}
    </article>
  );
}

export interface ProblemView {
  code: string;
  title: string;
  detail: string | null;
  hints: string[];
  findings: Finding[];
}

/** A failure in three parts: what happened, why in the service's own words, what to do. */
export function ErrorPanel({ problem, actions, testId = 'problem' }: { problem: ProblemView; actions?: ReactNode; testId?: string }) {
  const whole = [problem.title, problem.detail, ...problem.hints, problem.code].filter(Boolean).join('\n');
  return (
    <section className={styles.problem} role="alert" data-testid={testId}>
      <div className={styles.problemHead}>
        <MarkIcon mark="danger" />
        <h2 className={styles.grow}>{sentence(problem.title)}</h2>
        <code className={styles.quiet}>{problem.code}</code>
        <CopyButton text={whole} label="Copy what happened" />
      </div>
      {problem.detail !== null && (
        problem.detail.length > 240
          ? <details className={styles.detail}><summary>In the service's own words</summary><pre className={styles.words}>{problem.detail}</pre></details>
          : <pre className={styles.words}>{problem.detail}</pre>
      )}
      {problem.findings.map((finding, index) => <FindingView key={index} finding={finding} />)}
      {problem.hints.length > 0 && <ul className={styles.hints}>{problem.hints.map((hint) => <li key={hint}>{hint.startsWith('{') ? <Statement text={hint} /> : hint}</li>)}</ul>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </section>
  );
}

/** A statement of a policy, to be handed on. */
function Statement({ text }: { text: string }) {
  return <span className={styles.statement}><code>{text}</code><CopyButton text={text} label="Copy the statement" /></span>;
}

function sentence(text: string): string {
  // A file's name, and a call's, stays as it is written.
  return /^[\w-]*[./:]/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

/** Nothing is here yet, and the first thing to do about it. */
export function EmptyState({ icon, title, text, actions }: { icon: ReactNode; title: string; text: string; actions?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <span className={styles.glyph}>{icon}</span>
      <h2>{title}</h2>
      <p className={styles.quiet}>{text}</p>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** The shape of what is coming, after a moment: what comes at once must not flicker. */
export function Skeleton({ lines = 6, label }: { lines?: number; label: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-label={label} className={styles.skeleton}>
      {shown && Array.from({ length: lines }, (_, index) => <span key={index} className={styles.bone} />)}
    </div>
  );
}

/** What folds away. */
export function Disclosure({ summary, children, open = false }: { summary: ReactNode; children: ReactNode; open?: boolean }) {
  return <details className={styles.detail} open={open}><summary>{summary}</summary><div className={styles.folded}>{children}</div></details>;
}

/** Names and their values. */
export function DefinitionList({ items }: { items: { name: string; value: ReactNode }[] }) {
  return (
    <dl className={styles.pairs}>
      {items.map((item) => <div key={item.name}><dt>{item.name}</dt><dd>{item.value}</dd></div>)}
    </dl>
  );
}
