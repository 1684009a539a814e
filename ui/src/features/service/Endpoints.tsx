import { ExternalLinkIcon, GlobeIcon, LockIcon, SendIcon } from 'lucide-react';
import { useState } from 'react';
import { asProblem, useHost, type EndpointView, type Place } from '@/bridge';
import { Address, Badge, Button, CopyButton, IconButton, useToast } from '@/components';
import { useGo } from '@/lib/place';
import { canOpen } from './model';
import styles from './service.module.css';

const FEW = 4;
/** Beyond this many, the console has them all, with a filter. */
const MOST = 24;

/** Where it answers. What a browser can call opens there; the rest opens in the console. */
export function Endpoints({ place, endpoints }: { place: Place; endpoints: EndpointView[] }) {
  const [all, setAll] = useState(false);
  const go = useGo();
  const shown = endpoints.slice(0, all ? MOST : FEW);
  const more = endpoints.length - shown.length;
  return (
    <ul className={styles.endpoints} aria-label="Endpoints">
      {shown.map((one) => <Endpoint key={one.id} place={place} endpoint={one} />)}
      {more > 0 && <li><Button variant="quiet" size="small" onClick={() => { if (all) go.http(place.project); else setAll(true); }}>{all ? `${more} more in the HTTP console` : `Show ${more} more`}</Button></li>}
    </ul>
  );
}

function Endpoint({ place, endpoint }: { place: Place; endpoint: EndpointView }) {
  const host = useHost();
  const go = useGo();
  const tell = useToast();
  const what = `${endpoint.method} ${endpoint.path}`;
  return (
    <li>
      <GlobeIcon className={`icon ${styles.faint}`} aria-hidden />
      <code className={styles.method}>{endpoint.method}</code>
      <Address url={endpoint.url} path={endpoint.path} testId="endpoint-url" />
      {endpoint.signed && <Badge icon={<LockIcon aria-hidden />}>signed</Badge>}
      <CopyButton text={endpoint.url} label={`Copy the address of ${what}`} />
      {canOpen(endpoint)
        ? <IconButton size="small" label={`Open ${what} in the browser`} icon={<ExternalLinkIcon className="icon" aria-hidden />} onClick={() => void host.openEndpoint(place, endpoint.id).catch((thrown: unknown) => tell('danger', asProblem(thrown).title))} />
        : <IconButton size="small" label={`Call ${what} in the HTTP console`} icon={<SendIcon className="icon" aria-hidden />} onClick={() => go.http(place.project, endpoint.id)} />}
    </li>
  );
}
