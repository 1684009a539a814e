import { ExternalLinkIcon, LockIcon } from 'lucide-react';
import { useHost, asProblem, type EndpointView, type Place } from '@/bridge';
import { Badge, Copy, IconButton, useToast } from '@/components';
import styles from './service.module.css';

const FEW = 4;

/** Where it answers. */
export function Endpoints({ place, endpoints }: { place: Place; endpoints: EndpointView[] }) {
  const host = useHost();
  const tell = useToast();
  return (
    <ul className={styles.endpoints} aria-label="Endpoints">
      {endpoints.slice(0, FEW).map((one) => (
        <li key={one.id}>
          <code className={styles.method}>{one.method}</code>
          <Copy text={one.url} label="Copy the address" max={76} testId="endpoint-url" />
          {one.signed
            ? <Badge icon={<LockIcon aria-hidden />}>signed requests only</Badge>
            : <IconButton size="small" label="Open in the browser" icon={<ExternalLinkIcon className="icon" aria-hidden />} onClick={() => void host.openEndpoint(place, one.id).catch((thrown: unknown) => tell('danger', asProblem(thrown).title))} />}
        </li>
      ))}
      {endpoints.length > FEW && <li className={styles.quiet}>and {endpoints.length - FEW} more, under Events</li>}
    </ul>
  );
}
