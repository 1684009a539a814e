import { WrenchIcon } from 'lucide-react';
import { useState } from 'react';
import type { Diagnosis, Place, Problem } from '@/bridge';
import { Banner, Button, MarkIcon } from '@/components';
import { consentOf, ConsentDialog } from '@/shared/consent';
import { words } from './diagnostics';
import styles from './editor.module.css';
import { summary } from './model';
import type { Checks } from './useChecks';

interface Props {
  place: Place;
  /** Whether the text is not saved yet. */
  isDirty: boolean;
  checks: Checks;
  file: string;
  /** The files that can be opened here. */
  files: string[];
  onGo: (found: Diagnosis) => void;
  onFix: (found: Diagnosis) => void;
  onOpen: (file: string, line: number) => void;
}

/** Everything that is wrong, each with the way to its place. */
export function Problems({ place, isDirty, checks, file, files, onGo, onFix, onOpen }: Props) {
  const { findings, isBehind, problem } = checks;
  return (
    <section className={styles.problems} aria-label="Problems">
      <h2 className={styles.problemsHead}>
        <span role="status" data-testid="editor-summary">{summary(findings, isBehind, problem !== null)}</span>
      </h2>
      {problem !== null && <div className={styles.pad}><NotChecked place={place} problem={problem} isDirty={isDirty} onAgain={checks.again} /></div>}
      <ul className={styles.list}>
        {findings?.map((found, index) => <Row key={index} index={index} found={found} file={file} files={files} isBehind={isBehind} onGo={onGo} onFix={onFix} onOpen={onOpen} />)}
      </ul>
    </section>
  );
}

/** Why the text could not be looked at. Code is allowed by its content on the disk: what is not saved is nobody's to allow. */
function NotChecked({ place, problem, isDirty, onAgain }: { place: Place; problem: Problem; isDirty: boolean; onAgain: () => void }) {
  const [reading, setReading] = useState(false);
  const programs = consentOf(problem);
  if (programs.length === 0) return <Banner tone="danger" title={problem.title} actions={<Button size="small" onClick={onAgain}>Check again</Button>}>{problem.detail}</Banner>;
  if (isDirty) return <Banner tone="warn" title="This project runs code of its own">What you wrote is part of it. Save it, and you are asked whether it may run; then the text is checked.</Banner>;
  return (
    <>
      <Banner tone="warn" title="This project runs code of its own" actions={<Button size="small" onClick={() => setReading(true)} data-testid="editor-consent">Read and decide</Button>}>The text is checked when its code may run. Nothing of it has run.</Banner>
      {reading && <ConsentDialog place={place} programs={programs} onAllowed={onAgain} onAgain={onAgain} onClose={() => setReading(false)} />}
    </>
  );
}

function Row({ index, found, file, files, isBehind, onGo, onFix, onOpen }: Pick<Props, 'file' | 'files' | 'onGo' | 'onFix' | 'onOpen'> & { index: number; found: Diagnosis; isBehind: boolean }) {
  const { finding } = found;
  const { place } = finding;
  const [what, ...more] = words(found);
  const canGo = found.range !== null || (place !== null && place.file !== file && files.includes(place.file));
  const go = () => { if (found.range !== null) onGo(found); else if (place !== null) onOpen(place.file, place.line); };
  const body = (
    <>
      <MarkIcon mark={finding.isError ? 'danger' : 'warn'} label={finding.isError ? 'Error' : 'Warning'} />
      <span className={styles.said}>
        <b>{what}</b>
        {place !== null && <code className={styles.place}>{place.file === file ? `line ${place.line}` : `${place.file}:${place.line}`}</code>}
      </span>
    </>
  );
  return (
    <li className={styles.row} data-testid="editor-problem">
      {canGo ? <button type="button" className={styles.go} onClick={go} data-testid={`problem-${index}`}>{body}</button> : <div className={styles.go}>{body}</div>}
      {more.map((text) => <p key={text} className={styles.more}>{text}</p>)}
      {found.related.map((one, at) => <p key={at} className={styles.more}>{one.words}: <code>{one.file === file ? `line ${one.line}` : `${one.file}:${one.line}`}</code></p>)}
      {found.fix !== null && <div className={styles.fix}><Button size="small" icon={<WrenchIcon className="icon" aria-hidden />} reason={isBehind ? 'The text is being checked' : undefined} onClick={() => onFix(found)} data-testid={`fix-${index}`}>{found.fix.title}</Button></div>}
    </li>
  );
}
