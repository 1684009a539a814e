import { LockIcon, LoaderCircleIcon } from 'lucide-react';
import { useId, type ButtonHTMLAttributes, type ReactNode } from 'react';
import styles from './Button.module.css';
import { Tip } from './Tip';

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'disabled' | 'type'>;

export interface ButtonProps extends Native {
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger' | 'production';
  size?: 'small' | 'normal' | 'large';
  icon?: ReactNode;
  /** Why it cannot be used now. It stays focusable, so that the reason can be read. */
  reason?: string | undefined;
  busy?: boolean;
  submit?: boolean;
  children: ReactNode;
}

/** A button says what will happen to what. One that sleeps says why. */
export function Button({
  variant = 'secondary', size = 'normal', icon, reason, busy = false, submit = false, children, onClick, ...rest
}: ButtonProps) {
  const described = useId();
  const sleeps = reason !== undefined || busy;
  const className = [styles.button, styles[variant], styles[size], reason === undefined ? '' : styles.sleeping].join(' ');
  return (
    <>
      <button
        {...rest}
        type={submit ? 'submit' : 'button'}
        className={className}
        aria-disabled={sleeps || undefined}
        aria-busy={busy || undefined}
        aria-describedby={reason === undefined ? rest['aria-describedby'] : described}
        title={reason ?? rest.title}
        onClick={(event) => {
          if (sleeps) event.preventDefault();
          else onClick?.(event);
        }}
      >
        {busy ? <LoaderCircleIcon className={`icon ${styles.spin}`} aria-hidden /> : reason === undefined ? icon : <LockIcon className="icon" aria-hidden />}
        <span>{children}</span>
      </button>
      {reason !== undefined && <span id={described} className="srOnly">{reason}</span>}
    </>
  );
}

export interface IconButtonProps extends Native {
  label: string;
  icon: ReactNode;
  size?: 'small' | 'normal';
}

/** A button that is a picture alone; its label is read out and shown on hover. */
export function IconButton({ label, icon, size = 'normal', ...rest }: IconButtonProps) {
  return (
    <Tip text={label}>
      <button {...rest} type="button" aria-label={label} className={[styles.button, styles.quiet, styles.iconOnly, styles[size]].join(' ')}>
        {icon}
      </button>
    </Tip>
  );
}
