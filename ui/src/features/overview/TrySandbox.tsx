import { useMutation } from '@tanstack/react-query';
import { BoxIcon, PlayIcon } from 'lucide-react';
import { asProblem, useHost, usePrerequisites, useSandbox, type Prerequisite } from '@/bridge';
import { Badge, Button, Card, CopyButton, Disclosure, ErrorPanel, MarkIcon, type Mark } from '@/components';
import { useGo } from '@/lib/place';
import styles from './overview.module.css';

const marks: Record<Prerequisite['state'], { mark: Mark; word: string }> = {
  ready: { mark: 'ok', word: 'Ready' }, comesBySelf: { mark: 'waiting', word: 'Comes with the first start' },
  missingForSome: { mark: 'unknown', word: 'Missing, needed by some projects' }, missing: { mark: 'danger', word: 'Missing' },
};

/** The sandbox offered, with everything it needs looked at and put right in place. */
export function TrySandbox() {
  const host = useHost();
  const go = useGo();
  const sandbox = useSandbox();
  const found = usePrerequisites();
  const starting = useMutation({ mutationFn: () => host.sandboxUp(null), onSuccess: (task) => go.task(task.id) });
  const runs = sandbox.data?.standing === 'running';
  const changing = sandbox.data?.standing === 'starting' || sandbox.data?.standing === 'stopping';
  const blocked = found.data?.find((one) => one.state === 'missing');
  const installed = sandbox.data?.installed ?? true;
  return (
    <Card tone="sandbox" testId="try-sandbox">
      <div className={styles.try}>
        <div className={styles.offer}>
          <div className={styles.title}><BoxIcon className="icon" aria-hidden /><h2>Try it in the sandbox</h2><Badge tone="sandbox">Free</Badge></div>
          <p>A small AWS that runs on this computer. Deploy, call functions, read logs, use a real PostgreSQL.</p>
          <p className={styles.quiet}>It runs the project&rsquo;s code as you, and listens on 127.0.0.1 only.</p>
          {starting.error !== null && <ErrorPanel problem={asProblem(starting.error)} />}
          <div className={styles.begin}>
            {runs
              ? <Button size="large" onClick={go.sandbox} data-testid="sandbox-open">See the sandbox</Button>
              : <Button variant="primary" size="large" icon={<PlayIcon className="icon" aria-hidden />} busy={starting.isPending || changing} reason={blocked === undefined ? undefined : `${blocked.name} is missing`} onClick={() => starting.mutate()} data-testid="sandbox-start">Start the sandbox</Button>}
            <span className={styles.quiet}>{runs ? 'It runs and answers.' : installed ? 'Ready in about 3 s.' : 'Fetches about 40 MB the first time, about 15 s.'}</span>
          </div>
        </div>
        <div className={styles.needs}>
          <h3>What it needs</h3>
          {found.isPending && <p className={styles.quiet}><MarkIcon mark="working" /> Looking for Python and Node</p>}
          {found.isError && <ErrorPanel problem={asProblem(found.error)} actions={<Button size="small" onClick={() => void found.refetch()}>Look again</Button>} />}
          <ul>{found.data?.map((one) => <Need key={one.id} need={one} onAgain={() => void found.refetch()} />)}</ul>
        </div>
      </div>
    </Card>
  );
}

function Need({ need, onAgain }: { need: Prerequisite; onAgain: () => void }) {
  const state = marks[need.state];
  return (
    <li className={styles.need} data-testid={`need-${need.id}`}>
      <MarkIcon mark={state.mark} label={state.word} />
      <div>
        <span>{need.name}</span>
        {need.state !== 'ready' && <p className={styles.quiet}>{need.state === 'comesBySelf' ? state.word : need.text}</p>}
        {need.fix?.kind === 'command' && (
          <div className={styles.fix}><code>{need.fix.command}</code><CopyButton text={need.fix.command} label="Copy the command" /><Button size="small" onClick={onAgain}>Look again</Button></div>
        )}
        {need.state !== 'ready' && need.detail !== null && <Disclosure summary="What it answered"><pre>{need.detail}</pre></Disclosure>}
      </div>
    </li>
  );
}
