import { useId } from 'react';
import { PlusIcon, XIcon } from 'lucide-react';
import { Button, IconButton } from '@/components';
import type { EndpointView } from '@/bridge';
import { Editor } from './Editor';
import { jsonProblem } from './json';
import { fieldId, parametersOf, type Draft, type Pair } from './request';
import styles from './RequestParts.module.css';

/** The parts of the path that are to be filled in. */
export function Parameters({ endpoint, draft, onChange }: { endpoint: EndpointView; draft: Draft; onChange: (parameters: Record<string, string>) => void }) {
  const all = parametersOf(endpoint);
  if (all.length === 0) return null;
  return (
    <fieldset className={styles.group}>
      <legend>Path</legend>
      <div className={styles.fields}>
        {all.map(({ name, isGreedy }) => (
          <div key={name} className={styles.labelled}>
            <label htmlFor={fieldId(name)}>{name}{isGreedy && <span className={styles.quiet}>, slashes too</span>}</label>
            <input id={fieldId(name)} className={styles.input} value={draft.parameters[name] ?? ''} autoComplete="off" spellCheck={false} onChange={(event) => onChange({ ...draft.parameters, [name]: event.target.value })} />
          </div>
        ))}
      </div>
    </fieldset>
  );
}

interface PairsProps {
  title: string;
  one: string;
  rows: Pair[];
  idPrefix: string;
  onChange: (rows: Pair[]) => void;
}

/** Names and values, as rows. */
export function Pairs({ title, one, rows, idPrefix, onChange }: PairsProps) {
  const set = (id: number, part: Partial<Pair>) => onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  const next = Math.max(0, ...rows.map((row) => row.id)) + 1;
  return (
    <fieldset className={styles.group}>
      <legend>{title}</legend>
      {rows.map((row, index) => (
        <div key={row.id} className={styles.pair}>
          <input id={`${idPrefix}-${row.id}`} aria-label={`Name of ${one} ${index + 1}`} placeholder="Name" className={styles.input} value={row.name} autoComplete="off" spellCheck={false} onChange={(event) => set(row.id, { name: event.target.value })} />
          <input aria-label={`Value of ${one} ${index + 1}`} placeholder="Value" className={styles.input} value={row.value} autoComplete="off" spellCheck={false} onChange={(event) => set(row.id, { value: event.target.value })} />
          <IconButton size="small" label={`Take ${one} ${index + 1} away`} icon={<XIcon className="icon" aria-hidden />} onClick={() => onChange(rows.filter((other) => other.id !== row.id))} />
        </div>
      ))}
      <Button size="small" variant="quiet" icon={<PlusIcon className="icon" aria-hidden />} onClick={() => onChange([...rows, { id: next, name: '', value: '' }])} data-testid={`add-${idPrefix}`}>Add a {one}</Button>
    </fieldset>
  );
}

/** The body. JSON is checked when it looks like JSON; anything else may be sent too. */
export function Body({ draft, onChange, onSend }: { draft: Draft; onChange: (body: string) => void; onSend: () => void }) {
  const looksLikeJson = /^\s*[[{]/.test(draft.body);
  return (
    <fieldset className={styles.group}>
      <legend>Body</legend>
      <Editor label="Body" value={draft.body} problem={looksLikeJson ? jsonProblem(draft.body) : null} fine={draft.body === '' ? 'No body' : looksLikeJson ? 'JSON' : 'Text'} onChange={onChange} onSend={onSend} testId="body" />
    </fieldset>
  );
}

/** Signing with the credentials of the place that is looked at. */
export function Sign({ endpoint, isOn, onChange }: { endpoint: EndpointView; isOn: boolean; onChange: (isOn: boolean) => void }) {
  const told = useId();
  return (
    <div className={styles.sign}>
      <button id="sign-switch" type="button" role="switch" aria-checked={isOn} aria-describedby={told} className={styles.switch} onClick={() => onChange(!isOn)} data-testid="sign-switch">
        <span className={styles.knob} aria-hidden />
        <span>Sign</span>
      </button>
      <span id={told} className={styles.quiet}>{endpoint.signed ? 'It answers nobody else' : isOn ? 'With your AWS credentials' : 'Anyone may call it'}</span>
    </div>
  );
}
