import styles from './FileDiff.module.css';

interface Line { mark: 'same' | 'added' | 'removed' | 'gap'; old: number | null; new: number | null; text: string }

const signs = { same: ' ', added: '+', removed: '-', gap: ' ' } as const;
const words = { same: '', added: 'Added: ', removed: 'Removed: ', gap: '' } as const;

/** The lines of a file that change, with some around them. */
export function FileDiff({ file }: { file: { file: string; lines: Line[] } }) {
  return (
    <figure className={styles.file} data-testid="diff">
      <figcaption>What changes in <code>{file.file}</code></figcaption>
      {/* What scrolls must be reachable by keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.lines} tabIndex={0} role="region" aria-label={`Lines of ${file.file}`}>
        {file.lines.map((line, index) => <OneLine key={index} line={line} />)}
      </div>
    </figure>
  );
}

function OneLine({ line }: { line: Line }) {
  if (line.mark === 'gap') return <div className={styles.gap} aria-label="Lines that stay">…</div>;
  return (
    <div className={`${styles.line} ${line.mark === 'added' ? styles.added : line.mark === 'removed' ? styles.removed : ''}`}>
      <span className={styles.number} aria-hidden>{line.new ?? line.old}</span>
      <span aria-hidden>{signs[line.mark]}</span>
      <span className={styles.text}><span className="srOnly">{words[line.mark]}</span>{line.text}</span>
    </div>
  );
}
