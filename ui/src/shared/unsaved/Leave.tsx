import { useState } from 'react';
import { Button, Dialog } from '@/components';
import { plural } from '@/lib/words';
import { discardAll, saveAll, type Unsaved } from './unsaved';
import styles from './Leave.module.css';

/** How many names are said; the rest is counted. */
const MOST = 8;

interface Props {
  unsaved: readonly Unsaved[];
  /** What loses it: `Leaving now`. */
  how: string;
  /** What is done then: `leave`, `close`. */
  verb: string;
  onGone: () => void;
  onStay: () => void;
}

/** What is not saved is not lost by a wrong key: save it, give it up, or stay. */
export function Leave({ unsaved, how, verb, onGone, onStay }: Props) {
  const [saving, setSaving] = useState(false);
  const canSave = unsaved.every((one) => one.save !== null);
  const title = unsaved.length === 1 ? `${unsaved[0]?.name ?? ''} is not saved` : `${plural(unsaved.length, 'thing')} are not saved`;
  const save = async () => {
    setSaving(true);
    const show = await saveAll(unsaved).finally(() => setSaving(false));
    if (show === null) { onGone(); return; }
    onStay();
    show();
  };
  return (
    <Dialog
      open onClose={onStay} title={title}
      actions={<>
        <Button onClick={onStay} data-testid="leave-stay">Stay here</Button>
        <Button variant="danger" onClick={() => { discardAll(unsaved); onGone(); }} data-testid="leave-discard">{`${upper(verb)} without saving`}</Button>
        {canSave && <Button variant="primary" busy={saving} onClick={() => void save()} data-testid="leave-save">{`Save and ${verb}`}</Button>}
      </>}
    >
      {unsaved.length > 1 && <ul className={styles.names} data-testid="leave-names">{unsaved.slice(0, MOST).map((one) => <li key={one.id}><code>{one.name}</code></li>)}{unsaved.length > MOST && <li>and {unsaved.length - MOST} more</li>}</ul>}
      <p>What you wrote is only in this window. {how} loses it.{!canSave && ' What was typed into a form is saved there: stay, and look at it.'}</p>
    </Dialog>
  );
}

function upper(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
