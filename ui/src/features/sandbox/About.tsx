import type { SandboxView } from '@/bridge';
import { Copy, DefinitionList, MarkIcon, PanelBlock, RelativeTime } from '@/components';
import { plural } from '@/lib/words';
import { codeParts, isLocalOnly } from './model';
import styles from './sandbox.module.css';

/** Where it answers, what it is made of, and what it is not. */
export function About({ view }: { view: SandboxView }) {
  const { running, versions } = view;
  return (
    <>
      <h2 className="srOnly">About the sandbox</h2>
      {running !== null && (
        <PanelBlock title="Where it answers">
          <DefinitionList items={[
            { name: 'AWS', value: <Copy text={running.url} label="Copy the address of the local AWS" max={26} testId="sandbox-url" /> },
            { name: 'PostgreSQL', value: <Copy text={`127.0.0.1:${running.postgresPort}`} label="Copy the address of PostgreSQL" max={26} /> },
            { name: 'Region', value: running.region },
            { name: 'Reached from', value: isLocalOnly(running.listensOn) ? <span className={styles.only}><MarkIcon mark="ok" />this computer only</span> : <span className={styles.only}><MarkIcon mark="danger" />{running.listensOn.join(', ')}</span> },
            { name: 'Running', value: <>since <RelativeTime at={running.since} /></> },
            { name: 'Memory', value: `${Math.round(running.memoryKilobytes / 1024)} MB` },
            { name: 'Python', value: <>{running.python}, for all functions</> },
            { name: 'Used by', value: view.usedBy.length === 0 ? 'nobody now' : view.usedBy.map((one) => (one === 'window' ? 'this window' : one)).join(', ') },
          ]} />
        </PanelBlock>
      )}
      <PanelBlock title="What it is made of">
        <DefinitionList items={[{ name: 'Local AWS', value: `ministack ${versions.ministack}` }, { name: 'PostgreSQL', value: versions.postgres }, { name: 'boto3', value: versions.boto3 }]} />
      </PanelBlock>
      <PanelBlock title="What it is not" note={plural(view.limits.length, 'difference')}>
        <ul className={styles.limits} data-testid="limits">
          {view.limits.map((limit) => <li key={limit.id}>{codeParts(limit.text).map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</li>)}
        </ul>
      </PanelBlock>
    </>
  );
}
