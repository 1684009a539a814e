import { useMemo, useState } from 'react';
import { Button, ErrorPanel, Page, PageHeader, Select, Skeleton, useActions } from '@/components';
import { asProblem, useDeployed, useProject, type Place, type ProjectView } from '@/bridge';
import { useBreadcrumb } from '@/lib/frame';
import { useGo, usePlace, useView } from '@/lib/place';
import { consentOf, ConsentPage } from '@/shared/consent';
import { Chips } from './Chips';
import { Finder } from './Finder';
import { counts, hits, LEVELS, LEVEL_WORDS, lineAt, patternOf, shown, type Level } from './model';
import { NoLines } from './NoLines';
import { Stream } from './Stream';
import { useLogs } from './useLogs';
import styles from './LogsPage.module.css';

const HOUR = 3600;
const SINCE = [
  { value: '300', label: 'Last 5 min' },
  { value: String(HOUR), label: 'Last hour' },
  { value: String(24 * HOUR), label: 'Last 24 h' },
  { value: String(7 * 24 * HOUR), label: 'Last 7 d' },
];

/** The logs of a service's functions, as one stream. */
export function LogsPage() {
  const place = usePlace();
  const project = useProject(place);
  if (place === null) return null;
  if (project.isPending) return <Page><PageHeader title="Logs" /><Skeleton label="Loading the logs" lines={10} /></Page>;
  const asked = consentOf(project.error);
  if (asked.length > 0) return <ConsentPage place={place} programs={asked} onAgain={() => void project.refetch()} />;
  if (project.isError) {
    return <Page><PageHeader title="Logs" /><ErrorPanel problem={asProblem(project.error)} actions={<Button onClick={() => void project.refetch()}>Check again</Button>} /></Page>;
  }
  return <Logs key={`${project.data.id} ${project.data.stage}`} place={{ ...place, stage: project.data.stage }} project={project.data} />;
}

function Logs({ place, project }: { place: Place; project: ProjectView }) {
  const go = useGo();
  const [opened] = useView('open');
  const [since, setSince] = useState(String(HOUR));
  const { stream, again } = useLogs(place, Number(since));
  const [functions, setFunctions] = useState<ReadonlySet<string>>(() => new Set(opened === undefined ? [] : [opened]));
  const [hidden, setHidden] = useState<ReadonlySet<Level>>(() => new Set<Level>());
  const [request, setRequest] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [goal, setGoal] = useState<{ index: number; round: number } | null>(null);
  const { pattern, wrong } = useMemo(() => patternOf(text), [text]);
  const lines = useMemo(() => shown(stream.lines, { functions, hidden, request }), [stream.lines, functions, hidden, request]);
  const found = useMemo(() => hits(lines, pattern), [lines, pattern]);
  const has = useMemo(() => counts(stream.lines), [stream.lines]);
  const to = (index: number) => setGoal((so) => ({ index, round: (so?.round ?? 0) + 1 }));
  useBreadcrumb([{ label: project.service, project: project.id }, { label: 'Logs' }]);
  useActions([
    { id: 'errors-only', label: 'Show errors alone', keys: 'e', group: 'Logs', run: () => setHidden(new Set(LEVELS.filter((level) => level !== 'error'))) },
    { id: 'all-lines', label: 'Show every line', keys: 'a', group: 'Logs', run: () => { setHidden(new Set()); setFunctions(new Set()); setRequest(null); } },
    { id: 'read-again', label: 'Read the logs again', keys: 'r', group: 'Logs', run: again },
  ]);
  const names = project.functions.map((one) => one.key);
  const isAbsent = useDeployed(place).data?.standing === 'absent';
  const isCut = functions.size > 0 || hidden.size > 0 || request !== null;
  return (
    <div className={styles.page}>
      <PageHeader title="Logs" subtitle={`${project.service}, ${project.stage} in ${place.target.kind === 'sandbox' ? 'the sandbox' : 'your account'}`} actions={<Select label="How far back" value={since} options={SINCE} onChange={setSince} testId="since" />} />
      <div className={styles.tools}>
        <Finder text={text} wrong={wrong} found={found} onText={setText} onGo={to} onTime={(clock) => { const index = lineAt(lines, clock); if (index >= 0) to(index); return index >= 0; }} />
        <Chips label="Functions" all={names.map((name) => ({ id: name, word: name, count: has.functions.get(name) ?? 0 }))} isOn={(name) => functions.size === 0 || functions.has(name)} onToggle={(name) => setFunctions(toggled(functions, name))} testId="function-chips" />
        <Chips label="Levels" all={LEVELS.map((level) => ({ id: level, word: LEVEL_WORDS[level], count: has.levels.get(level) ?? 0 }))} isOn={(level) => !hidden.has(level)} onToggle={(level) => setHidden(toggled(hidden, level))} testId="level-chips" />
        {request !== null && <Button size="small" onClick={() => setRequest(null)} data-testid="request-chip">One request alone, {lines.length} lines: show all again</Button>}
      </div>
      {stream.problem !== null && <ErrorPanel problem={stream.problem} actions={<><Button onClick={again}>Read again</Button>{place.target.kind === 'sandbox' && <Button variant="quiet" onClick={() => go.sandbox()}>Go to the sandbox</Button>}</>} />}
      {lines.length > 0
        ? <Stream lines={lines} pattern={pattern} goal={goal} isFollowing={stream.problem === null} onRequest={setRequest} letGo={stream.letGo} />
        : <NoLines stage={isAbsent ? project.stage : null} stream={stream} names={names} isCut={isCut && stream.lines.length > 0} since={SINCE.find((one) => one.value === since)?.label ?? ''} onAll={() => { setHidden(new Set()); setFunctions(new Set()); setRequest(null); }} onInvoke={(name) => go.invoke(project.id, name)} onPlan={() => go.service(project.id)} />}
    </div>
  );
}

/** The first choice of a function shows it alone; taking the last away shows all again. */
function toggled<T>(set: ReadonlySet<T>, one: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}
