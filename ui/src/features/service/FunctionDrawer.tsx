import { CalendarClockIcon, PencilIcon, PlayIcon, ScrollTextIcon, WaypointsIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Deployed, FunctionView, Place } from '@/bridge';
import { Button, Copy, CopyButton, DefinitionList, Drawer } from '@/components';
import { useGo } from '@/lib/place';
import { stands } from './model';
import styles from './drawer.module.css';

/** One function: what it is, what calls it, what it may do, and the ways to call it. */
export function FunctionDrawer({ place, fn, deployed, onClose }: { place: Place; fn: FunctionView | undefined; deployed: Deployed | undefined; onClose: () => void }) {
  return (
    <Drawer
      open={fn !== undefined} onClose={onClose} title={fn?.key ?? ''} subtitle={fn?.description ?? undefined}
      foot={fn !== undefined && <Foot place={place} fn={fn} reason={reasonOf(deployed)} />}
    >
      {fn !== undefined && <Details fn={fn} deployed={deployed} />}
    </Drawer>
  );
}

function reasonOf(deployed: Deployed | undefined): string | undefined {
  if (stands(deployed)) return undefined;
  if (deployed === undefined) return 'It is not known whether it stands';
  return deployed.standing === 'unknown' ? 'The sandbox is stopped' : 'Deploy it first';
}

function Foot({ place, fn, reason }: { place: Place; fn: FunctionView; reason: string | undefined }) {
  const go = useGo();
  return (
    <>
      {reason !== undefined && <span className={styles.reason}>{reason}</span>}
      <Button icon={<PencilIcon className="icon" aria-hidden />} onClick={() => go.forms(place.project, `edit/functions/${encodeURIComponent(fn.key)}`)} data-testid="drawer-edit">Edit</Button>
      <Button icon={<ScrollTextIcon className="icon" aria-hidden />} reason={reason} onClick={() => go.logs(place.project)} data-testid="drawer-logs">Logs</Button>
      <Button variant="primary" icon={<PlayIcon className="icon" aria-hidden />} reason={reason} onClick={() => go.invoke(place.project, fn.key)} data-testid="drawer-invoke">Invoke</Button>
    </>
  );
}

/** What bundles the code, and which packages it leaves to lie beside it. */
function bundled({ bundle }: FunctionView) {
  if (bundle === null) return [];
  const beside = bundle.external.map((name) => <li key={name}><code>{name}</code></li>);
  const external = beside.length === 0 ? [] : [{ name: 'Not in the bundle', value: <ul className={styles.names}>{beside}</ul> }];
  return [{ name: 'Bundled by', value: bundle.by }, ...external];
}

/** The code that is called, or the image with what replaces its command. */
function runs(fn: FunctionView) {
  if (fn.image === null) return [{ name: 'Handler', value: <code>{fn.handler}</code> }, { name: 'Runtime', value: fn.runtime }, ...bundled(fn)];
  const image = { name: 'Image', value: <Copy text={fn.image} label="Copy the image" max={30} /> };
  return fn.handler === '' ? [image] : [image, { name: 'Command', value: <code>{fn.handler}</code> }];
}

function Details({ fn, deployed }: { fn: FunctionView; deployed: Deployed | undefined }) {
  const endpoints = deployed?.endpoints.filter((one) => one.function === fn.key) ?? [];
  return (
    <>
      <DefinitionList items={[
        { name: 'Name at AWS', value: <Copy text={fn.name} label="Copy the name" max={30} /> }, ...runs(fn),
        { name: 'Memory', value: `${fn.memory} MB` }, { name: 'Time limit', value: `${fn.timeout} s` },
        { name: 'Written in', value: fn.origin === null ? 'not known' : <code>{fn.origin.file}:{fn.origin.line}</code> },
      ]} />
      <Part title="Called by" count={fn.events.length} none="Nothing but you.">
        {fn.events.map((event, index) => (
          <li key={index}>
            {event.kind === 'schedule' ? <CalendarClockIcon className="icon" aria-hidden /> : <WaypointsIcon className="icon" aria-hidden />}
            <div><code>{event.words}</code><p className={styles.quiet}>{[event.kindWords, ...event.notes].join(', ')}</p></div>
          </li>
        ))}
      </Part>
      {endpoints.length > 0 && (
        <Part title="Answers at" count={endpoints.length} none="">
          {endpoints.map((one) => <li key={one.id}><code className={styles.whole}>{one.url}</code><CopyButton text={one.url} label={`Copy the address of ${one.method} ${one.path}`} /></li>)}
        </Part>
      )}
      <Part title="May do" count={fn.permissions.length} none="Write its log, and nothing else.">
        {fn.permissions.map((one, index) => <li key={index}><div><code>{one.name}</code><p className={styles.quiet}>on <code>{one.value}</code></p></div></li>)}
      </Part>
      <Part title="Environment" note="names only" count={fn.environment.length} none="No variables.">
        {fn.environment.map((name) => <li key={name}><code>{name}</code></li>)}
      </Part>
    </>
  );
}

function Part({ title, note, count, none, children }: { title: string; note?: string; count: number; none: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h3>{title}{note !== undefined && count > 0 && <span className={styles.note}>{note}</span>}</h3>
      {count === 0 ? <p className={styles.quiet}>{none}</p> : <ul className={styles.list}>{children}</ul>}
    </section>
  );
}
