import { BoxIcon, CalendarClockIcon, CylinderIcon, DatabaseIcon, GlobeIcon, KeyRoundIcon, ListOrderedIcon, NetworkIcon, ShieldCheckIcon, WaypointsIcon, ZapIcon, type LucideIcon } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useLive, type Drawing, type LiveNode, type Node, type NodeKind, type Place } from '@/bridge';
import { EmptyState, MarkIcon, Table } from '@/components';
import { HEIGHT, layout, WIDTH, wire } from './layout';
import { LiveLine, LiveTable } from './LiveParts';
import { LIVE, withLive } from './live';
import styles from './drawing.module.css';

const icons: Record<NodeKind, LucideIcon> = {
  internet: GlobeIcon, api: WaypointsIcon, schedule: CalendarClockIcon, function: ZapIcon, key: ShieldCheckIcon,
  secret: KeyRoundIcon, table: DatabaseIcon, bucket: CylinderIcon, queue: ListOrderedIcon, network: NetworkIcon, other: BoxIcon,
};

/** The service as a picture with what stands of it, and the same as tables. A function opens its drawer. */
export function DrawingTab({ place, drawing: files, onFunction }: { place: Place; drawing: Drawing; onFunction: (key: string) => void }) {
  const asked = useLive(place);
  const live = asked.data?.live ?? null;
  const { drawing, states } = useMemo(() => withLive(files, live), [files, live]);
  const names = new Map(drawing.nodes.map((node) => [node.id, node.label]));
  if (drawing.nodes.length === 0) return <EmptyState icon={<WaypointsIcon className="icon" aria-hidden />} title="There is nothing to draw" text="Functions, their events and what they use appear here." />;
  return (
    <div className={styles.both}>
      <LiveLine asked={asked} />
      <Picture drawing={drawing} states={states} onFunction={onFunction} />
      {live !== null && <LiveTable live={live} />}
      <Table
        label="What leads where" rows={drawing.edges.map((edge, index) => ({ ...edge, key: String(index) }))} rowKey={(edge) => edge.key} testId="drawing-table"
        empty={<p className={styles.quiet}>Nothing leads from one to another.</p>}
        columns={[
          { id: 'from', header: 'From', cell: (edge) => <b className={styles.name} title={names.get(edge.from)}>{names.get(edge.from) ?? edge.from}</b> },
          { id: 'label', header: 'By', cell: (edge) => <code title={edge.label}>{edge.label}</code> },
          { id: 'to', header: 'To', cell: (edge) => <b className={styles.name} title={names.get(edge.to)}>{names.get(edge.to) ?? edge.to}</b> },
        ]}
      />
    </div>
  );
}

/** What hangs together, left to right. */
export function Picture({ drawing, states, onFunction }: { drawing: Drawing; states?: Map<string, LiveNode>; onFunction: (key: string) => void }) {
  const { at, width, height } = useMemo(() => layout(drawing), [drawing]);
  const [near, setNear] = useState<string | null>(null);
  return (
    // What scrolls must be reachable by keys.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.canvas} role="region" aria-label="Drawing of the service" tabIndex={0} data-testid="drawing">
      <div className={styles.sheet} style={{ width, height }}>
        <svg className={styles.wires} width={width} height={height} aria-hidden>
          <defs>
            <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" className={styles.tip} /></marker>
            <marker id="tip-near" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" className={styles.tipNear} /></marker>
          </defs>
          {drawing.edges.map((edge, index) => {
            const [from, to] = [at.get(edge.from), at.get(edge.to)];
            if (from === undefined || to === undefined) return null;
            const isNear = near === edge.from || near === edge.to;
            return <path key={index} d={wire(from, to)} className={`${styles.wire} ${isNear ? styles.near : ''}`} markerEnd={isNear ? 'url(#tip-near)' : 'url(#tip)'} />;
          })}
        </svg>
        {drawing.nodes.map((node) => <Thing key={node.id} node={node} live={states?.get(node.id)} place={at.get(node.id) ?? { x: 0, y: 0 }} onNear={setNear} onFunction={onFunction} />)}
      </div>
    </div>
  );
}

function Thing({ node, live, place, onNear, onFunction }: { node: Node; live: LiveNode | undefined; place: { x: number; y: number }; onNear: (id: string | null) => void; onFunction: (key: string) => void }) {
  const Icon = icons[node.kind];
  const state = live === undefined ? undefined : LIVE[live.state];
  const inside = (
    <>
      <Icon className="icon" aria-hidden />
      <span className={styles.words}><b>{node.label}</b><span>{state === undefined ? node.note : `${state.short}, ${node.note}`}</span></span>
      {state !== undefined && <span className={styles.mark}><MarkIcon mark={state.mark} /></span>}
    </>
  );
  const shared = {
    className: `${styles.node} ${styles[node.kind] ?? ''} ${live === undefined ? '' : (styles[live.state] ?? '')}`, style: { left: place.x, top: place.y, width: WIDTH, height: HEIGHT }, title: [`${node.label}, ${node.note}`, ...(state === undefined ? [] : [state.word]), ...(live?.facts.map((fact) => `${fact.name}: ${fact.value}`) ?? []), ...(live?.changes ?? [])].join('\n'),
    'data-live': live?.state,
    onPointerEnter: () => onNear(node.id), onPointerLeave: () => onNear(null),
  };
  if (node.kind !== 'function' || live?.state === 'noLonger') return <div {...shared}>{inside}</div>;
  return <button type="button" {...shared} onFocus={() => onNear(node.id)} onBlur={() => onNear(null)} onClick={() => onFunction(node.label)}>{inside}</button>;
}
