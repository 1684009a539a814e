import { useMutation } from '@tanstack/react-query';
import { EraserIcon, PlayIcon, SquareIcon } from 'lucide-react';
import { useState } from 'react';
import { asProblem, useHost, useRefresh, useSandbox, useTasks, type SandboxView } from '@/bridge';
import { Banner, Button, ErrorPanel, Page, PageHeader, Skeleton, Status, useActions } from '@/components';
import { useBreadcrumb } from '@/lib/frame';
import { plural } from '@/lib/words';
import { About } from './About';
import { Ask } from './Ask';
import { emptyReason, newest, states } from './model';
import { Progress, WhyItFailed } from './Progress';
import { SandboxLog } from './SandboxLog';
import { Stopped } from './Stopped';

/** The local AWS: how it stands, what it is, what it is not, and what it writes. */
export function SandboxPage() {
  useBreadcrumb([{ label: 'Sandbox' }]);
  const found = useSandbox();
  if (found.data !== undefined) return <Known view={found.data} />;
  if (found.isError) return <Page narrow><PageHeader title="Sandbox" /><ErrorPanel problem={asProblem(found.error)} actions={<Button onClick={() => void found.refetch()}>Try again</Button>} /></Page>;
  return <Page><PageHeader title="Sandbox" /><Skeleton label="Looking how the sandbox stands" /></Page>;
}

function Known({ view }: { view: SandboxView }) {
  const host = useHost();
  const refresh = useRefresh();
  const tasks = useTasks();
  const [keep, setKeep] = useState<boolean | null>(null);
  const [asking, setAsking] = useState<'stop' | 'empty' | null>(null);
  const begin = useMutation({ mutationFn: (what: 'up' | 'down' | 'reset') => (what === 'up' ? host.sandboxUp(keep) : what === 'down' ? host.sandboxDown() : host.sandboxReset()), onSettled: refresh });
  const task = newest(tasks);
  const works = task !== null && task.ended === null;
  const runs = view.standing === 'running';
  const changes = works || begin.isPending || view.standing === 'starting' || view.standing === 'stopping';
  const start = () => begin.mutate('up');
  const notEmpty = works ? 'It is being changed' : emptyReason(view);
  useActions([
    { id: 'sandbox-start', label: 'Start the sandbox', keys: 's', group: 'Sandbox', reason: runs ? 'It runs already' : changes ? 'It is being changed' : undefined, run: start },
    { id: 'sandbox-stop', label: 'Stop the sandbox', group: 'Sandbox', reason: runs ? undefined : 'It does not run', run: () => setAsking('stop') },
    { id: 'sandbox-empty', label: 'Empty the sandbox', group: 'Sandbox', reason: notEmpty, run: () => setAsking('empty') },
  ]);
  const state = works && view.standing === 'stopped' ? states.starting : states[view.standing];
  return (
    <Page panel={<About view={view} />}>
      <PageHeader
        title="Sandbox" marks={<Status mark={state.mark} word={state.word} testId="sandbox-standing" />} subtitle={state.text}
        actions={<>
          {notEmpty === undefined && <Button icon={<EraserIcon className="icon" aria-hidden />} onClick={() => setAsking('empty')} data-testid="sandbox-empty">Empty</Button>}
          {runs
            ? <Button icon={<SquareIcon className="icon" aria-hidden />} busy={changes} onClick={() => setAsking('stop')} data-testid="sandbox-stop">Stop</Button>
            : <Button variant="primary" icon={<PlayIcon className="icon" aria-hidden />} busy={changes} onClick={start} data-testid="sandbox-start">{changes ? `${state.word} the sandbox` : 'Start the sandbox'}</Button>}
        </>}
      />
      {begin.error !== null && <ErrorPanel problem={asProblem(begin.error)} />}
      {works && <Progress task={task} />}
      {!works && task?.state === 'failed' && !runs && <WhyItFailed task={task} onAgain={start} />}
      {view.standing === 'failed' && (
        <Banner tone="danger" title="The sandbox does not stay up" actions={<><Button size="small" onClick={start}>Start it again</Button><Button size="small" onClick={() => setAsking('empty')}>Empty it</Button></>}>
          <p>{view.reason ?? 'Its log says why.'}</p><p>If it ends again, empty it: what is in it may be damaged.</p>
        </Banner>
      )}
      {view.running !== null && view.running.restarts > 0 && <Banner tone="warn" title={`A part of it ended by itself ${plural(view.running.restarts, 'time')} and was started again`}>Its log says why.</Banner>}
      {runs && !view.untilDown && (
        <Banner tone="quiet" title="It ends half an hour after its last use" actions={<Button size="small" busy={changes} onClick={start}>Keep it running</Button>}>{view.keepsState ? 'What is in it is kept.' : 'What is in it goes with it.'}</Banner>
      )}
      {!runs && !works && view.standing !== 'failed' && <Stopped view={view} keeps={keep ?? view.keepsState} onKeep={setKeep} />}
      <SandboxLog key={String(runs)} isRunning={runs} />
      <Ask what={asking} view={view} onClose={() => setAsking(null)} onSure={(what) => { setAsking(null); begin.mutate(what === 'empty' ? 'reset' : 'down'); }} />
    </Page>
  );
}
