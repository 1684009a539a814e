import { memo, useEffect, useMemo, useRef, useState, type CSSProperties } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { BanIcon, CircleCheckIcon, CircleDashedIcon, CircleHelpIcon, CircleXIcon, LoaderCircleIcon, Undo2Icon } from 'lucide-react';
import { cutMiddle } from '@/lib/words';
import { afterFailure, inOrder, type Row, type View } from './model';
import { clock, lasting, scale, took } from './time';
import styles from './Timeline.module.css';

const ROW = 29;
/** Beyond this many, only the rows in sight exist. */
const MANY = 100;

/** Time against the usual: a solid bar for real, a dashed one for expected, one line for now. */
export function Timeline({ view, now, usual }: { view: View; now: number; usual: number | null }) {
  const scroll = useRef<HTMLDivElement>(null);
  const failed = view.ended !== null && view.ended.kind !== 'done';
  const rows = useMemo(() => (failed ? afterFailure(view) : inOrder(view)), [view, failed]);
  const isMany = rows.length > MANY;
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => ROW, overscan: 6, enabled: isMany });
  const elapsed = view.endedAt ?? now;
  // The scale moves every other second, so that rows at rest are not drawn with every tick of the clock.
  const stretch = Math.ceil(elapsed / 2000) * 2000;
  const { end, marks } = useMemo(() => scale(stretch, usual), [stretch, usual]);
  const shown = isMany
    ? virtual.getVirtualItems().flatMap((item) => { const row = rows[item.index]; return row === undefined ? [] : [{ row, top: item.start, index: item.index }]; })
    : rows.map((row, index) => ({ row, top: undefined, index }));
  // The lines of the scale are one picture behind every row: as elements they were most of the page.
  const lines = { '--step': `${((marks[1] ?? end) / end) * 100}%` } as CSSProperties;
  const isRunning = view.ended === null;
  const hasBack = rows.some((row) => row.spans.some((span) => span.kind === 'back'));
  const hasUnknown = rows.some((row) => row.state === 'unknown');
  const [isRead, setRead] = useState(false);
  const current = isMany && isRunning && !isRead ? rows.findIndex((row) => row.state === 'working' || row.state === 'rollingBack') : -1;
  useEffect(() => {
    if (current >= 0) virtual.scrollToIndex(current, { align: 'center' });
  }, [current, virtual]);
  const hasExpected = isRunning && rows.some((row) => row.usual !== null);
  return (
    <div>
      <div className={styles.frame} role="table" aria-label="Resources over time" aria-rowcount={rows.length + 1} data-testid="timeline" style={lines}>
        <div role="row" className={`${styles.row} ${styles.head}`}>
          <span role="columnheader" className="srOnly">State</span>
          <span aria-hidden />
          <span role="columnheader">Resource</span>
          <span role="columnheader" className={styles.type}>Type</span>
          <span className={styles.track} aria-hidden>
            {marks.map((mark) => <span key={mark} className={styles.tick} style={{ left: `${(mark / end) * 100}%` }}>{clock(mark)}</span>)}
          </span>
          <span role="columnheader" className={styles.time}>Time</span>
        </div>
        {/* What scrolls must be reachable by keys. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
        <div ref={scroll} role="rowgroup" className={isMany ? styles.scroll : undefined} tabIndex={isMany ? 0 : undefined} onWheel={() => setRead(true)} onKeyDown={() => setRead(true)} onPointerDown={() => setRead(true)}>
          <div role="presentation" style={isMany ? { height: virtual.getTotalSize(), position: 'relative' } : undefined}>
            {shown.map(({ row, top, index }) => (
              <TimeRow key={row.id} row={row} end={end} now={row.spans.at(-1)?.to === null ? now : null} isRunning={isRunning} top={top} index={index} expectedFrom={isRunning && row.state === 'waiting' && row.usual !== null ? elapsed : null} />
            ))}
          </div>
        </div>
        {isRunning && <span className={styles.nowTrack} aria-hidden><span className={styles.now} data-bar style={{ left: `${(elapsed / end) * 100}%` }} /></span>}
      </div>
      <ul className={styles.legend} aria-hidden>
        <li><span data-bar className={`${styles.key} ${styles.done}`} />done</li>
        {isRunning && <li><span data-bar className={`${styles.key} ${styles.working}`} />now</li>}
        {hasExpected && <li><span data-bar className={`${styles.key} ${styles.expected}`} />expected, from earlier deploys</li>}
        {hasBack && <li><span data-bar className={`${styles.key} ${styles.back}`} />put back</li>}
        {hasUnknown && <li><span data-bar className={`${styles.key} ${styles.unknown}`} />not known how it ended</li>}
      </ul>
    </div>
  );
}

interface RowProps {
  row: Row;
  end: number;
  now: number | null;
  isRunning: boolean;
  top: number | undefined;
  index: number;
  expectedFrom: number | null;
}

const TimeRow = memo(function TimeRow({ row, end, now, isRunning, top, index, expectedFrom }: RowProps) {
  const at = (millis: number) => `${(millis / end) * 100}%`;
  const millis = took(row, now ?? 0);
  return (
    <div role="row" aria-rowindex={index + 2} className={styles.row} style={top === undefined ? undefined : { position: 'absolute', insetInline: 0, top }} data-testid={`time-${row.id}`} data-state={row.state}>
      <span role="cell" className={styles.mark}><StateIcon row={row} /></span>
      <span role="cell" className={styles.name} title={row.id}>{cutMiddle(row.name, 44)}</span>
      <span role="cell" className={styles.type} title={row.origin ?? undefined}>{row.type}</span>
      <span className={styles.track} aria-hidden>
        {row.spans.map((span, number) => (
          <span key={number} data-bar className={`${styles.bar} ${styles[barOf(row, span.kind, span.to === null, number === row.spans.length - 1)]}`} style={{ left: at(span.from), width: at(Math.max((span.to ?? now ?? span.from) - span.from, 0)) }} />
        ))}
        {expectedFrom !== null && row.usual !== null && <span data-bar className={`${styles.bar} ${styles.expected}`} style={{ left: at(expectedFrom), width: at(row.usual) }} />}
      </span>
      <span role="cell" className={`${styles.time} ${row.state === 'failed' ? styles.isFailed : ''}`}>{timeWords(row, millis, isRunning)}</span>
    </div>
  );
});

function barOf(row: Row, kind: 'work' | 'back' | 'cleanup', isOpen: boolean, isLast: boolean): string {
  if (kind === 'back') return 'back';
  if (isOpen) return 'working';
  if (row.state === 'unknown' && isLast) return 'unknown';
  if (row.state === 'failed' && isLast) return 'failed';
  return kind === 'work' && row.state === 'failed' ? 'failed' : row.state === 'cancelled' ? 'expected' : 'done';
}

function timeWords(row: Row, millis: number | null, isRunning: boolean): string {
  switch (row.state) {
    case 'waiting':
      return !isRunning ? 'not begun' : row.usual === null ? 'waiting' : `about ${lasting(row.usual)}`;
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'stopped';
    case 'unknown':
      return 'not known';
    case 'rollingBack':
      return 'going back';
    case 'rolledBack':
      return row.change === 'add' ? 'removed again' : row.change === 'replace' ? 'new one removed' : 'put back';
    case 'kept':
      return 'left in place';
    default: {
      if (millis === null) return 'done';
      const words = lasting(row.state === 'working' ? Math.floor(millis / 1000) * 1000 : millis);
      return row.usual === null ? words : `${words}, usual ${lasting(row.usual)}`;
    }
  }
}

function StateIcon({ row }: { row: Row }) {
  const [Shape, tone, words] = ICONS[row.state];
  return <Shape className={`icon ${styles[tone]}`} role="img" aria-label={words} />;
}

const ICONS = {
  waiting: [CircleDashedIcon, 'toneWaiting', 'Waiting'],
  working: [LoaderCircleIcon, 'toneWorking', 'Being done'],
  done: [CircleCheckIcon, 'toneDone', 'Done'],
  deleted: [CircleCheckIcon, 'toneDone', 'Deleted'],
  failed: [CircleXIcon, 'toneFailed', 'Failed'],
  cancelled: [BanIcon, 'toneWaiting', 'Stopped'],
  rollingBack: [Undo2Icon, 'toneBack', 'Going back'],
  rolledBack: [Undo2Icon, 'toneBack', 'Put back'],
  unknown: [CircleHelpIcon, 'toneBack', 'Not known'],
  kept: [CircleCheckIcon, 'toneWaiting', 'Left in place'],
} as const;
