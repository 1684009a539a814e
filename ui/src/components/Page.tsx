import { SearchIcon } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { isTyping } from '@/lib/typing';
import styles from './Page.module.css';

/** The work area: a main column, what follows from it at its right, and a foot where a decision ends the page. */
export function Page({ children, panel, foot, narrow = false }: { children: ReactNode; panel?: ReactNode; foot?: ReactNode; narrow?: boolean }) {
  return (
    <div className={`${styles.page} ${panel === undefined ? '' : styles.withPanel} ${foot === undefined ? '' : styles.withFoot}`}>
      {/* What scrolls must be reachable by keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.main} tabIndex={0} role="region" aria-label="Page"><div className={`${styles.column} ${narrow ? styles.narrow : ''}`}>{children}</div></div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      {panel !== undefined && <aside className={styles.panel} aria-label="What follows" tabIndex={0}>{panel}</aside>}
      {foot !== undefined && <footer className={styles.foot}>{foot}</footer>}
    </div>
  );
}

export function PageHeader({ title, subtitle, marks, actions }: { title: string; subtitle?: ReactNode; marks?: ReactNode; actions?: ReactNode }) {
  return (
    <header className={styles.header}>
      <div className={styles.titles}>
        <div className={styles.titleRow}><h1 title={title}>{title}</h1>{marks}</div>
        {subtitle !== undefined && <div className={styles.subtitle}>{subtitle}</div>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

/** A part of the side panel. */
export function PanelBlock({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.block}>
      <h3 className={styles.blockHead}>{title}<span className={styles.note}>{note}</span></h3>
      {children}
    </section>
  );
}

/** Filters the list in front of the reader; `/` goes there. */
export function FilterField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener('keydown', focus);
    return () => window.removeEventListener('keydown', focus);
  }, []);
  return (
    <div className={styles.filter}>
      <SearchIcon className="icon" aria-hidden />
      <input ref={input} type="search" aria-label={label} placeholder={label} value={value} autoComplete="off" spellCheck={false} onChange={(event) => onChange(event.target.value)} onKeyDown={(event) => { if (event.key === 'Escape') { onChange(''); event.currentTarget.blur(); } }} />
      <kbd aria-hidden>/</kbd>
    </div>
  );
}
