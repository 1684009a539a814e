import { useEffect, useState } from 'react';
import { useHost, type LogLine } from '@/bridge';
import { LogView } from '@/components';

const MOST = 5000;

/** What its programs write, as they write it. It is keyed by whether it runs: a new run has a new log. */
export function SandboxLog({ running }: { running: boolean }) {
  const host = useHost();
  const [lines, setLines] = useState<LogLine[]>([]);
  useEffect(() => host.watchSandboxLogs(running, (batch) => {
    if (batch.kind === 'lines' && batch.lines.length > 0) setLines((old) => old.concat(batch.lines).slice(-MOST));
  }), [host, running]);
  return <LogView label="The sandbox's log" lines={lines} follow={running} empty={running ? 'Nothing was written yet.' : 'It does not run.'} />;
}
