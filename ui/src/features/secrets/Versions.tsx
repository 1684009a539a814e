import { HistoryIcon, TagIcon, XIcon } from 'lucide-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem, useHost, type StorePlace, type VersionView } from '@/bridge';
import { Badge, Button, ErrorPanel, IconButton, RelativeTime, TextField, useToast } from '@/components';
import styles from './secrets.module.css';

/** How many are shown before the rest is asked for. */
const FIRST = 6;

/** The versions, each with what it changed, newest first. */
export function Versions({ place, name, versions, onChanged }: { place: StorePlace; name: string; versions: VersionView[]; onChanged: () => void }) {
  const host = useHost();
  const tell = useToast();
  const [all, setAll] = useState(false);
  const [labelling, setLabelling] = useState<number | null>(null);
  const newest = versions[0]?.version ?? 0;
  const restoring = useMutation({
    mutationFn: (version: number) => host.restoreSecret(place, name, version, newest),
    onSuccess: (done, version) => { tell('ok', `Version ${done.version} has the value of version ${version}`); onChanged(); },
  });
  const taking = useMutation({ mutationFn: ({ version, label }: { version: number; label: string }) => host.labelSecret(place, name, version, [], [label]), onSuccess: onChanged });
  const problem = restoring.error ?? taking.error;
  const same = versions.find((one) => one.version !== newest && one.digest === versions[0]?.digest);
  return (
    <section className={styles.part}>
      <h3>Versions</h3>
      {same !== undefined && <p className={styles.quiet}>The newest value equals that of version {same.version}.</p>}
      {(all ? versions : versions.slice(0, FIRST)).map((one) => (
        <div key={one.version} className={styles.version} data-testid={`version-${one.version}`}>
          <b>{one.version}</b>
          <span><RelativeTime at={one.changed} />{one.byWords !== null && <span className={styles.quiet} title={one.by ?? undefined}> by {one.byWords}</span>}</span>
          <span className={styles.small}>
            <IconButton size="small" label={`Label version ${one.version}`} icon={<TagIcon className="icon" aria-hidden />} onClick={() => setLabelling(labelling === one.version ? null : one.version)} />
            {one.version === newest ? <Badge tone="ok">newest</Badge> : <Button size="small" variant="quiet" busy={restoring.isPending && restoring.variables === one.version} icon={<HistoryIcon className="icon" aria-hidden />} onClick={() => restoring.mutate(one.version)} data-testid={`restore-${one.version}`}>Restore {one.version}</Button>}
          </span>
          {one.labels.length > 0 && (
            <span className={styles.chips} style={{ gridColumn: '2 / -1' }}>
              {one.labels.map((label) => <span key={label} className={styles.chip}><span>{label}</span><IconButton size="small" label={`Take the label ${label} away`} icon={<XIcon className="icon" aria-hidden />} onClick={() => taking.mutate({ version: one.version, label })} /></span>)}
            </span>
          )}
          {labelling === one.version && <LabelForm place={place} name={name} version={one.version} onDone={() => { setLabelling(null); onChanged(); }} />}
          {one.differences.length > 0 && (
            <div className={styles.differences}>
              {one.differences.map((change) => <div key={change.part}><span>{change.part}</span><span><span className={styles.quiet}>{change.before ?? 'nothing'}</span> → {change.after ?? 'nothing'}</span></div>)}
            </div>
          )}
        </div>
      ))}
      {!all && versions.length > FIRST && <Button size="small" variant="quiet" onClick={() => setAll(true)}>Show all {versions.length}</Button>}
      {problem !== null && <ErrorPanel problem={asProblem(problem)} testId="version-problem" />}
    </section>
  );
}

function LabelForm({ place, name, version, onDone }: { place: StorePlace; name: string; version: number; onDone: () => void }) {
  const host = useHost();
  const [label, setLabel] = useState('');
  const setting = useMutation({ mutationFn: () => host.labelSecret(place, name, version, [label.trim()], []), onSuccess: onDone });
  return (
    <form className={styles.inline} style={{ gridColumn: '2 / -1' }} onSubmit={(event) => { event.preventDefault(); if (label.trim() !== '') setting.mutate(); }}>
      <div><TextField label={`Label of version ${version}`} placeholder="live" value={label} onChange={setLabel} error={setting.error === null ? undefined : asProblem(setting.error).detail ?? asProblem(setting.error).title} data-testid="label" /></div>
      <Button submit busy={setting.isPending} reason={label.trim() === '' ? 'Write a label first' : undefined}>Add</Button>
    </form>
  );
}
