import { BoxIcon, CalendarClockIcon, CylinderIcon, DatabaseIcon, GlobeIcon, KeyRoundIcon, ListOrderedIcon, ShieldCheckIcon, WaypointsIcon, ZapIcon, type LucideIcon } from 'lucide-react';
import { useMemo } from 'react';
import type { Drawing, NodeKind } from '@/bridge';
import { EmptyState, Table } from '@/components';
import { HEIGHT, layout, WIDTH, wire } from './layout';
import styles from './drawing.module.css';

const icons: Record<NodeKind, LucideIcon> = {
  internet: GlobeIcon, api: WaypointsIcon, schedule: CalendarClockIcon, function: ZapIcon, key: ShieldCheckIcon,
  secret: KeyRoundIcon, table: DatabaseIcon, bucket: CylinderIcon, queue: ListOrderedIcon, other: BoxIcon,
};

/** The service as a picture, and the same as a table. */
export function DrawingTab({ drawing }: { drawing: Drawing }) {
  const { at, width, height } = useMemo(() => layout(drawing), [drawing]);
  const name = (id: string) => drawing.nodes.find((node) => node.id === id)?.label ?? id;
  if (drawing.nodes.length === 0) return <EmptyState icon={<WaypointsIcon className="icon" aria-hidden />} title="There is nothing to draw" text="Functions, their events and what they use appear here." />;
  return (
    <div className={styles.both}>
      {/* What scrolls must be reachable by keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.canvas} role="region" aria-label="Drawing of the service" tabIndex={0} data-testid="drawing">
        <div className={styles.sheet} style={{ width, height }}>
          <svg className={styles.wires} width={width} height={height} aria-hidden>
            <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" className={styles.tip} /></marker></defs>
            {drawing.edges.map((edge) => {
              const [from, to] = [at.get(edge.from), at.get(edge.to)];
              return from === undefined || to === undefined ? null : <path key={`${edge.from} ${edge.label} ${edge.to}`} d={wire(from, to)} className={styles.wire} markerEnd="url(#tip)" />;
            })}
          </svg>
          {drawing.nodes.map((node) => {
            const Icon = icons[node.kind];
            const place = at.get(node.id) ?? { x: 0, y: 0 };
            return (
              <div key={node.id} className={`${styles.node} ${styles[node.kind] ?? ''}`} style={{ left: place.x, top: place.y, width: WIDTH, height: HEIGHT }} title={`${node.label}, ${node.note}`}>
                <Icon className="icon" aria-hidden />
                <span className={styles.words}><b>{node.label}</b><span>{node.note}</span></span>
              </div>
            );
          })}
        </div>
      </div>
      <Table
        label="What leads where" rows={drawing.edges.map((edge, index) => ({ ...edge, key: String(index) }))} rowKey={(edge) => edge.key}
        columns={[
          { id: 'from', header: 'From', cell: (edge) => <b className={styles.name}>{name(edge.from)}</b> }, { id: 'label', header: 'By', cell: (edge) => <code>{edge.label}</code> }, { id: 'to', header: 'To', cell: (edge) => <b className={styles.name}>{name(edge.to)}</b> },
        ]}
      />
    </div>
  );
}
