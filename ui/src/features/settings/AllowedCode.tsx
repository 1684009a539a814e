import { useMutation } from '@tanstack/react-query';
import { asProblem, useAllowedCode, useHost, useRefresh, type AllowedCode as Allowed } from '@/bridge';
import { Button, Card, ErrorPanel, Middle, Skeleton } from '@/components';
import styles from './settings.module.css';

/** Code of projects that may run without being asked for, and taking that back. */
export function AllowedCode() {
  const allowed = useAllowedCode();
  return (
    <Card testId="allowed-code"><div className={styles.code}>
      <div className={styles.words}><h2>Code that may run</h2><p>Configurations and plugins of projects that you allowed for good, each for one content only.</p></div>
      {allowed.isError && <ErrorPanel problem={asProblem(allowed.error)} testId="allowed-unread" />}
      {allowed.data === undefined && !allowed.isError && <Skeleton label="Reading what you allowed" lines={2} />}
      {allowed.data?.length === 0 && <p className={styles.none}>Nothing: you are asked each time.</p>}
      {allowed.data !== undefined && allowed.data.length > 0 && <ul className={styles.allowed}>{allowed.data.map((one) => <One key={one.id} one={one} />)}</ul>}
    </div></Card>
  );
}

function One({ one }: { one: Allowed }) {
  const host = useHost();
  const refresh = useRefresh();
  const forgetting = useMutation({ mutationFn: () => host.forgetCode(one.id), onSuccess: refresh });
  return (
    <li>
      <div className={styles.what}><b title={one.name}>{one.name}</b><span title={one.project}>{one.project}</span><code><Middle text={one.hash} max={20} /></code></div>
      <Button size="small" busy={forgetting.isPending} onClick={() => forgetting.mutate()} data-testid={`forget-${one.id}`}>Ask again</Button>
      {forgetting.error !== null && <ErrorPanel problem={asProblem(forgetting.error)} testId="not-forgotten" />}
    </li>
  );
}
