import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { clockTime, exactTime } from '@/lib/words';
import { Button } from './Button';
import styles from './LogView.module.css';

export interface LogLine {
  id: string;
  at: string;
  source: string;
  text: string;
  level: string;
}

/** One stream of lines. It follows its end until the reader scrolls up; then it counts what came. */
export function LogView({ label, lines, highlight, follow, onSelect, empty }: {
  label: string; lines: LogLine[]; highlight?: RegExp | null; follow: boolean; onSelect?: (line: LogLine) => void; empty?: ReactNode;
}) {
  const scroll = useRef<HTMLDivElement>(null);
  const [pausedAt, setPausedAt] = useState<number | null>(null);
  const shown = pausedAt === null ? lines.length : Math.min(pausedAt, lines.length);
  const virtual = useVirtualizer({ count: shown, getScrollElement: () => scroll.current, estimateSize: () => 20, overscan: 30 });
  useEffect(() => {
    if (follow && pausedAt === null && shown > 0) virtual.scrollToIndex(shown - 1, { align: 'end' });
  }, [follow, pausedAt, shown, virtual]);
  const waiting = lines.length - shown;
  const onScroll = () => {
    const element = scroll.current;
    if (element === null || !follow) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 40;
    if (atEnd && waiting === 0) setPausedAt(null);
    else if (!atEnd && pausedAt === null) setPausedAt(lines.length);
  };
  if (lines.length === 0) return <div className={styles.frame}><div className={styles.empty}>{empty}</div></div>;
  return (
    <div className={styles.frame}>
      {/* What scrolls must be reachable by keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={scroll} className={styles.scroll} role="log" aria-label={label} aria-live="off" tabIndex={0} onScroll={onScroll} data-testid="log">
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const line = lines[item.index];
            if (line === undefined) return null;
            return (
              <div key={line.id} ref={virtual.measureElement} data-index={item.index} className={`${styles.line} ${styles[line.level] ?? ''}`} style={{ transform: `translateY(${item.start}px)` }}>
                <time className={styles.time} dateTime={line.at} title={exactTime(line.at)}>{clockTime(line.at)}</time>
                <span className={styles.source} title={line.source}>{line.source}</span>
                {onSelect === undefined
                  ? <span className={styles.text}><Marked text={line.text} pattern={highlight ?? null} /></span>
                  : <button type="button" className={styles.text} onClick={() => onSelect(line)}><Marked text={line.text} pattern={highlight ?? null} /></button>}
              </div>
            );
          })}
        </div>
      </div>
      {pausedAt !== null && (
        <div className={styles.paused}>
          <Button size="small" onClick={() => setPausedAt(null)}>{waiting === 0 ? 'Follow again' : `Show ${waiting} new`}</Button>
        </div>
      )}
    </div>
  );
}

function Marked({ text, pattern }: { text: string; pattern: RegExp | null }) {
  const parts = useMemo(() => split(text, pattern), [text, pattern]);
  return <>{parts.map((part, index) => (part.hit ? <mark key={index} className={styles.mark}>{part.text}</mark> : <span key={index}>{part.text}</span>))}</>;
}

function split(text: string, pattern: RegExp | null): { text: string; hit: boolean }[] {
  if (pattern === null) return [{ text, hit: false }];
  const parts: { text: string; hit: boolean }[] = [];
  let from = 0;
  for (const found of text.matchAll(new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`))) {
    if (found[0] === '') break;
    if (found.index > from) parts.push({ text: text.slice(from, found.index), hit: false });
    parts.push({ text: found[0], hit: true });
    from = found.index + found[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), hit: false });
  return parts;
}
