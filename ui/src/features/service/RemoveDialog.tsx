import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { asProblem, useHost, useTask, type Place, type RemovalView } from '@/bridge';
import { Button, Checkbox, Confirm, Dialog, ErrorPanel, Status } from '@/components';
import { useGo } from '@/lib/place';
import { plural } from '@/lib/words';
import styles from './service.module.css';

/** What a removal deletes, looked up first, and allowed by typing the stack's name. */
export function RemoveDialog({ place, open, stack, onClose }: { place: Place; open: boolean; stack: string; onClose: () => void }) {
  const host = useHost();
  const found = useRef<string | null>(null);
  const keep = () => {
    // What was looked up is good for one removal; nobody will ask for this one any more.
    if (found.current !== null) void host.discardRemoval(found.current).catch(() => undefined);
    found.current = null;
    onClose();
  };
  const gone = () => { found.current = null; onClose(); };
  return (
    <Dialog open={open} onClose={keep} title={`Remove ${stack}`} actions={<Button onClick={keep} data-testid="keep">Keep it</Button>}>
      {open && <Steps place={place} onFound={(removal) => { found.current = removal; }} onGone={gone} />}
    </Dialog>
  );
}

interface Told { onFound: (removal: string) => void; onGone: () => void }

function Steps({ place, ...told }: { place: Place } & Told) {
  const host = useHost();
  const [task, setTask] = useState<string | null>(null);
  const looking = useMutation({ mutationFn: () => host.planRemoval(place), onSuccess: (begun) => setTask(begun.id) });
  const { mutate } = looking;
  useEffect(() => { mutate(); }, [mutate]);
  if (looking.error !== null) return <ErrorPanel problem={asProblem(looking.error)} />;
  return task === null ? <Looking /> : <Found task={task} {...told} />;
}

function Looking() {
  return <Status mark="working" word="Looking what it deletes" />;
}

function Found({ task, ...told }: { task: string } & Told) {
  const history = useTask(task);
  const last = history.events.at(-1)?.step;
  if (last?.kind !== 'ended') return <Looking />;
  if (last.ended.kind !== 'done') return <ErrorPanel problem={last.ended.problem} />;
  if (last.ended.result.kind !== 'removal') return null;
  return <Decide removal={last.ended.result.removal} {...told} />;
}

function Decide({ removal, onFound, onGone }: { removal: RemovalView } & Told) {
  const host = useHost();
  const go = useGo();
  const [keepsFiles, setKeepsFiles] = useState(false);
  const removing = useMutation({ mutationFn: (typed: string) => host.remove(removal.id, removal.token, typed, keepsFiles), onSuccess: (task) => { onGone(); go.task(task.id); } });
  useEffect(() => { onFound(removal.id); }, [onFound, removal.id]);
  if (!removal.exists) return <p>There is no stack {removal.stack}. Nothing is left to remove.</p>;
  return (
    <>
      <p>{plural(removal.resources.length, 'resource')} {removal.resources.length === 1 ? 'is' : 'are'} deleted{removal.bucket === null ? '' : <>, and everything in the bucket <code>{removal.bucket}</code></>}. This cannot be undone.</p>
      {removal.identity !== null && <p className={styles.quiet}>{removal.identity.sandbox ? 'In the sandbox.' : `In account ${removal.identity.account}, ${removal.identity.region}, as ${removal.identity.principalWords}.`}</p>}
      {/* What scrolls must be reachable by keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className={styles.doomed} tabIndex={0} aria-label="What is deleted">{removal.resources.map((one) => <li key={one.logicalId}><b title={one.physicalId ?? undefined}>{one.logicalId}</b><span className={styles.quiet}>{one.typeWords}</span></li>)}</ul>
      {removal.files.length > 0 && (
        <div data-testid="files">
          <p>{keepsFiles ? 'Kept' : 'Deleted first'}: {removal.files.join(', ')}.</p>
          <Checkbox label="Leave these files where they are" checked={keepsFiles} onChange={setKeepsFiles} testId="keep-files" />
          {keepsFiles && <p className={styles.quiet}>A bucket of this stack that holds them cannot be deleted, and the removal stops there.</p>}
        </div>
      )}
      {removing.error !== null && <ErrorPanel problem={asProblem(removing.error)} />}
      <Confirm name={removal.stack} label={`Remove ${removal.stage}`} busy={removing.isPending} onConfirm={(typed) => removing.mutate(typed)} />
    </>
  );
}
