import { useMutation } from '@tanstack/react-query';
import { EraserIcon, PlayIcon, SquareIcon } from 'lucide-react';
import { useState } from 'react';
import { asProblem, useHost, useSandbox, type SandboxView } from '@/bridge';
import { Banner, Button, Checkbox, DefinitionList, Dialog, ErrorPanel, Page, PageHeader, PanelBlock, RelativeTime, Skeleton, Status, useActions, type Mark } from '@/components';
import { useBreadcrumb } from '@/lib/frame';
import { useGo } from '@/lib/place';
import { SandboxLog } from './SandboxLog';
import styles from './sandbox.module.css';

const states: Record<SandboxView['standing'], { mark: Mark; word: string; text: string }> = {
  stopped: { mark: 'off', word: 'Stopped', text: 'Nothing of it runs.' }, starting: { mark: 'working', word: 'Starting', text: 'It answers in a moment.' },
  running: { mark: 'ok', word: 'Running', text: 'The local AWS and PostgreSQL answer.' }, stopping: { mark: 'working', word: 'Stopping', text: 'What it holds is put away first.' },
  failed: { mark: 'danger', word: 'Failed', text: 'A part of it does not stay up.' },
};

/** The local AWS: how it stands, what it is, what it is not, and what it writes. */
export function SandboxPage() {
  useBreadcrumb([{ label: 'Sandbox' }]);
  const host = useHost();
  const go = useGo();
  const found = useSandbox();
  const [keep, setKeep] = useState<boolean | null>(null);
  const [asking, setAsking] = useState<'stop' | 'empty' | null>(null);
  const begin = useMutation({ mutationFn: (what: 'up' | 'down' | 'reset') => (what === 'up' ? host.sandboxUp(keep) : what === 'down' ? host.sandboxDown() : host.sandboxReset()), onSuccess: (task) => go.task(task.id) });
  const view = found.data;
  const runs = view?.standing === 'running';
  const keeps = keep ?? view?.keepsState ?? false;
  useActions([
    { id: 'sandbox-start', label: 'Start the sandbox', keys: 's', group: 'Sandbox', reason: runs ? 'It runs already' : undefined, run: () => begin.mutate('up') },
    { id: 'sandbox-stop', label: 'Stop the sandbox', group: 'Sandbox', reason: runs ? undefined : 'It does not run', run: () => setAsking('stop') },
    { id: 'sandbox-empty', label: 'Empty the sandbox', group: 'Sandbox', run: () => setAsking('empty') },
  ]);
  if (found.isError && view === undefined) return <Page><ErrorPanel problem={asProblem(found.error)} actions={<Button onClick={() => void found.refetch()}>Try again</Button>} /></Page>;
  if (view === undefined) return <Page><Skeleton label="Looking how the sandbox stands" /></Page>;
  const state = states[view.standing];
  const others = view.usedBy.filter((one) => one !== 'window');
  return (
    <Page panel={<About view={view} />}>
      <PageHeader
        title="Sandbox" marks={<Status mark={state.mark} word={state.word} testId="sandbox-standing" />}
        subtitle={view.reason ?? state.text}
        actions={<>
          <Button icon={<EraserIcon className="icon" aria-hidden />} busy={begin.isPending} onClick={() => setAsking('empty')} data-testid="sandbox-empty">Empty</Button>
          {runs
            ? <Button icon={<SquareIcon className="icon" aria-hidden />} busy={begin.isPending} onClick={() => setAsking('stop')} data-testid="sandbox-stop">Stop</Button>
            : <Button variant="primary" icon={<PlayIcon className="icon" aria-hidden />} busy={begin.isPending || view.standing === 'starting' || view.standing === 'stopping'} onClick={() => begin.mutate('up')} data-testid="sandbox-start">Start the sandbox</Button>}
        </>}
      />
      {begin.error !== null && <ErrorPanel problem={asProblem(begin.error)} />}
      {view.standing === 'failed' && <Banner tone="danger" title="The sandbox does not stay up" actions={<Button size="small" onClick={() => begin.mutate('up')}>Start it again</Button>}>{view.reason ?? 'Its log says more.'} Starting it empty often helps.</Banner>}
      {view.running !== null && view.running.restarts > 0 && <Banner tone="warn" title={`A part of it ended by itself and was started again, ${view.running.restarts} ${view.running.restarts === 1 ? 'time' : 'times'}`}>Its log says why.</Banner>}
      {!runs && <Checkbox label="Keep what is in it between its runs" checked={keeps} onChange={setKeep} />}
      {runs && !view.untilDown && <Banner tone="quiet" title="It ends 30 min after its last use" actions={<Button size="small" onClick={() => begin.mutate('up')}>Keep it running</Button>}>{view.keepsState ? 'What is in it is kept.' : 'What is in it goes with it.'}</Banner>}
      <section className={styles.log} aria-label="Log"><h2>Its log</h2><SandboxLog key={String(runs)} running={runs} /></section>
      <Dialog
        open={asking !== null} onClose={() => setAsking(null)} title={asking === 'empty' ? 'Empty the sandbox' : 'Stop the sandbox'}
        actions={<><Button onClick={() => setAsking(null)}>Leave it as it is</Button><Button variant={asking === 'empty' || !view.keepsState ? 'danger' : 'primary'} onClick={() => { begin.mutate(asking === 'empty' ? 'reset' : 'down'); setAsking(null); }} data-testid="sandbox-confirm">{asking === 'empty' ? 'Delete everything in it' : 'Stop it'}</Button></>}
      >
        <p>{asking === 'empty' ? 'Every stack, secret and database in it is deleted. Your projects and your AWS accounts are not touched.' : view.keepsState ? 'What is in it is kept for its next run.' : 'What is in it goes with it: stacks, secrets and databases. Your projects are not touched.'}</p>
        {others.length > 0 && <p>In use by {others.join(', ')}.</p>}
      </Dialog>
    </Page>
  );
}

function About({ view }: { view: SandboxView }) {
  const { running } = view;
  return (
    <>
      {running !== null && (
        <PanelBlock title="Where it answers">
          <DefinitionList items={[
            { name: 'AWS', value: <code>{running.url}</code> }, { name: 'PostgreSQL', value: <code>127.0.0.1:{running.postgresPort}</code> },
            { name: 'Listens on', value: running.listensOn.join(', ') }, { name: 'Running since', value: <RelativeTime at={running.since} /> },
            { name: 'Memory', value: `${Math.round(running.memoryKilobytes / 1024)} MB` }, { name: 'Python', value: running.python }, { name: 'Used by', value: view.usedBy.join(', ') || 'nobody' },
          ]} />
        </PanelBlock>
      )}
      <PanelBlock title="What it is"><DefinitionList items={[{ name: 'Local AWS', value: `ministack ${view.versions.ministack}` }, { name: 'PostgreSQL', value: view.versions.postgres }, { name: 'boto3', value: view.versions.boto3 }]} /></PanelBlock>
      <PanelBlock title="What it is not"><ul className={styles.limits}>{view.limits.map((limit) => <li key={limit.id}>{limit.text}</li>)}</ul></PanelBlock>
    </>
  );
}
