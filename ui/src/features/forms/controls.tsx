import { PlusIcon, XIcon } from 'lucide-react';
import { useId } from 'react';
import type { Control as Described } from '@/bridge';
import { Button, Field, IconButton, TextField } from '@/components';
import { cutMiddle } from '@/lib/words';
import { Control, type ControlProps } from './Control';
import { emptyOf, isMap, isYaml, variantOf, type Value } from './model';
import styles from './forms.module.css';

/** What is wrong at exactly this place. */
function errorOf({ findings, path }: ControlProps): string | undefined {
  const at = path.join('.');
  return findings.find((one) => one.path === at)?.message;
}

/** In a row of a table the name stands beside. */
const labelOf = ({ label, required = false }: ControlProps) => (required ? `${label} (required)` : label);
const testId = (path: string[]) => `field-${path[path.length - 1] ?? ''}`;
const hintOf = ({ doc, inherited }: ControlProps) => (inherited == null ? doc : `${doc ?? ''}. Now ${inherited}`);

export function Line(props: ControlProps) {
  const { value, control, path, onChange, suggestions = [] } = props;
  const list = useId();
  const text = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const wants = control.kind === 'text' ? control.wants : control.kind === 'number' ? span(control.least, control.most) : null;
  const hint = [hintOf(props), wants === null ? undefined : `Must be ${wants}`].filter(Boolean).join('. ');
  return (
    <>
      <TextField
        label={labelOf(props)} {...(props.hideLabel === true ? { hideLabel: true } : {})} value={text} placeholder={props.inherited ?? ''} hint={hint === '' ? undefined : hint} error={errorOf(props)} list={suggestions.length > 0 ? list : undefined}
        inputMode={control.kind === 'number' ? 'numeric' : 'text'} data-testid={testId(path)} code
        onChange={(next) => onChange(control.kind === 'number' && /^-?\d{1,15}$/.test(next.trim()) ? Number(next) : next)}
      />
      {suggestions.length > 0 && <datalist id={list}>{suggestions.map((one) => <option key={one} value={one} />)}</datalist>}
    </>
  );
}

function span(least: number | null, most: number | null): string | null {
  if (least === null && most === null) return 'a whole number';
  if (most === null) return `a whole number from ${least ?? 0}`;
  return `a whole number from ${least ?? 0} to ${most}`;
}

/** One of some words. A word that is not among them, such as a variable, can stand there too. */
export function Choice(props: ControlProps & { words: string[] }) {
  const { value, words, path, onChange, inherited } = props;
  const text = value === null ? '' : String(value as string | number);
  const odd = text !== '' && !words.includes(text);
  return (
    <Field label={labelOf(props)} hint={hintOf(props)} error={errorOf(props)}>
      <select className={styles.select} value={text} data-testid={testId(path)} onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}>
        <option value="">{inherited == null ? 'Not set' : `Not set (${inherited})`}</option>
        {odd && <option value={text}>{text}</option>}
        {words.map((word) => <option key={word} value={word}>{word}</option>)}
      </select>
    </Field>
  );
}

export function Truth(props: ControlProps) {
  const { value, path, onChange } = props;
  const text = value === true ? 'true' : value === false ? 'false' : '';
  return (
    <Field label={labelOf(props)} hint={hintOf(props)} error={errorOf(props)}>
      <select className={styles.select} value={text} data-testid={testId(path)} onChange={(event) => onChange(event.target.value === '' ? null : event.target.value === 'true')}>
        <option value="">Not set</option><option value="true">Yes</option><option value="false">No</option>
      </select>
    </Field>
  );
}

export function YamlText(props: ControlProps) {
  const { value, path, onChange } = props;
  const text = isYaml(value) ? value.$yaml : value === null ? '' : JSON.stringify(value);
  const lines = Math.min(14, Math.max(1, text.split('\n').length));
  return (
    <Field label={`${labelOf(props)}, as YAML`} {...(props.hideLabel === true ? { hideLabel: true } : {})} hint={hintOf(props)} error={errorOf(props) ?? props.findings[0]?.message}>
      <textarea className={styles.yaml} rows={lines} value={text} spellCheck={false} data-testid={testId(path)} onChange={(event) => onChange({ $yaml: event.target.value })} />
    </Field>
  );
}

/** Several values. One value that stands for a list of one is shown as such. */
export function Items(props: ControlProps & { item: Described }) {
  const { item, value, path, label, findings, onChange, suggestions = [] } = props;
  const items: Value[] = Array.isArray(value) ? value : value === null ? [] : [value];
  const put = (next: Value[]) => onChange(next.length === 0 ? null : next);
  return (
    <fieldset className={styles.group}>
      <legend>{labelOf(props)}</legend>
      {props.doc !== undefined && props.doc !== '' && <p className={styles.doc}>{props.doc}</p>}
      {errorOf(props) !== undefined && <p className={styles.wrong} role="alert">{errorOf(props)}</p>}
      {items.map((one, index) => (
        <div key={index} className={styles.row}>
          <div className={styles.grow}><Control control={item} value={one} path={[...path, String(index)]} label={`${label} ${index + 1}`} hideLabel findings={findings} suggestions={suggestions} onChange={(next) => put(items.map((old, at) => (at === index ? next : old)))} /></div>
          <IconButton size="small" label={`Remove ${label} ${index + 1}`} icon={<XIcon className="icon" aria-hidden />} onClick={() => put(items.filter((_, at) => at !== index))} />
        </div>
      ))}
      <div className={styles.row}>
        <Button size="small" icon={<PlusIcon className="icon" aria-hidden />} onClick={() => onChange([...items, emptyOf(item)])} data-testid={`add-${label}`}>Add to {cutMiddle(label, 32)}</Button>
        {suggestions.some((one) => one.startsWith('{')) && (
          <select className={styles.select} aria-label={`A resource of this service, for ${label}`} value="" onChange={(event) => { if (event.target.value !== '') onChange([...items, { $yaml: event.target.value }]); }}>
            <option value="">One of this service…</option>{suggestions.map((one) => <option key={one} value={one}>{one}</option>)}
          </select>
        )}
      </div>
    </fieldset>
  );
}

/** Names with values: a table. */
export function Names(props: ControlProps & { inner: Described }) {
  const { inner, value, path, label, findings, onChange } = props;
  const rows = Object.entries(isMap(value) ? value : {});
  const put = (next: [string, Value][]) => onChange(next.length === 0 ? null : Object.fromEntries(next));
  const free = (number = rows.length + 1): string => (rows.some(([name]) => name === `NAME_${number}`) ? free(number + 1) : `NAME_${number}`);
  return (
    <fieldset className={styles.group}>
      <legend>{labelOf(props)}</legend>
      {props.doc !== undefined && props.doc !== '' && <p className={styles.doc}>{props.doc}</p>}
      {errorOf(props) !== undefined && <p className={styles.wrong} role="alert">{errorOf(props)}</p>}
      {rows.map(([name, one], index) => (
        <div key={index} className={styles.row}>
          <div className={styles.name}><TextField label={`Name ${index + 1}`} hideLabel value={name} code data-testid={`${testId(path)}-name-${index + 1}`} onChange={(next) => { if (!rows.some(([known], at) => known === next && at !== index)) put(rows.map((row, at) => (at === index ? [next, one] : row))); }} /></div>
          <div className={styles.grow}><Control control={inner} value={one} path={[...path, name]} label={name === '' ? 'value' : name} hideLabel findings={findings} onChange={(next) => put(rows.map((row, at) => (at === index ? [name, next] : row)))} /></div>
          <IconButton size="small" label={`Remove ${name}`} icon={<XIcon className="icon" aria-hidden />} onClick={() => put(rows.filter((_, at) => at !== index))} />
        </div>
      ))}
      <Button size="small" icon={<PlusIcon className="icon" aria-hidden />} onClick={() => onChange({ ...Object.fromEntries(rows), [free()]: emptyOf(inner) })} data-testid={`add-${label}`}>Add to {cutMiddle(label, 32)}</Button>
    </fieldset>
  );
}

/** A value that can take several forms: which one, then that one. */
export function Either(props: ControlProps & { variants: Extract<Described, { kind: 'either' }> }) {
  const { variants, value, path, label, onChange, isTop = false, doc } = props;
  const plain = variants.variants.find((one) => one.control.kind === 'text');
  const others = variants.variants.filter((one) => one !== plain && one.control.kind !== 'yaml');
  // A text that may be a CloudFormation function too: a line, which can become YAML.
  if (!isTop && plain !== undefined && others.length === 0) return <TextOrYaml {...props} text={plain.control} />;
  const set = value !== null;
  const chosen = set ? variantOf(variants, value) : isTop ? 0 : -1;
  const inner = variants.variants[chosen]?.control;
  return (
    <div className={styles.either}>
      <Field label={isTop ? 'Written as' : labelOf(props)} hint={isTop ? undefined : doc} error={inner === undefined || isTop ? errorOf(props) : undefined}>
        <select
          className={styles.select} value={String(chosen)} data-testid={`form-of-${path[path.length - 1] ?? ''}`}
          onChange={(event) => { const next = variants.variants[Number(event.target.value)]; onChange(next === undefined ? null : emptyOf(next.control)); }}
        >
          {!isTop && <option value="-1">Not set</option>}
          {variants.variants.map((one, index) => <option key={one.label} value={index}>{one.label}</option>)}
        </select>
      </Field>
      {inner !== undefined && <Control {...props} control={inner} label={isTop ? label : `${label} value`} doc="" />}
    </div>
  );
}

function TextOrYaml(props: ControlProps & { text: Described }) {
  const { text, value, label, onChange } = props;
  return (
    <div className={styles.inline}>
      <div className={styles.grow}><Line {...props} control={text} /></div>
      <Button size="small" variant="quiet" title={`Write ${label} as YAML, such as a CloudFormation function`} onClick={() => onChange({ $yaml: value === null ? '' : String(value as string) })}>YAML</Button>
    </div>
  );
}
