import { PlusIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FunctionPart, Outline, Part } from '@/bridge';
import { Fit, Select } from '@/components';
import { writeTarget, type Target } from './model';
import styles from './forms.module.css';

interface Props { outline: Outline; target: Target | null; onChoose: (target: Target) => void }

/** Everything that has a form, and what can be added. */
export function Parts({ outline, target, onChoose }: Props) {
  const at = target === null ? '' : writeTarget(target);
  const item = (path: string[], name: string, summary: string, inner = false) => {
    const own: Target = { kind: 'edit', path };
    return <Item key={path.join('\u0000')} name={name} summary={summary} inner={inner} on={at === writeTarget(own)} onClick={() => onChoose(own)} />;
  };
  return (
    <nav className={styles.parts} aria-label="Parts of the configuration" data-testid="parts">
      <Section title="Functions" add={<Add label="Add a function" testId="add-function" onClick={() => onChoose({ kind: 'function' })} />}>
        {outline.functions.length === 0 && <p className={styles.none}>None yet</p>}
        {outline.functions.map((fn) => (
          <div key={fn.name} role="group" aria-label={fn.name}>
            {item(fn.path, fn.name, fn.handler ?? '')}
            {fn.events.map((event) => item(event.form, event.name, event.summary, true))}
            <AddEvent outline={outline} fn={fn} onChoose={onChoose} />
          </div>
        ))}
      </Section>
      <Section title="Environment">{item(['provider', 'environment'], 'All functions', 'provider.environment')}</Section>
      <Section title="Permissions" add={<Add label="Add a permission" testId="add-permission" onClick={() => onChoose({ kind: 'permission' })} />}>
        {outline.permissions.length === 0 && <p className={styles.none}>Only what is usual</p>}
        {outline.permissions.map((one: Part) => item(one.form, one.summary, ''))}
      </Section>
      <Section title="Resources">
        {outline.resources.length === 0 && <p className={styles.none}>None of your own</p>}
        {outline.resources.map((one) => item(one.form, one.name, one.summary))}
        <Choose
          label="Add a resource" testId="add-resource"
          options={outline.starts.map((one) => ({ value: one.resourceType, label: one.word, hint: one.doc }))}
          onChoose={(type) => onChoose({ kind: 'resource', type })}
        />
      </Section>
    </nav>
  );
}

function AddEvent({ outline, fn, onChoose }: { outline: Outline; fn: FunctionPart; onChoose: (target: Target) => void }) {
  return (
    <div className={styles.inner}>
      <Choose
        label={`Add an event to ${fn.name}`} word="Add an event" testId={`add-event-${fn.name}`}
        options={outline.eventKinds.map((one) => ({ value: one.name, label: one.name, hint: one.doc }))}
        onChoose={(event) => onChoose({ kind: 'event', function: fn.path[1] ?? fn.name, event })}
      />
    </div>
  );
}

function Choose({ label, word = label, options, testId, onChoose }: { label: string; word?: string; options: { value: string; label: string; hint: string }[]; testId: string; onChoose: (value: string) => void }) {
  return <Select label={label} value="" options={[{ value: '', label: word }, ...options]} onChange={(value) => { if (value !== '') onChoose(value); }} testId={testId} />;
}

function Section({ title, add, children }: { title: string; add?: ReactNode; children: ReactNode }) {
  return <section className={styles.section}><div className={styles.sectionHead}><h2>{title}</h2>{add}</div>{children}</section>;
}

function Add({ label, testId, onClick }: { label: string; testId: string; onClick: () => void }) {
  return <button type="button" className={styles.add} onClick={onClick} data-testid={testId} aria-label={label} title={label}><PlusIcon className="icon" aria-hidden /></button>;
}

function Item({ name, summary, on, inner, onClick }: { name: string; summary: string; on: boolean; inner: boolean; onClick: () => void }) {
  return (
    <button type="button" className={`${styles.item} ${on ? styles.on : ''} ${inner ? styles.inner : ''}`} aria-current={on ? 'true' : undefined} onClick={onClick} title={summary === '' ? name : `${name}: ${summary}`}>
      <Fit text={name} /><span className={styles.summary}>{summary}</span>
    </button>
  );
}
