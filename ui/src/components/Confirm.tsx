import { useState } from 'react';
import { Button } from './Button';
import { TextField } from './Field';
import styles from './Confirm.module.css';

/** A loss is allowed by typing the name of what is lost, byte for byte. */
export function Confirm({ name, label, busy = false, onConfirm }: { name: string; label: string; busy?: boolean; onConfirm: (typed: string) => void }) {
  const [typed, setTyped] = useState('');
  return (
    <form className={styles.confirm} onSubmit={(event) => { event.preventDefault(); if (typed === name) onConfirm(typed); }}>
      <TextField label={`Type ${name} to allow it`} value={typed} onChange={setTyped} code data-testid="confirm-name" />
      <Button submit variant="danger" busy={busy} reason={typed === name ? undefined : `Type ${name} first`} data-testid="confirm-button">{label}</Button>
    </form>
  );
}
