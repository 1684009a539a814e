import { PlayIcon, ZapIcon } from 'lucide-react';
import { useState } from 'react';
import type { Deployed, Place, ProjectView } from '@/bridge';
import { Button, EmptyState, FilterField, Fit, IconButton, Table } from '@/components';
import { useGo } from '@/lib/place';
import { FunctionDrawer } from './FunctionDrawer';
import { fits, functionText, stands } from './model';
import styles from './service.module.css';

/** Fewer are seen at a glance. */
const FILTERED = 6;

export function FunctionsTab({ place, project, deployed, open, onOpen }: { place: Place; project: ProjectView; deployed: Deployed | undefined; open: string | undefined; onOpen: (id: string | undefined) => void }) {
  const go = useGo();
  const [words, setWords] = useState('');
  const live = stands(deployed);
  const rows = project.functions.filter((one) => fits(functionText(one), words));
  return (
    <div className={styles.stacked}>
      {project.functions.length >= FILTERED && <FilterField label="Filter functions" value={words} onChange={setWords} />}
      <Table
        label="Functions" rows={rows} rowKey={(one) => one.key} onOpen={(one) => onOpen(one.key)} selectedKey={open ?? ''} testId="functions"
        empty={words === ''
          ? <EmptyState icon={<ZapIcon className="icon" aria-hidden />} title="It has no function" text={`Add one under functions in ${project.config}. It appears here when you come back to this window.`} />
          : <EmptyState icon={<ZapIcon className="icon" aria-hidden />} title="No function has these words" text={`Nothing matches ${words}.`} actions={<Button onClick={() => setWords('')}>Show all {project.functions.length}</Button>} />}
        columns={[
          { id: 'name', header: 'Function', width: 'minmax(0, 3fr)', cell: (one) => <span className={styles.named}><ZapIcon className={`icon ${styles.accent}`} aria-hidden /><b className={styles.name}><Fit text={one.key} /></b></span> },
          { id: 'events', header: 'Called by', width: 'minmax(0, 4fr)', cell: (one) => (one.events.length === 0 ? <span className={styles.quiet}>nothing but you</span> : <code title={one.events.map((event) => event.words).join('\n')}>{one.events[0]?.words}{one.events.length > 1 && <span className={styles.quiet}> and {one.events.length - 1} more</span>}</code>) },
          { id: 'origin', header: 'Written in', width: 'minmax(80px, 2fr)', cell: (one) => (one.origin === null ? '' : <code className={styles.quiet} title={`${one.origin.file}:${one.origin.line}`}>{one.origin.file}:{one.origin.line}</code>) },
          { id: 'runtime', header: 'Runtime', width: 'minmax(84px, 1fr)', cell: (one) => <span className={styles.quiet} title={one.image ?? one.runtime}>{one.runtime}</span> },
          { id: 'memory', header: 'Memory', width: '70px', align: 'end', cell: (one) => `${one.memory} MB` },
          { id: 'timeout', header: 'Limit', width: '52px', align: 'end', cell: (one) => `${one.timeout} s` },
          ...(live ? [{ id: 'invoke', header: 'Call', width: '28px', cell: (one: ProjectView['functions'][number]) => <IconButton size="small" label={`Invoke ${one.key}`} icon={<PlayIcon className="icon" aria-hidden />} onClick={(event) => { event.stopPropagation(); go.invoke(place.project, one.key); }} /> }] : []),
        ]}
      />
      <FunctionDrawer place={place} fn={project.functions.find((one) => one.key === open)} deployed={deployed} onClose={() => onOpen(undefined)} />
    </div>
  );
}
