import { ExternalLinkIcon, GlobeIcon, LockIcon, SendIcon } from 'lucide-react';
import { Address, Badge, Button, CopyButton, useToast } from '@/components';
import { asProblem, useHost, type EndpointView, type Place } from '@/bridge';
import { useGo } from '@/lib/place';
import styles from './Endpoints.module.css';

const MOST = 6;

/** Where a release answers. */
export function Endpoints({ endpoints, place }: { endpoints: EndpointView[]; place: Place | null }) {
  const go = useGo();
  const shown = endpoints.slice(0, MOST);
  return (
    <ul className={styles.list} aria-label="Where it answers">
      {shown.map((endpoint) => <Endpoint key={endpoint.id} endpoint={endpoint} place={place} />)}
      {endpoints.length > MOST && place !== null && (
        <li className={styles.more}><Button variant="quiet" size="small" onClick={() => go.http(place.project)}>All {endpoints.length} endpoints</Button></li>
      )}
    </ul>
  );
}

function Endpoint({ endpoint, place }: { endpoint: EndpointView; place: Place | null }) {
  const host = useHost();
  const go = useGo();
  const tell = useToast();
  const canOpen = endpoint.method === 'GET' || endpoint.method === 'ANY';
  const open = () => {
    if (place === null) return;
    host.openEndpoint(place, endpoint.id).catch((thrown: unknown) => tell('danger', asProblem(thrown).title));
  };
  return (
    <li className={styles.endpoint}>
      <GlobeIcon className={`icon ${styles.quiet}`} aria-hidden />
      <span className={styles.method}>{endpoint.method}</span>
      <Address url={endpoint.url} path={endpoint.path} testId="endpoint-url" />
      {endpoint.signed && <Badge icon={<LockIcon className="icon" aria-hidden />}>signed</Badge>}
      <CopyButton text={endpoint.url} label={`Copy the address of ${endpoint.method} ${endpoint.path}`} />
      {canOpen && !endpoint.signed && !endpoint.url.includes('{')
        ? <Button size="small" icon={<ExternalLinkIcon className="icon" aria-hidden />} onClick={open}>Open</Button>
        : <Button size="small" icon={<SendIcon className="icon" aria-hidden />} onClick={() => { if (place !== null) go.http(place.project, endpoint.id); }}>Call it</Button>}
    </li>
  );
}
