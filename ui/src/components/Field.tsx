import { useId, type InputHTMLAttributes, type ReactElement, type ReactNode, cloneElement } from 'react';
import styles from './Field.module.css';

export interface FieldProps {
  label: string;
  /** The label is read out only: the place says what it is. */
  hideLabel?: boolean;
  hint?: ReactNode;
  error?: string | undefined;
  children: ReactElement<{ id?: string; 'aria-describedby'?: string | undefined; 'aria-invalid'?: boolean }>;
}

/** A label, its control, and what is to be known or is wrong about it. */
export function Field({ label, hideLabel = false, hint, error, children }: FieldProps) {
  const id = useId();
  const told = `${id}-told`;
  const tells = error !== undefined || hint !== undefined;
  const control = cloneElement(children, { id, 'aria-describedby': tells ? told : undefined, 'aria-invalid': error !== undefined });
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? 'srOnly' : styles.label}>{label}</label>
      {control}
      {tells && <p id={told} className={error === undefined ? styles.hint : styles.error} role={error === undefined ? undefined : 'alert'}>{error ?? hint}</p>}
    </div>
  );
}

type Shared = Omit<FieldProps, 'children'>;
type InputProps = Shared & Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'className' | 'value'> & { value: string; onChange: (value: string) => void; code?: boolean };

export function TextField({ label, hideLabel, hint, error, onChange, code = false, ...rest }: InputProps) {
  return (
    <Field label={label} hint={hint} error={error} {...(hideLabel === undefined ? {} : { hideLabel })}>
      <input {...rest} autoComplete="off" spellCheck={false} className={code ? `${styles.input} ${styles.code}` : styles.input} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}

/** A box to be ticked. */
export function Checkbox({ label, checked, onChange, testId }: { label: ReactNode; checked: boolean; onChange: (checked: boolean) => void; testId?: string }) {
  return (
    <label className={styles.check}>
      <input type="checkbox" data-testid={testId} checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}
