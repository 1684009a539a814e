import { CheckIcon, CopyIcon, CopyXIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { bytesWords, cutMiddle, durationWords, exactTime, relativeTime, visible } from '@/lib/words';
import { IconButton } from './Button';
import styles from './values.module.css';

/** A long text cut in its middle, whole on hover. */
export function Middle({ text, max = 32 }: { text: string; max?: number }) {
  return <span className={styles.middle} title={visible(text)}>{cutMiddle(text, max)}</span>;
}

/** How much of a text's end always stays: enough to tell two of a kind apart. */
const TAIL = 10;

/** A text cut in its middle where its place is too narrow, both ends kept; whole on hover. */
export function Fit({ text }: { text: string }) {
  const shown = visible(text);
  const letters = Array.from(shown);
  if (letters.length <= TAIL * 2) return <span className={styles.short} title={shown}>{shown}</span>;
  return (
    <span className={styles.fit} title={shown}>
      <span className="srOnly">{shown}</span>
      <span className={styles.head} aria-hidden>{letters.slice(0, -TAIL).join('')}</span>
      <span className={styles.tail} aria-hidden>{letters.slice(-TAIL).join('')}</span>
    </span>
  );
}

/** A web address: where it is too long, its beginning gives way, and the path that tells it from its like stays. */
export function Address({ url, path, testId }: { url: string; path: string; testId?: string }) {
  const at = path.length > 1 && url.endsWith(path) ? url.length - path.length : url.length;
  return (
    <code className={`${styles.fit} ${styles.address}`} title={visible(url)}>
      <span className="srOnly" data-testid={testId}>{visible(url)}</span>
      <span className={styles.head} aria-hidden>{visible(url.slice(0, at))}</span>
      <span className={styles.path} aria-hidden>{visible(url.slice(at))}</span>
    </code>
  );
}

/** A text to be taken along. */
export function Copy({ text, label, max = 40, code = true, testId }: { text: string; label: string; max?: number; code?: boolean; testId?: string }) {
  return (
    <span className={styles.copy}>
      <span className={code ? styles.code : undefined} title={visible(text)} data-testid={testId}>{cutMiddle(text, max)}</span>
      <CopyButton text={text} label={label} />
    </span>
  );
}

const shapes = { no: CopyIcon, done: CheckIcon, refused: CopyXIcon } as const;
type Copied = keyof typeof shapes;

/** Copies, and says for a moment whether it did. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState<Copied>('no');
  useEffect(() => {
    if (copied === 'no') return;
    const timer = setTimeout(() => setCopied('no'), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const words: Record<Copied, string> = { no: label, done: 'Copied', refused: 'The clipboard refused it' };
  const Shape = shapes[copied];
  return (
    <IconButton
      size="small"
      label={words[copied]}
      icon={<Shape className="icon" aria-hidden />}
      onClick={(event) => {
        event.stopPropagation();
        navigator.clipboard.writeText(text).then(() => setCopied('done'), () => setCopied('refused'));
      }}
    />
  );
}

/** How long ago, exact on hover, kept true while it is shown. */
export function RelativeTime({ at }: { at: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  return <time dateTime={at} title={exactTime(at)}>{relativeTime(at, now)}</time>;
}

export function Duration({ millis }: { millis: number }) {
  return <span className={styles.number}>{durationWords(millis)}</span>;
}

export function Bytes({ count }: { count: number }) {
  return <span className={styles.number}>{bytesWords(count)}</span>;
}

export function Kbd({ children }: { children: string }) {
  return <kbd className={styles.kbd}>{children}</kbd>;
}
