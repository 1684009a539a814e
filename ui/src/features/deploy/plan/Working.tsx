import { Button, Duration, MarkIcon, Page, PageHeader, Skeleton, type Mark } from '@/components';
import { useHost, type Stage, type TaskView } from '@/bridge';
import { useBreadcrumb } from '@/lib/frame';
import { useNow } from '../useNow';
import type { View } from '../task/model';
import styles from './Working.module.css';

interface Source {
  key: string;
  title: string;
  words: string;
  mark: Mark;
  took: number | null;
}

const TITLES: Partial<Record<Stage, string>> = {
  packaging: 'Your files',
  looking: 'What stands now',
  planning: 'Change set',
  clearing: 'What a failed deploy left',
  creating: 'Stack and bucket',
  uploading: 'Code archives',
};
const EXPECTED: Stage[] = ['packaging', 'looking', 'planning'];

/** The plan while it is worked out: each source is named as it arrives. */
export function Working({ task, view }: { task: TaskView; view: View }) {
  useBreadcrumb([{ label: 'Plan' }]);
  const host = useHost();
  const now = useNow(true) - view.began;
  const sandbox = view.sandboxSteps.at(-1);
  const sources = sourcesOf(view, now);
  return (
    <Page>
      <PageHeader
        title="Working out the plan"
        subtitle={task.title}
        actions={task.cancel === null ? null : <Button onClick={() => void host.cancelTask(task.id)}>Stop</Button>}
      />
      <ol className={styles.sources} aria-label="What the plan is made from" data-testid="plan-sources">
        {sources.map((source) => (
          <li key={source.key} className={styles.source}>
            <MarkIcon mark={source.mark} label={LABELS[source.mark] ?? 'waiting'} />
            <b>{source.title}</b>
            <span className={styles.words}>{source.words}</span>
            <span className={styles.time}>{source.took !== null && <Duration millis={source.took} />}</span>
          </li>
        ))}
      </ol>
      {sandbox !== undefined && view.sandbox !== null && (
        <p className={styles.quiet} role="status">The sandbox starts once; later plans do not wait for it.</p>
      )}
      <Skeleton label="The plan is being worked out" lines={7} />
    </Page>
  );
}

const LABELS: Partial<Record<Mark, string>> = { ok: 'done', working: 'being done', waiting: 'waiting' };

function sourcesOf(view: View, now: number): Source[] {
  const done = view.phases.map((phase, index): Source => {
    const isNow = phase.to === null && view.sandbox === null;
    const isOver = !isNow && (phase.to !== null || index < view.phases.length);
    return {
      key: `${phase.stage}-${index}`,
      title: TITLES[phase.stage] ?? phase.words,
      words: isNow ? phase.words : isOver ? 'read' : '',
      mark: isNow ? 'working' : 'ok',
      took: Math.max(0, (phase.to ?? (isNow ? now : (view.sandboxSteps[0]?.at ?? phase.from))) - phase.from),
    };
  });
  const inSandbox = sandboxSource(view, now);
  const began = new Set(view.phases.map((phase) => phase.stage));
  const waiting = EXPECTED.filter((stage) => !began.has(stage)).map(
    (stage): Source => ({ key: stage, title: TITLES[stage] ?? stage, words: 'waiting', mark: 'waiting', took: null }),
  );
  const first = done.slice(0, 1);
  return [...first, ...inSandbox, ...done.slice(1), ...waiting];
}

function sandboxSource(view: View, now: number): Source[] {
  const [first] = view.sandboxSteps;
  const last = view.sandboxSteps.at(-1);
  if (first === undefined || last === undefined) return [];
  const isNow = view.sandbox !== null;
  const { done, of } = view.sandbox ?? { done: null, of: null };
  const count = done !== null && of !== null ? `, ${done} of ${of}` : done !== null && done > 0 ? `, ${done} so far` : '';
  return [{
    key: 'sandbox',
    title: 'Sandbox',
    words: `${last.words}${isNow ? count : ''}`,
    mark: isNow ? 'working' : 'ok',
    took: (isNow ? now : last.at) - first.at,
  }];
}
