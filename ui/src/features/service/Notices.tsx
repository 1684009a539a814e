import { useMutation } from '@tanstack/react-query';
import { PlayIcon, RefreshCwIcon } from 'lucide-react';
import { asProblem, useHost, type Deployed, type Problem, type ProjectView } from '@/bridge';
import { Banner, Button, ErrorPanel, RelativeTime } from '@/components';
import { useGo } from '@/lib/place';
import styles from './service.module.css';

/** What keeps the page from telling all: the cloud is out of reach, or the stage needs something. */
export function Notices({ project, deployed, problem, isLooking, onAgain }: { project: ProjectView; deployed: Deployed | undefined; problem: Problem | null; isLooking: boolean; onAgain: () => void }) {
  const again = <Button size="small" icon={<RefreshCwIcon className="icon" aria-hidden />} busy={isLooking} onClick={onAgain} data-testid="look-again">Look again</Button>;
  if (problem !== null && deployed === undefined) return <ErrorPanel problem={problem} actions={again} testId="not-reached" />;
  if (problem !== null && deployed !== undefined) {
    return (
      <Banner tone="warn" title={sentence(problem.title)} actions={again}>
        What you see was looked up <RelativeTime at={deployed.seenAt} />. {problem.hints[0] ?? ''}
      </Banner>
    );
  }
  if (deployed === undefined) return null;
  switch (deployed.standing) {
    case 'unknown': return <SandboxStopped />;
    case 'absent': return <Banner tone="quiet" title={`Nothing of it stands in ${project.stage}`}>Plan shows what a first deploy makes. Nothing is made before you see it.</Banner>;
    case 'busy': return <Banner tone="accent" title={`${project.stack} is being changed`}>{deployed.statusReason ?? 'Plan and remove wait until it ended.'}</Banner>;
    case 'rolledBack': return <Banner tone="warn" title="The last change failed and was undone">{deployed.statusReason ?? 'What stood before is live. Put right what failed, then plan again.'}</Banner>;
    case 'stuck': return <Banner tone="danger" title={`${project.stack} cannot go on by itself`}>{deployed.statusReason !== null && <span className={styles.words}>{deployed.statusReason} </span>}Plan says what can be done.</Banner>;
    case 'live': return null;
  }
}

function SandboxStopped() {
  const host = useHost();
  const go = useGo();
  const starting = useMutation({ mutationFn: () => host.sandboxUp(null), onSuccess: (task) => go.task(task.id) });
  return (
    <>
      <Banner
        tone="warn" title="The sandbox is stopped"
        actions={<Button size="small" icon={<PlayIcon className="icon" aria-hidden />} busy={starting.isPending} onClick={() => starting.mutate()} data-testid="start-sandbox">Start the sandbox</Button>}
      >
        What is in it is kept, and seen again once it runs. What the files say is below.
      </Banner>
      {starting.error !== null && <ErrorPanel problem={asProblem(starting.error)} />}
    </>
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
