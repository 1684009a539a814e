import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { asProblem, useCheckedSecret, useHost, type GivenValue, type ParameterType, type ParameterView, type StorePlace, type Tier } from '@/bridge';
import { Button, Checkbox, CopyButton, Disclosure, Drawer, ErrorPanel, Field, Select, TextField, useToast } from '@/components';
import { draftOf, empty, sizeOf, startOf, type Filled } from './form';
import { branches } from './model';
import styles from './secrets.module.css';

const kinds = [{ value: 'SecureString', label: 'SecureString, encrypted' }, { value: 'String', label: 'String, plain' }, { value: 'StringList', label: 'StringList, commas between' }] as const;
const tiers = [{ value: 'Standard', label: 'Standard, to 4 KB' }, { value: 'Advanced', label: 'Advanced, to 8 KB, charged' }] as const;

interface Props { place: StorePlace; region: string; rows: ParameterView[]; path: string; editing?: ParameterView; onClose: () => void; onDone: (name: string) => void }

/** A new parameter, or a new version of one. The value stays in this form and goes to the engine alone. */
export function SecretForm({ place, region, rows, path, editing, onClose, onDone }: Props) {
  const host = useHost();
  const tell = useToast();
  const [filled, setFilled] = useState<Filled>(() => (editing === undefined ? { ...empty, name: path === '' ? '/' : `${path}/` } : startOf(editing)));
  const fill = (more: Partial<Filled>) => setFilled((so) => ({ ...so, ...more }));
  const draft = draftOf(filled, editing);
  const checked = useCheckedSecret(region === '' ? 'us-east-1' : region, draft, sizeOf(filled));
  const given = (): GivenValue => {
    if (filled.how === 'typed') return { kind: 'typed', text: filled.value };
    return filled.how === 'kept' ? { kind: 'kept' } : { kind: 'generated', letters: Number(filled.letters) || 32, signs: filled.signs };
  };
  const writing = useMutation({
    // The value is no variable of it: what is asked with is kept in a cache.
    mutationFn: () => host.setSecret(place, draft, given()),
    onSuccess: (done) => {
      tell('ok', `${done.name} has version ${done.version}`);
      if (done.overtaken.length > 0) tell('warn', `Somebody wrote version ${done.overtaken.join(', ')} in the same moment: it is in the versions`);
      onDone(done.name);
    },
  });
  const touched = filled.name !== '/' && filled.name !== `${path}/`;
  const broken = touched ? (checked.data?.broken ?? []).filter((one) => one.part !== 'value' || filled.value !== '') : [];
  const reason = !touched ? 'Name it first' : filled.how === 'typed' && filled.value === '' ? 'Give it a value first' : broken[0]?.what;
  return (
    <Drawer
      open onClose={onClose} title={editing === undefined ? 'New secret' : `Edit ${editing.name.split('/').at(-1) ?? ''}`} subtitle={editing === undefined ? 'A parameter of the Parameter Store' : `Writes version ${editing.version + 1}, if ${editing.version} is the newest still`}
      foot={<><Button onClick={onClose}>Cancel</Button><Button variant="primary" busy={writing.isPending} reason={reason} onClick={() => writing.mutate()} data-testid="store-secret">{editing === undefined ? 'Store it' : `Write version ${editing.version + 1}`}</Button></>}
    >
      <div className={styles.form}>
        {editing === undefined && <Name value={filled.name} rows={rows} onChange={(name) => fill({ name })} />}
        {editing === undefined && <div className={styles.labelled}><span aria-hidden>Type</span><Select label="Type" value={filled.kind} options={[...kinds]} onChange={(kind: ParameterType) => fill({ kind })} testId="secret-type" /></div>}
        <ValueInput filled={filled} editing={editing !== undefined} fill={fill} />
        {filled.kind === 'SecureString' && <Key value={filled.key} rows={rows} onChange={(key) => fill({ key })} />}
        <TextField label="What it is for" value={filled.description} onChange={(description) => fill({ description })} />
        <Disclosure summary="Tier, pattern, expiry">
          <div className={styles.form}>
            <div className={styles.labelled}><span aria-hidden>Tier</span><Select label="Tier" value={filled.tier} options={[...tiers]} onChange={(tier: Tier) => fill({ tier })} testId="secret-tier" /></div>
            <TextField code label="Pattern that values must match" placeholder="^[A-Za-z0-9]{32}$" value={filled.pattern} onChange={(pattern) => fill({ pattern })} />
            <TextField label="AWS deletes it on" placeholder="2027-03-31" hint="Needs the tier Advanced." value={filled.expires} onChange={(expires) => fill({ expires })} />
            <div className={styles.two}>
              <TextField label="Warn before that" placeholder="15d" value={filled.warnBefore} onChange={(warnBefore) => fill({ warnBefore })} />
              <TextField label="Warn when unchanged for" placeholder="90d" value={filled.warnUnchanged} onChange={(warnUnchanged) => fill({ warnUnchanged })} />
            </div>
          </div>
        </Disclosure>
        {broken.length > 0 && <div role="alert" data-testid="broken"><ul className={styles.broken}>{broken.map((one) => <li key={`${one.part}${one.what}`}>{sentence(one.what)}. {one.wayOut}.</li>)}</ul></div>}
        {checked.data !== undefined && touched && (
          <Disclosure summary="What is sent" open>
            <pre className={styles.call} data-testid="call">{checked.data.call.join('\n')}</pre>
            <p className={styles.note}>By command: <code>{checked.data.command}</code> <CopyButton text={checked.data.command} label="Copy the command" /></p>
          </Disclosure>
        )}
        {writing.error !== null && <ErrorPanel problem={asProblem(writing.error)} testId="form-problem" />}
      </div>
    </Drawer>
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The name, with the paths that there are to complete it by. */
function Name({ value, rows, onChange }: { value: string; rows: ParameterView[]; onChange: (value: string) => void }) {
  const id = useId();
  const paths = branches(rows.map((one) => one.name)).filter((one) => one.path.startsWith(value) || value.startsWith(one.path)).slice(0, 40);
  return (
    <>
      <TextField code label="Name" hint="Levels with / between: /shop/dev/db/password" value={value} onChange={onChange} list={id} data-testid="secret-name" />
      <datalist id={id}>{paths.map((one) => <option key={one.path} value={`${one.path}/`} />)}</datalist>
    </>
  );
}

/** The key as text, with those that other parameters use. */
function Key({ value, rows, onChange }: { value: string; rows: ParameterView[]; onChange: (value: string) => void }) {
  const id = useId();
  const keys = [...new Set(rows.flatMap((one) => (one.key === null ? [] : [one.key])))].slice(0, 40);
  return (
    <>
      <TextField code label="Key" placeholder="alias/aws/ssm" hint={value === '' ? "Empty is the account's own key: whoever may decrypt with it reads this." : 'An alias, an id or an ARN.'} value={value} onChange={onChange} list={id} data-testid="secret-key" />
      <datalist id={id}>{keys.map((key) => <option key={key} value={key} />)}</datalist>
    </>
  );
}

function ValueInput({ filled, editing, fill }: { filled: Filled; editing: boolean; fill: (more: Partial<Filled>) => void }) {
  const [seen, setSeen] = useState(false);
  const hows = [...(editing ? [{ value: 'kept', label: 'Leave the value' } as const] : []), { value: 'typed', label: editing ? 'A new value' : 'Type or paste it' }, { value: 'generated', label: 'Generate it' }] as const;
  return (
    <>
      <div className={styles.labelled}><span aria-hidden>Where the value comes from</span><Select label="Where the value comes from" value={filled.how} options={[...hows]} onChange={(how) => fill({ how })} testId="value-how" /></div>
      {filled.how === 'typed' && (
        <>
          <Field label="Value" hint={`${new TextEncoder().encode(filled.value).length.toLocaleString('en')} bytes. It may have several lines.`}>
            <textarea className={`${styles.area} ${seen ? '' : styles.hidden}`} rows={4} spellCheck={false} autoComplete="off" value={filled.value} onChange={(event) => fill({ value: event.target.value })} data-testid="secret-value" />
          </Field>
          <Checkbox label="Show what I type" checked={seen} onChange={setSeen} />
        </>
      )}
      {filled.how === 'generated' && (
        <div className={styles.two}>
          <TextField label="Letters" inputMode="numeric" value={filled.letters} onChange={(letters) => fill({ letters })} hint="Made by the engine, and shown to nobody." />
          <Checkbox label="With signs: - _ . ~" checked={filled.signs} onChange={(signs) => fill({ signs })} />
        </div>
      )}
    </>
  );
}
