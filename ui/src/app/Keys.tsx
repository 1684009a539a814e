import { useEffect, useState } from 'react';
import { Button, Dialog, Kbd, useAllActions } from '@/components';
import { isTyping } from '@/lib/typing';
import styles from './Keys.module.css';

const EVENT = 'pilothouse:keys';

export function openKeys(): void {
  window.dispatchEvent(new Event(EVENT));
}

const everywhere = [
  { keys: 'Ctrl K', label: 'Every action' },
  { keys: '/', label: 'Filter the list' },
  { keys: '?', label: 'These keys' },
  { keys: 'Esc', label: 'Close what is open' },
];

/** The keys of the page in front of the reader. */
export function Keys() {
  const [open, setOpen] = useState(false);
  const own = useAllActions().flatMap((action) => (action.keys === undefined ? [] : [{ keys: action.keys, label: action.label }]));
  useEffect(() => {
    const show = () => setOpen(true);
    const press = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event)) { event.preventDefault(); setOpen(true); }
    };
    window.addEventListener(EVENT, show);
    window.addEventListener('keydown', press);
    return () => { window.removeEventListener(EVENT, show); window.removeEventListener('keydown', press); };
  }, []);
  return (
    <Dialog open={open} onClose={() => setOpen(false)} title="Keys on this page" actions={<Button onClick={() => setOpen(false)}>Close</Button>}>
      <dl className={styles.keys}>
        {[...own, ...everywhere].map((one) => <div key={one.keys}><dt><Kbd>{one.keys}</Kbd></dt><dd>{one.label}</dd></div>)}
      </dl>
    </Dialog>
  );
}
