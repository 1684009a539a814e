import type { TextFile } from '@/bridge';
import { Button, Dialog } from '@/components';
import { plural, visible } from '@/lib/words';
import styles from './editor.module.css';
import { difference } from './model';

/** More lines than these are not read in a dialog. */
const MOST = 200;

interface Props {
  mine: string;
  theirs: TextFile;
  busy: boolean;
  onMine: () => void;
  onTheirs: () => void;
  onClose: () => void;
}

/** The file holds something else than what one began with: both are shown, and one of them stays. */
export function Conflict({ mine, theirs, busy, onMine, onTheirs, onClose }: Props) {
  const found = difference(mine, theirs.text);
  return (
    <Dialog
      open onClose={onClose} title={`${visible(theirs.file)} was changed by somebody else`}
      actions={<>
        <Button onClick={onClose} data-testid="conflict-close">Go on editing</Button>
        <Button onClick={onTheirs} data-testid="conflict-theirs">Take what is on the disk</Button>
        <Button variant="danger" busy={busy} onClick={onMine} data-testid="conflict-mine">Write mine over it</Button>
      </>}
    >
      <p>It was not saved. The two texts differ from line {found.line} on:</p>
      <div className={styles.texts}>
        <Side title="On the disk" lines={found.theirs} />
        <Side title="Yours" lines={found.mine} />
      </div>
    </Dialog>
  );
}

function Side({ title, lines }: { title: string; lines: string[] }) {
  const left = lines.length - MOST;
  return (
    <section className={styles.side} aria-label={title}>
      <h3>{title}, {plural(lines.length, 'line')}</h3>
      {/* What scrolls must be reachable by keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0}>{lines.slice(0, MOST).map(visible).join('\n')}{left > 0 ? `\n... and ${plural(left, 'line')} more` : ''}</pre>
    </section>
  );
}
