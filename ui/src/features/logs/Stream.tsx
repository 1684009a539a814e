import { useCallback, useEffect, useRef, useState } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { PauseIcon, PlayIcon } from 'lucide-react';
import { Button, useActions } from '@/components';
import type { LogLine } from '@/bridge';
import { Line } from './Line';
import styles from './Stream.module.css';

interface Props {
  lines: LogLine[];
  pattern: RegExp | null;
  /** A line to be brought into sight; each wish has its own round. */
  goal: { index: number; round: number } | null;
  isFollowing: boolean;
  onRequest: (request: string) => void;
  letGo: number;
}

const HEIGHT = 22;
/** So near to its end, the reader is at its end. */
const NEAR = 40;

/** The lines. They follow their end until the reader stops them or scrolls up; then what comes is counted. */
export function Stream({ lines, pattern, goal, isFollowing, onRequest, letGo }: Props) {
  const scroll = useRef<HTMLDivElement>(null);
  const [pausedAt, setPausedAt] = useState<string | null>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set());
  const cut = pausedAt === null ? lines.length : lines.findIndex((line) => line.id === pausedAt) + 1;
  const count = cut === 0 ? lines.length : cut;
  const waiting = lines.length - count;
  const virtual = useVirtualizer({ count, getScrollElement: () => scroll.current, estimateSize: () => HEIGHT, overscan: 24, getItemKey: (index) => lines[index]?.id ?? index });
  const newest = lines.at(-1)?.id ?? null;
  const pause = () => setPausedAt(newest);
  const resume = () => setPausedAt(null);
  useEffect(() => {
    if (pausedAt === null && count > 0) virtual.scrollToIndex(count - 1, { align: 'end' });
  }, [pausedAt, count, virtual]);
  const round = goal?.round;
  const goalIndex = goal?.index;
  useEffect(() => {
    if (round === undefined || goalIndex === undefined) return;
    setPausedAt((so) => so ?? newest);
    virtual.scrollToIndex(goalIndex, { align: 'center' });
    // Only a new wish moves the stream, not the lines that come meanwhile.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [round]);
  const toggle = useCallback((id: string) => setOpen((so) => {
    const next = new Set(so);
    if (!next.delete(id)) next.add(id);
    return next;
  }), []);
  useActions([{ id: 'pause-logs', label: pausedAt === null ? 'Pause the stream' : 'Follow the stream', keys: 'p', group: 'Logs', run: pausedAt === null ? pause : resume }]);
  const onScroll = () => {
    const element = scroll.current;
    if (element === null) return;
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    if (!isAtEnd && pausedAt === null) pause();
    else if (isAtEnd && pausedAt !== null && waiting === 0) resume();
  };
  return (
    <div className={styles.frame}>
      {/* What scrolls must be reachable by keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={scroll} className={styles.scroll} role="log" aria-label="Log lines" aria-live="off" tabIndex={0} onWheel={onScroll} onScroll={onScroll} data-testid="log">
        <div className={styles.all} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const line = lines[item.index];
            if (line === undefined) return null;
            return (
              <div key={item.key} ref={virtual.measureElement} data-index={item.index} className={styles.place} style={{ transform: `translateY(${item.start}px)` }}>
                <Line line={line} pattern={pattern} isOpen={open.has(line.id)} isGoal={goalIndex === item.index && pausedAt !== null} onToggle={toggle} onRequest={onRequest} />
              </div>
            );
          })}
        </div>
      </div>
      <footer className={styles.foot}>
        <span className={styles.told} role="status" data-testid="log-told">
          {lines.length.toLocaleString('en')} {lines.length === 1 ? 'line' : 'lines'}
          {letGo > 0 && `, ${letGo.toLocaleString('en')} older ones let go`}
          {pausedAt === null ? (isFollowing ? ', following' : '') : `, paused${waiting === 0 ? '' : `, ${waiting.toLocaleString('en')} new`}`}
        </span>
        {pausedAt === null
          ? <Button size="small" icon={<PauseIcon className="icon" aria-hidden />} onClick={pause} data-testid="pause">Pause</Button>
          : <Button size="small" variant="primary" icon={<PlayIcon className="icon" aria-hidden />} onClick={resume} data-testid="resume">{waiting === 0 ? 'Follow' : `Show ${waiting.toLocaleString('en')} new`}</Button>}
      </footer>
    </div>
  );
}
