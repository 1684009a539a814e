import { useEffect, useRef, useState } from 'react';
import { ChevronDownIcon, ChevronUpIcon, SearchIcon } from 'lucide-react';
import { Button, IconButton } from '@/components';
import { isTyping } from '@/lib/typing';
import styles from './Finder.module.css';

interface Props {
  text: string;
  wrong: string | null;
  /** The lines that hold a match. */
  found: number[];
  onText: (text: string) => void;
  onGo: (index: number) => void;
  /** Answers whether there is such a line. */
  onTime: (clock: string) => boolean;
}

/** Marks a pattern where it stands, goes from match to match, and jumps to a time. Nothing is hidden by it. */
export function Finder({ text, wrong, found, onText, onGo, onTime }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [at, setAt] = useState(-1);
  const [clock, setClock] = useState('');
  const [isThere, setThere] = useState(true);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener('keydown', focus);
    return () => window.removeEventListener('keydown', focus);
  }, []);
  const step = (by: 1 | -1) => {
    if (found.length === 0) return;
    const next = at < 0 ? (by === 1 ? 0 : found.length - 1) : (at + by + found.length) % found.length;
    setAt(next);
    onGo(found[next] ?? 0);
  };
  const told = wrong ?? (text === '' ? '' : found.length === 0 ? 'no match' : at < 0 ? `${found.length.toLocaleString('en')} lines match` : `${Math.min(at + 1, found.length)} of ${found.length.toLocaleString('en')}`);
  return (
    <div className={styles.finder}>
      <div className={wrong === null ? styles.find : `${styles.find} ${styles.bad}`}>
        <SearchIcon className="icon" aria-hidden />
        <input
          ref={input}
          type="search"
          aria-label="Mark a pattern in the lines"
          placeholder="Mark a pattern, such as error|timeout"
          aria-invalid={wrong !== null}
          aria-describedby="finder-told"
          value={text}
          autoComplete="off"
          spellCheck={false}
          data-testid="log-pattern"
          onChange={(event) => { onText(event.target.value); setAt(-1); }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
            if (event.key === 'Escape') { onText(''); event.currentTarget.blur(); }
          }}
        />
        <kbd aria-hidden>/</kbd>
      </div>
      <IconButton size="small" label="Earlier match" icon={<ChevronUpIcon className="icon" aria-hidden />} onClick={() => step(-1)} />
      <IconButton size="small" label="Later match" icon={<ChevronDownIcon className="icon" aria-hidden />} onClick={() => step(1)} />
      <span id="finder-told" role="status" className={wrong === null ? styles.told : styles.wrong} data-testid="pattern-told">{told}</span>
      <form className={styles.time} onSubmit={(event) => { event.preventDefault(); setThere(onTime(clock)); }}>
        <label className={styles.told} htmlFor="log-time">Jump to</label>
        <input id="log-time" type="time" step={1} className={styles.clock} value={clock} onChange={(event) => { setClock(event.target.value); setThere(true); }} />
        <Button submit size="small">Go</Button>
        {!isThere && <span role="status" className={styles.wrong}>No line to go to</span>}
      </form>
    </div>
  );
}
