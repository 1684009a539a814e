import { useQuery } from '@tanstack/react-query';
import { Trash2Icon } from 'lucide-react';
import { useState } from 'react';
import { asProblem, useHost, useProposal, useRefresh, type Form, type Outline, type Place } from '@/bridge';
import { Button, Skeleton, TextField, useToast } from '@/components';
import { ProblemOrConsent } from '@/shared/consent';
import { holdUnsaved, letGo } from '@/shared/unsaved';
import { Changes } from './Changes';
import { Control } from './Control';
import { editsOf, foundAt, isNamed, pathOf, removalOf, titleOf, type Target, type Value } from './model';
import { Refers } from './Refers';
import styles from './forms.module.css';

interface Props { place: Place; outline: Outline; target: Target; onDone: (next: Target | null) => void }

/** One part: its form as the engine describes it. */
export function FormPane({ place, outline, target, onDone }: Props) {
  const host = useHost();
  const path = pathOf(target, outline);
  const kind = target.kind === 'resource' ? target.type : null;
  // What was typed is not thrown away because the window was left and come back to.
  const form = useQuery({ queryKey: ['form', place.project, place.stage, path, kind], queryFn: () => host.form(place, path, kind), retry: false, refetchOnWindowFocus: false, gcTime: 0 });
  if (form.isError) return <ProblemOrConsent place={place} problem={asProblem(form.error)} onAgain={() => void form.refetch()} actions={<Button onClick={() => void form.refetch()}>Look again</Button>} />;
  if (form.data === undefined || form.isFetching) return <Skeleton label="Reading this part" lines={8} />;
  return <Filling place={place} form={form.data} target={target} onDone={onDone} onAgain={() => void form.refetch()} />;
}

/** What was typed and not saved, by what it is for: looking at another part loses nothing. */
const drafts = new Map<string, { value: Value; name: string }>();

/** The same, for whoever closes the window. */
function keep(key: string, project: string, words: string, draft: { value: Value; name: string }) {
  drafts.set(key, draft);
  holdUnsaved({ id: `form ${key}`, project, name: `${words} (by form)`, save: null, discard: () => drafts.delete(key) });
}

function drop(key: string) {
  drafts.delete(key);
  letGo(`form ${key}`);
}

function Filling({ place, form, target, onDone, onAgain }: { place: Place; form: Form; target: Target; onDone: (next: Target | null) => void; onAgain: () => void }) {
  const refresh = useRefresh();
  const toast = useToast();
  const draftKey = JSON.stringify([place.project, form.path, form.json]);
  const draft = drafts.get(draftKey);
  const [value, setValue] = useState<Value>(() => draft?.value ?? (JSON.parse(form.json) as Value));
  const [name, setName] = useState(draft?.name ?? (form.exists ? (form.path[form.path.length - 1] ?? '') : ''));
  const [touched, setTouched] = useState(draft !== undefined);
  const [removing, setRemoving] = useState(false);
  const named = isNamed(form.path);
  const nameMissing = named && name === '';
  const edits = removing ? removalOf(form) : editsOf(form, value, name);
  const proposal = useProposal(place, edits, !nameMissing && (removing || touched));
  const at = named && name !== '' ? [...form.path.slice(0, -1), name] : form.path;
  const title = titleOf(target, form);
  const change = (next: Value) => { setValue(next); setTouched(true); keep(draftKey, place.project, title, { value: next, name }); };
  const rename = (next: string) => { setName(next); setTouched(true); keep(draftKey, place.project, title, { value, name: next }); };
  const forget = () => { drop(draftKey); setTouched(false); setRemoving(false); setValue(JSON.parse(form.json) as Value); setName(form.exists ? (form.path[form.path.length - 1] ?? '') : ''); };
  const save = async () => {
    const files = await proposal.save();
    if (files === null) return;
    drop(draftKey);
    toast('ok', `${files.join(', ')} changed`);
    refresh();
    if (removing) onDone(null);
    else if (!form.exists || at.join('.') !== form.path.join('.')) onDone({ kind: 'edit', path: at });
    else onAgain();
  };
  const found = proposal.shown?.findings ?? proposal.problem?.findings ?? [];
  const own = foundAt(found, at).filter((one) => one.path === at.join('.'));
  return (
    <>
      <header className={styles.head}>
        <div className={styles.headWords}>
          <h2 title={title}>{title}</h2>
          <p>{form.line === null ? <code>{form.said}</code> : <><code>{form.said}</code> in <code>{form.file}:{form.line}</code></>}</p>
        </div>
        {form.exists && <Button size="small" variant="quiet" icon={<Trash2Icon className="icon" aria-hidden />} onClick={() => setRemoving(true)} data-testid="remove-part">Remove</Button>}
      </header>
      {removing && <Refers refers={form.refers} title={title} />}
      {!removing && (
        <div className={styles.fields} data-testid="fields">
          {own.map((one) => <p key={one.message} className={styles.wrong} role="alert">{one.message}</p>)}
          {named && <TextField label="Name" value={name} onChange={rename} code data-testid="field-name-of-part" hint={form.exists && form.refers.length > 0 ? `${form.refers.length} lines refer to it by this name` : undefined} />}
          <Control control={form.control} value={value} path={at} label={title} findings={found} onChange={change} isTop />
        </div>
      )}
      <Changes
        place={place} proposal={proposal} isTouched={touched || removing} nameMissing={nameMissing} config={form.file}
        word={removing ? `Remove ${title} from ${form.file}` : undefined}
        onSave={() => void save()} onForget={forget}
      />
    </>
  );
}
