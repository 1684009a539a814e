import { useMutation } from '@tanstack/react-query';
import { BoxIcon, PlayIcon } from 'lucide-react';
import { asProblem, useHost, usePrerequisites, useSandbox } from '@/bridge';
import { Badge, Button, Card, ErrorPanel } from '@/components';
import { useGo } from '@/lib/place';
import { blocker } from './model';
import { Needs } from './Needs';
import styles from './overview.module.css';

/** The sandbox offered, with everything it needs looked at and put right in place. Who knows it sees only how it is. */
export function TrySandbox({ isKnown }: { isKnown: boolean }) {
  const host = useHost();
  const go = useGo();
  const sandbox = useSandbox();
  const found = usePrerequisites();
  const starting = useMutation({ mutationFn: () => host.sandboxUp(null), onSuccess: (task) => go.task(task.id) });
  const standing = sandbox.data?.standing ?? 'stopped';
  const installed = sandbox.data?.installed ?? true;
  const missing = blocker(found.data);
  const begin = (
    <>
      {standing === 'running' || standing === 'failed'
        ? <Button size={isKnown ? 'normal' : 'large'} onClick={go.sandbox} data-testid="sandbox-open">{standing === 'running' ? 'See the sandbox' : 'See what keeps it from running'}</Button>
        : <Button variant="primary" size={isKnown ? 'normal' : 'large'} icon={<PlayIcon className="icon" aria-hidden />} busy={starting.isPending || standing === 'starting' || standing === 'stopping'} reason={missing === undefined ? undefined : `${missing.name} is missing`} onClick={() => starting.mutate()} data-testid="sandbox-start">Start the sandbox</Button>}
    </>
  );
  const failed = starting.error !== null && <ErrorPanel problem={asProblem(starting.error)} />;
  if (isKnown && missing === undefined && !found.isError) {
    return (
      <Card tone="sandbox" testId="try-sandbox">
        <div className={styles.way}>
          <span className={styles.glyph}><BoxIcon className="icon" aria-hidden /></span>
          <div>
            <h2>The sandbox</h2>
            <p className={styles.quiet}>A small AWS on this computer. {hint(standing, installed, undefined)}</p>
            {failed}
            {begin}
          </div>
        </div>
      </Card>
    );
  }
  return (
    <Card tone="sandbox" testId="try-sandbox">
      <div className={styles.try}>
        <div className={styles.offer}>
          <div className={styles.title}><BoxIcon className="icon" aria-hidden /><h2>Try it in the sandbox</h2><Badge tone="sandbox">Free</Badge></div>
          <p>A small AWS that runs on this computer. Deploy, call functions, read logs, use a real PostgreSQL.</p>
          <p className={styles.small}>It runs the project&rsquo;s code as you, and listens on 127.0.0.1 only.</p>
          {failed}
          <div className={styles.begin}>
            {begin}
            <span className={styles.small}>{hint(standing, installed, missing?.name)}</span>
          </div>
        </div>
        <div className={styles.needs}>
          <h3>What it needs</h3>
          <Needs found={found.data} problem={found.isError ? asProblem(found.error) : null} isLooking={found.isFetching} onAgain={() => void found.refetch()} />
        </div>
      </div>
    </Card>
  );
}

function hint(standing: string, installed: boolean, missing: string | undefined): string {
  if (standing === 'running') return 'It runs and answers.';
  if (standing === 'starting') return 'It is being started.';
  if (standing === 'stopping') return 'It is being stopped.';
  if (standing === 'failed') return 'A part of it does not stay up.';
  if (missing !== undefined) return `${missing} is missing: see how to get it.`;
  return installed ? 'Ready in about 3 s.' : 'Fetches about 40 MB once, about 15 s.';
}
