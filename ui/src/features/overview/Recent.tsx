import { useMutation } from '@tanstack/react-query';
import { FolderXIcon, XIcon } from 'lucide-react';
import { useState } from 'react';
import { asProblem, useHost, useRefresh, type RecentProject } from '@/bridge';
import { ErrorPanel, FilterField, Fit, IconButton, MarkIcon, RelativeTime, Table } from '@/components';
import { useGo } from '@/lib/place';
import { lastOf, whereWords } from './model';
import styles from './overview.module.css';

/** Fewer are seen at a glance. */
const FILTERED = 9;

/** Projects that were open, newest first. */
export function Recent({ recent }: { recent: RecentProject[] }) {
  const go = useGo();
  const host = useHost();
  const refresh = useRefresh();
  const [words, setWords] = useState('');
  const forgetting = useMutation({ mutationFn: (id: string) => host.forgetProject(id), onSuccess: refresh });
  const rows = recent.filter((one) => `${one.name} ${one.folder}`.toLowerCase().includes(words.toLowerCase()));
  return (
    <section className={styles.section} aria-label="Recent projects">
      {recent.length >= FILTERED && <div className={styles.filter}><FilterField label="Filter projects" value={words} onChange={setWords} /></div>}
      {forgetting.error !== null && <ErrorPanel problem={asProblem(forgetting.error)} />}
      <Table
        label="Recent projects" rows={rows} rowKey={(one) => one.id} testId="recent"
        onOpen={(one) => { if (!one.missing) go.place({ project: one.id, stage: one.stage, target: one.target }); }}
        empty={<p className={styles.quiet}>No project has {words}.</p>}
        columns={[
          { id: 'name', header: 'Project', width: 'minmax(0, 5fr)', cell: (one) => <b className={one.missing ? styles.gone : styles.name}><Fit text={one.name} /></b> },
          { id: 'folder', header: 'Folder', width: 'minmax(0, 6fr)', cell: (one) => <code className={styles.quiet}><Fit text={one.folder} /></code> },
          { id: 'config', header: 'File', width: 'minmax(0, 3fr)', cell: (one) => <span className={styles.quiet} title={one.config}>{one.config}</span> },
          { id: 'last', header: 'Last change', width: 'minmax(0, 7fr)', cell: (one) => <Last project={one} /> },
          { id: 'forget', header: 'Take off', width: '48px', align: 'end', cell: (one) => <IconButton size="small" label={`Take ${one.name} off the list. Its files stay`} icon={<XIcon className="icon" aria-hidden />} onClick={(event) => { event.stopPropagation(); forgetting.mutate(one.id); }} /> },
        ]}
      />
    </section>
  );
}

function Last({ project }: { project: RecentProject }) {
  if (project.missing) return <span className={styles.last}><FolderXIcon className={`icon ${styles.quiet}`} aria-hidden /><span className={styles.quiet}>Folder not found</span></span>;
  const last = lastOf(project);
  if (last === null) return <span className={styles.quiet}>not deployed from here, {whereWords(project)}</span>;
  return (
    <span className={styles.last}>
      <MarkIcon mark={last.mark} /><span className={styles.what}>{last.what}</span>
      <span className={styles.quiet}>{last.where}, <RelativeTime at={last.at} /></span>
    </span>
  );
}
