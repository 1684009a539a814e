import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { asProblem, useHost, useTask, type Place, type RemovalView } from '@/bridge';
import { Button, Confirm, Dialog, ErrorPanel, Status } from '@/components';
import { useGo } from '@/lib/place';
import { plural } from '@/lib/words';
import styles from './service.module.css';

/** What a removal deletes, looked up first, and allowed by typing the stack's name. */
export function RemoveDialog({ place, open, stack, onClose }: { place: Place; open: boolean; stack: string; onClose: () => void }) {
  return <Dialog open={open} onClose={onClose} title={`Remove ${stack}`} actions={<Button onClick={onClose}>Keep it</Button>}>{open && <Steps place={place} onClose={onClose} />}</Dialog>;
}

function Steps({ place, onClose }: { place: Place; onClose: () => void }) {
  const host = useHost();
  const [task, setTask] = useState<string | null>(null);
  const looking = useMutation({ mutationFn: () => host.planRemoval(place), onSuccess: (begun) => setTask(begun.id) });
  const { mutate } = looking;
  useEffect(() => { mutate(); }, [mutate]);
  if (looking.error !== null) return <ErrorPanel problem={asProblem(looking.error)} />;
  return task === null ? <Looking /> : <Found task={task} onClose={onClose} />;
}

function Looking() {
  return <Status mark="working" word="Looking what it deletes" />;
}

function Found({ task, onClose }: { task: string; onClose: () => void }) {
  const history = useTask(task);
  const last = history.events.at(-1)?.step;
  if (last?.kind !== 'ended') return <Looking />;
  if (last.ended.kind !== 'done') return <ErrorPanel problem={last.ended.problem} />;
  if (last.ended.result.kind !== 'removal') return null;
  return <Decide removal={last.ended.result.removal} onClose={onClose} />;
}

function Decide({ removal, onClose }: { removal: RemovalView; onClose: () => void }) {
  const host = useHost();
  const go = useGo();
  const removing = useMutation({ mutationFn: (typed: string) => host.remove(removal.id, removal.token, typed), onSuccess: (task) => { onClose(); go.task(task.id); } });
  if (!removal.exists) return <p>There is no stack {removal.stack}. Nothing is left to remove.</p>;
  return (
    <>
      <p>{plural(removal.resources.length, 'resource')} {removal.resources.length === 1 ? 'is' : 'are'} deleted{removal.bucket === null ? '' : <>, and everything in the bucket <code>{removal.bucket}</code></>}. This cannot be undone.</p>
      {removal.identity !== null && <p className={styles.quiet}>{removal.identity.sandbox ? 'In the sandbox.' : `In account ${removal.identity.account}, ${removal.identity.region}, as ${removal.identity.principalWords}.`}</p>}
      {/* What scrolls must be reachable by keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className={styles.doomed} tabIndex={0} aria-label="What is deleted">{removal.resources.map((one) => <li key={one.logicalId}><b title={one.physicalId ?? undefined}>{one.logicalId}</b><span className={styles.quiet}>{one.typeWords}</span></li>)}</ul>
      {removing.error !== null && <ErrorPanel problem={asProblem(removing.error)} />}
      <Confirm name={removal.stack} label={`Remove ${removal.stage}`} busy={removing.isPending} onConfirm={(typed) => removing.mutate(typed)} />
    </>
  );
}
