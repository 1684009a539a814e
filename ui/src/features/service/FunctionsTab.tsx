import { PlayIcon, ScrollTextIcon, ZapIcon } from 'lucide-react';
import type { Deployed, FunctionView, Place, ProjectView } from '@/bridge';
import { Button, Copy, DefinitionList, Drawer, EmptyState, Middle, Table } from '@/components';
import { useGo } from '@/lib/place';
import styles from './service.module.css';

export function FunctionsTab({ place, project, deployed, open, onOpen }: { place: Place; project: ProjectView; deployed: Deployed | undefined; open: string | undefined; onOpen: (id: string | undefined) => void }) {
  const shown = project.functions.find((one) => one.key === open);
  const stands = (deployed?.resources.length ?? 0) > 0;
  return (
    <>
      <Table
        label="Functions" rows={project.functions} rowKey={(one) => one.key} onOpen={(one) => onOpen(one.key)} selectedKey={open ?? ''} testId="functions"
        empty={<EmptyState icon={<ZapIcon className="icon" aria-hidden />} title="It has no function" text={`Add one under functions in ${project.config}. It appears here when you save.`} />}
        columns={[
          { id: 'name', header: 'Function', width: 'minmax(0, 2fr)', cell: (one) => <b className={styles.name}><Middle text={one.key} max={40} /></b> },
          { id: 'runtime', header: 'Runtime', width: '110px', cell: (one) => one.runtime },
          { id: 'memory', header: 'Memory', width: '80px', align: 'end', cell: (one) => `${one.memory} MB` },
          { id: 'timeout', header: 'Limit', width: '60px', align: 'end', cell: (one) => `${one.timeout} s` },
          { id: 'events', header: 'Called by', width: 'minmax(0, 2fr)', cell: (one) => <span className={styles.quiet}>{one.events.map((event) => event.words).join(', ') || 'nothing but you'}</span> },
          { id: 'origin', header: 'Written in', width: '140px', cell: (one) => (one.origin === null ? '' : <code className={styles.quiet}>{one.origin.file}:{one.origin.line}</code>) },
        ]}
      />
      <Drawer
        open={shown !== undefined} onClose={() => onOpen(undefined)} title={shown?.key ?? ''} subtitle={shown?.description ?? undefined}
        foot={shown !== undefined && <Foot place={place} fn={shown} stands={stands} />}
      >
        {shown !== undefined && <Details fn={shown} deployed={deployed} />}
      </Drawer>
    </>
  );
}

function Foot({ place, fn, stands }: { place: Place; fn: FunctionView; stands: boolean }) {
  const go = useGo();
  const reason = stands ? undefined : 'Deploy it first';
  return (
    <>
      <Button icon={<ScrollTextIcon className="icon" aria-hidden />} reason={reason} onClick={() => go.logs(place.project)}>Logs</Button>
      <Button variant="primary" icon={<PlayIcon className="icon" aria-hidden />} reason={reason} onClick={() => go.invoke(place.project, fn.key)}>Invoke {fn.key}</Button>
    </>
  );
}

function Details({ fn, deployed }: { fn: FunctionView; deployed: Deployed | undefined }) {
  const endpoints = deployed?.endpoints.filter((one) => one.function === fn.key) ?? [];
  return (
    <>
      <DefinitionList items={[
        { name: 'Name at AWS', value: <Copy text={fn.name} label="Copy the name" max={34} /> }, { name: 'Handler', value: <code>{fn.handler}</code> },
        { name: 'Runtime', value: fn.runtime }, { name: 'Memory', value: `${fn.memory} MB` }, { name: 'Time limit', value: `${fn.timeout} s` },
        { name: 'Written in', value: fn.origin === null ? 'not known' : <code>{fn.origin.file}:{fn.origin.line}</code> },
      ]} />
      <Part title="Called by">{fn.events.length === 0 ? <p className={styles.quiet}>Nothing but you.</p> : <ul className={styles.list}>{fn.events.map((event) => <li key={event.words}><b>{event.words}</b> <span className={styles.quiet}>{[event.kindWords, ...event.notes].join(', ')}</span></li>)}</ul>}</Part>
      {endpoints.length > 0 && <Part title="Answers at"><ul className={styles.list}>{endpoints.map((one) => <li key={one.id}><Copy text={one.url} label="Copy the address" max={44} /></li>)}</ul></Part>}
      <Part title="May do">{fn.permissions.length === 0 ? <p className={styles.quiet}>Write its log, and nothing else.</p> : <ul className={styles.list}>{fn.permissions.map((one, index) => <li key={index}><code>{one.name}</code><span className={styles.on}>on <code>{one.value}</code></span></li>)}</ul>}</Part>
      <Part title="Environment">{fn.environment.length === 0 ? <p className={styles.quiet}>No variables.</p> : <ul className={styles.list}>{fn.environment.map((name) => <li key={name}><code>{name}</code></li>)}</ul>}</Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return <section className={styles.part}><h3>{title}</h3>{children}</section>;
}
