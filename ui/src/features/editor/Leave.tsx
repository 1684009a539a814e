import { Button, Dialog } from '@/components';

/** A text that is not saved is not lost by a wrong key. */
export function Leave({ file, busy, onSave, onDiscard, onStay }: { file: string; busy: boolean; onSave: () => void; onDiscard: () => void; onStay: () => void }) {
  return (
    <Dialog
      open onClose={onStay} title={`${file} is not saved`}
      actions={<>
        <Button onClick={onStay} data-testid="leave-stay">Stay here</Button>
        <Button variant="danger" onClick={onDiscard} data-testid="leave-discard">Leave without saving</Button>
        <Button variant="primary" busy={busy} onClick={onSave} data-testid="leave-save">Save and leave</Button>
      </>}
    >
      <p>What you wrote is only in this window. Leaving now loses it.</p>
    </Dialog>
  );
}
