import { Dialog } from '@base-ui/react/dialog';
import { SearchIcon } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Kbd, useAllActions, type Action } from '@/components';
import styles from './Palette.module.css';

const EVENT = 'pilothouse:palette';
/** The ids of what was done last, newest first, for this run of the app. */
const recent: string[] = [];

export function openPalette(): void {
  window.dispatchEvent(new Event(EVENT));
}

/** Every action by its name, recent first. */
export function Palette() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const show = () => setOpen(true);
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen((was) => !was);
    };
    window.addEventListener(EVENT, show);
    window.addEventListener('keydown', press);
    return () => { window.removeEventListener(EVENT, show); window.removeEventListener('keydown', press); };
  }, []);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.palette} aria-label="Every action">{open && <Choices onDone={() => setOpen(false)} />}</Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Choices({ onDone }: { onDone: () => void }) {
  const actions = useAllActions();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const found = useMemo(() => search(actions, words), [actions, words]);
  const chosen = Math.min(at, Math.max(0, found.length - 1));
  const run = (action: Action | undefined) => {
    if (action === undefined || action.reason !== undefined) return;
    recent.splice(0, recent.length, action.id, ...recent.filter((id) => id !== action.id).slice(0, 8));
    onDone();
    action.run();
  };
  const move = (step: number) => {
    const next = (chosen + step + found.length) % Math.max(1, found.length);
    setAt(next);
    list.current?.querySelector(`[data-at='${next}']`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <div className={styles.ask}>
        <SearchIcon className="icon" aria-hidden />
        <input
          role="combobox" aria-expanded aria-controls="palette-list" aria-activedescendant={`action-${chosen}`} aria-label="Find an action" placeholder="What do you want to do?"
          autoComplete="off" spellCheck={false} value={words}
          onChange={(event) => { setWords(event.target.value); setAt(0); }}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') { event.preventDefault(); move(1); }
            if (event.key === 'ArrowUp') { event.preventDefault(); move(-1); }
            if (event.key === 'Enter') { event.preventDefault(); run(found[chosen]); }
          }}
        />
      </div>
      <div id="palette-list" role="listbox" aria-label="Actions" className={styles.list} ref={list}>
        {found.length === 0 && <p className={styles.none}>No action has these words.</p>}
        {found.map((action, index) => (
          // The keys are the field's above: the options only take the mouse.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div key={action.id} id={`action-${index}`} data-at={index} role="option" aria-selected={index === chosen} aria-disabled={action.reason !== undefined || undefined} className={styles.option} onMouseMove={() => setAt(index)} onClick={() => run(action)}>
            <span className={styles.label}>{action.label}</span>
            {action.reason !== undefined ? <span className={styles.reason}>{action.reason}</span> : <span className={styles.group}>{action.group}</span>}
            {action.keys !== undefined && <Kbd>{action.keys}</Kbd>}
          </div>
        ))}
      </div>
    </>
  );
}

/** Actions whose words begin with what was typed, in order; what was done lately first. */
export function search(actions: Action[], words: string): Action[] {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (action: Action) => {
    const own = `${action.label} ${action.group ?? ''}`.toLowerCase().split(/\s+/);
    return parts.every((part) => own.some((word) => word.startsWith(part)));
  };
  const rank = (action: Action) => (recent.includes(action.id) ? recent.indexOf(action.id) : recent.length);
  const unique = new Map(actions.map((action) => [action.id, action]));
  return [...unique.values()].filter(fits).sort((a, b) => rank(a) - rank(b));
}
