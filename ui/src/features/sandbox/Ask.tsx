import type { SandboxView } from '@/bridge';
import { Button, Dialog } from '@/components';
import { stopWords } from './model';

/** What is lost, before it is. */
export function Ask({ what, view, onClose, onSure }: { what: 'stop' | 'empty' | null; view: SandboxView; onClose: () => void; onSure: (what: 'stop' | 'empty') => void }) {
  const empties = what === 'empty';
  const others = view.usedBy.filter((one) => one !== 'window');
  return (
    <Dialog
      open={what !== null} onClose={onClose} title={empties ? 'Empty the sandbox' : 'Stop the sandbox'}
      actions={<>
        <Button onClick={onClose}>Leave it as it is</Button>
        <Button variant={empties || !view.keepsState ? 'danger' : 'primary'} onClick={() => { if (what !== null) onSure(what); }} data-testid="sandbox-confirm">{empties ? 'Delete everything in it' : 'Stop it'}</Button>
      </>}
    >
      <p>{empties ? 'Every stack, secret and database in it is deleted. Your projects and your AWS accounts are not touched.' : stopWords(view)}</p>
      {others.length > 0 && <p>In use by {others.join(', ')}. {others.length === 1 ? 'It loses its' : 'They lose their'} AWS.</p>}
    </Dialog>
  );
}
