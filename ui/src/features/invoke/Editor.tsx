import { useId, useRef, type KeyboardEvent } from 'react';
import { Status } from '@/components';
import type { JsonProblem } from './json';
import styles from './Editor.module.css';

interface Props {
  label: string;
  value: string;
  problem: JsonProblem | null;
  /** What is said when all is well. */
  fine: string;
  onChange: (value: string) => void;
  onSend: () => void;
  testId: string;
}

/** A text that is checked while it is typed; the place of what is wrong is one press away. */
export function Editor({ label, value, problem, fine, onChange, onSend, testId }: Props) {
  const told = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const toPlace = () => {
    const at = problem?.at ?? 0;
    area.current?.focus();
    area.current?.setSelectionRange(at, Math.min(at + 1, value.length));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onSend();
  };
  const lines = value.split('\n');
  return (
    <div className={styles.editor}>
      <div className={problem === null ? styles.frame : `${styles.frame} ${styles.bad}`}>
        <pre className={styles.numbers} aria-hidden>
          {lines.slice(0, 2000).map((_, index) => (
            <span key={index} className={problem?.line === index + 1 ? styles.here : undefined}>{index + 1}{'\n'}</span>
          ))}
        </pre>
        <textarea
          ref={area}
          className={styles.area}
          aria-label={label}
          aria-describedby={told}
          aria-invalid={problem !== null}
          value={value}
          rows={Math.min(Math.max(lines.length, 5), 11)}
          spellCheck={false}
          autoComplete="off"
          wrap="off"
          data-testid={testId}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
          onScroll={(event) => {
            const numbers = event.currentTarget.previousElementSibling;
            if (numbers !== null) numbers.scrollTop = event.currentTarget.scrollTop;
          }}
        />
      </div>
      <div id={told} className={styles.told} role="status">
        {problem === null
          ? <Status mark="ok" word={fine} />
          : <button type="button" className={styles.place} onClick={toPlace} data-testid="json-problem"><Status mark="danger" word={`Line ${problem.line}, column ${problem.column}`} /><span>{problem.message}</span></button>}
      </div>
    </div>
  );
}
