import { useEffect, useState } from 'react';
import { useHost, type LogLine, type Problem } from '@/bridge';
import { Banner, Button, FilterField, LogView } from '@/components';
import styles from './sandbox.module.css';

const MOST = 5000;

/** What its programs write, as they write it. It is keyed by whether it runs: a new run has a new log. */
export function SandboxLog({ isRunning }: { isRunning: boolean }) {
  const host = useHost();
  const [lines, setLines] = useState<LogLine[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [words, setWords] = useState('');
  const [round, setRound] = useState(0);
  useEffect(() => host.watchSandboxLogs(isRunning, (batch) => {
    if (batch.kind === 'failed') setProblem(batch.problem);
    if (batch.kind === 'lines' && batch.lines.length > 0) setLines((old) => old.concat(batch.lines).slice(-MOST));
  }), [host, isRunning, round]);
  // What stopped without having written has no log worth a box.
  if (!isRunning && lines.length === 0) return null;
  const wanted = words.toLowerCase();
  const shown = wanted === '' ? lines : lines.filter((line) => `${line.source} ${line.text}`.toLowerCase().includes(wanted));
  const again = () => { setLines([]); setProblem(null); setRound(round + 1); };
  return (
    <section className={styles.log} aria-label="Log">
      <div className={styles.head}><h2>{isRunning ? 'Its log' : 'The log of its last run'}</h2><FilterField label="Filter lines" value={words} onChange={setWords} /></div>
      {problem !== null && <Banner tone="danger" title={problem.title} actions={<Button size="small" onClick={again}>Follow it again</Button>}>{problem.detail}</Banner>}
      <LogView label="The sandbox's log" lines={shown} follow={isRunning} empty={wanted === '' ? 'Nothing was written yet.' : `No line has ${words}.`} />
    </section>
  );
}
