import { memo, useMemo } from 'react';
import { BugIcon, CircleXIcon, CpuIcon, InfoIcon, TriangleAlertIcon } from 'lucide-react';
import { Button, CopyButton } from '@/components';
import type { LogLine } from '@/bridge';
import { clockTime, cutMiddle, exactTime } from '@/lib/words';
import { jsonIn, levelOf, parts, type Level } from './model';
import styles from './Line.module.css';

const SHAPES = { error: CircleXIcon, warn: TriangleAlertIcon, info: InfoIcon, debug: BugIcon, platform: CpuIcon } as const;
const WORDS: Record<Level, string> = { error: 'Error', warn: 'Warning', info: 'Info', debug: 'Debug', platform: 'Written by Lambda' };

interface Props {
  line: LogLine;
  pattern: RegExp | null;
  isOpen: boolean;
  isGoal: boolean;
  onToggle: (id: string) => void;
  onRequest: (request: string) => void;
}

/** One line. It opens in place: the whole text, its JSON indented, and the request that it belongs to. */
export const Line = memo(function Line({ line, pattern, isOpen, isGoal, onToggle, onRequest }: Props) {
  const level = levelOf(line);
  const Shape = SHAPES[level];
  return (
    <div className={`${styles.line} ${styles[level]} ${isOpen ? styles.open : ''} ${isGoal ? styles.goal : ''}`} data-testid="log-line">
      <button type="button" className={styles.row} aria-expanded={isOpen} onClick={() => onToggle(line.id)}>
        <time className={styles.time} dateTime={line.at} title={exactTime(line.at)}>{clockTime(line.at)}</time>
        <span className={styles.source} title={line.source}>{cutMiddle(line.source, 18)}</span>
        <Shape className={`icon ${styles.shape}`} role="img" aria-label={WORDS[level]} />
        <span className={styles.text}><Marked text={line.text.slice(0, 1000)} pattern={pattern} /></span>
      </button>
      {isOpen && <Whole line={line} pattern={pattern} onRequest={onRequest} />}
    </div>
  );
});

function Whole({ line, pattern, onRequest }: { line: LogLine; pattern: RegExp | null; onRequest: (request: string) => void }) {
  const found = useMemo(() => jsonIn(line.text), [line.text]);
  const { request } = line;
  return (
    <div className={styles.whole}>
      {found !== null && found.before !== '' && <pre className={styles.pre}><Marked text={found.before} pattern={pattern} /></pre>}
      <pre className={styles.pre} data-testid="log-whole"><Marked text={found?.json ?? line.text} pattern={pattern} /></pre>
      <div className={styles.ways}>
        {request !== null && <Button size="small" onClick={() => onRequest(request)} data-testid="only-request">Only request {cutMiddle(request, 13)}</Button>}
        <CopyButton text={line.text} label="Copy the line" />
      </div>
    </div>
  );
}

function Marked({ text, pattern }: { text: string; pattern: RegExp | null }) {
  const all = useMemo(() => parts(text, pattern), [text, pattern]);
  return <>{all.map((part, index) => (part.isHit ? <mark key={index} className={styles.mark}>{part.text}</mark> : <span key={index}>{part.text}</span>))}</>;
}
