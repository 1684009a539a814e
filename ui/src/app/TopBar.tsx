import { ChevronRightIcon, LockIcon, MapPinIcon, ShieldCheckIcon, ShipWheelIcon, UserIcon } from 'lucide-react';
import { Fragment } from 'react';
import { holdsSeveral, useAbout, useDeployed, useProject, useSeveralStanding, useStart, type Place } from '@/bridge';
import { Kbd, Select, type Option } from '@/components';
import { useCrumbs } from '@/lib/frame';
import { readTarget, targetWord, useGo, usePlace } from '@/lib/place';
import { openPalette } from './Palette';
import styles from './TopBar.module.css';

export function TopBar() {
  const place = usePlace();
  return (
    <header className={styles.bar}>
      <span className={styles.brand}><ShipWheelIcon className="icon" aria-hidden /><span>Pilothouse</span></span>
      <Crumbs />
      <span className={styles.space} />
      {place !== null && <Where place={place} />}
      <button type="button" className={styles.keys} onClick={openPalette} aria-label="Ctrl K, every action" title="Every action"><Kbd>Ctrl K</Kbd></button>
    </header>
  );
}

function Crumbs() {
  const crumbs = useCrumbs();
  const go = useGo();
  return (
    <nav className={styles.crumbs} aria-label="Breadcrumb">
      {crumbs.map((crumb, index) => {
        const { project } = crumb;
        const last = index === crumbs.length - 1;
        return (
          <Fragment key={`${crumb.label}${index}`}>
            {index > 0 && <ChevronRightIcon className="icon" aria-hidden />}
            {project !== undefined && !last
              ? <button type="button" onClick={() => go.service(project)} title={crumb.label}>{crumb.label}</button>
              : <b title={crumb.label} aria-current={last ? 'page' : undefined}>{crumb.label}</b>}
          </Fragment>
        );
      })}
    </nav>
  );
}

/** Which copy, in which cloud, as whom: always there, never in a menu. */
function Where({ place }: { place: Place }) {
  const go = useGo();
  const start = useStart();
  const about = useAbout(place);
  const isSeveral = holdsSeveral(useProject(place));
  const deployed = useDeployed(isSeveral ? null : place);
  const standing = useSeveralStanding(place, isSeveral);
  const stage = about?.stage ?? place.stage ?? 'dev';
  const stages: Option<string>[] = [...new Set([stage, ...(about?.stages ?? [])])].map((name) => ({ value: name, label: name }));
  const clouds: Option<string>[] = [
    { value: 'sandbox', label: 'Sandbox', hint: 'this computer' },
    ...(start.data?.profiles ?? []).map((name) => ({ value: `account:${name}`, label: name, hint: 'AWS profile' })),
  ];
  const cloud = targetWord(place.target);
  if (!clouds.some((one) => one.value === cloud)) clouds.push({ value: cloud, label: cloud.replace('account:', '') });
  const answered = standing.data?.find((one) => (one.deployed?.identity ?? null) !== null);
  const identity = (isSeveral ? answered?.deployed?.identity : deployed.data?.identity) ?? null;
  const sandbox = place.target.kind === 'sandbox';
  const region = identity?.region ?? about?.region ?? '';
  const isReached = !(deployed.isError || standing.isError || (isSeveral && standing.isSuccess));
  return (
    <div className={`${styles.where} ${sandbox ? styles.sandbox : ''}`} data-testid="identity">
      {about?.production === true && <span className={styles.production}><LockIcon className="icon" aria-hidden />PRODUCTION</span>}
      <Select label="Stage" value={stage} options={stages} onChange={(next) => go.here({ stage: next })} testId="stage" />
      <Select label="Cloud" value={cloud} options={clouds} onChange={(next) => go.here({ target: targetWord(readTarget(next)) })} testId="cloud" />
      <span className={styles.identity}>
        {/* The sandbox's switcher says all of it: this computer, nobody's account. */}
        {!sandbox && <span><ShieldCheckIcon className="icon" aria-hidden /><b>{spaced(identity?.account ?? '')}</b>{identity === null && (isReached ? 'asking' : 'not reached')}</span>}
        <span className={styles.region}><MapPinIcon className="icon" aria-hidden />{region}</span>
        {!sandbox && identity !== null && <span className={styles.principal} title={identity.principal}><UserIcon className="icon" aria-hidden /><span>{identity.principalWords}</span></span>}
      </span>
    </div>
  );
}

/** `481516234201` as `4815 1623 4201`. */
function spaced(account: string): string {
  return account.replace(/(\d{4})(?=\d)/g, '$1 ');
}
