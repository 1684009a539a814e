import { ReactFlow, Background, Handle, Position, type Edge, type Node, type NodeProps } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { BoxIcon, CalendarClockIcon, CylinderIcon, DatabaseIcon, GlobeIcon, KeyRoundIcon, ListOrderedIcon, ShieldCheckIcon, WaypointsIcon, ZapIcon, type LucideIcon } from 'lucide-react';
import { useMemo } from 'react';
import type { Drawing, NodeKind } from '@/bridge';
import { EmptyState, Table } from '@/components';
import { HEIGHT, layout, WIDTH } from './layout';
import styles from './drawing.module.css';

const icons: Record<NodeKind, LucideIcon> = {
  internet: GlobeIcon, api: WaypointsIcon, schedule: CalendarClockIcon, function: ZapIcon, key: ShieldCheckIcon,
  secret: KeyRoundIcon, table: DatabaseIcon, bucket: CylinderIcon, queue: ListOrderedIcon, other: BoxIcon,
};

type Thing = Node<{ kind: NodeKind; label: string; note: string }, 'thing'>;

function ThingNode({ data }: NodeProps<Thing>) {
  const Icon = icons[data.kind];
  return (
    <div className={`${styles.node} ${styles[data.kind] ?? ''}`} title={`${data.label}, ${data.note}`}>
      <Handle type="target" position={Position.Left} className={styles.handle} isConnectable={false} />
      <Icon className="icon" aria-hidden />
      <span className={styles.words}><b>{data.label}</b><span>{data.note}</span></span>
      <Handle type="source" position={Position.Right} className={styles.handle} isConnectable={false} />
    </div>
  );
}

const kinds = { thing: ThingNode };

/** The service as a picture, and the same as a table. */
export function DrawingTab({ drawing }: { drawing: Drawing }) {
  const places = useMemo(() => layout(drawing), [drawing]);
  const nodes: Thing[] = drawing.nodes.map((node) => ({ id: node.id, type: 'thing', position: places.at.get(node.id) ?? { x: 0, y: 0 }, data: { kind: node.kind, label: node.label, note: node.note }, width: WIDTH, height: HEIGHT, ariaLabel: `${node.label}, ${node.note}` }));
  const edges: Edge[] = drawing.edges.map((edge, index) => ({ id: String(index), source: edge.from, target: edge.to, type: 'smoothstep', focusable: false, className: styles.edge ?? '' }));
  const name = (id: string) => drawing.nodes.find((node) => node.id === id)?.label ?? id;
  if (drawing.nodes.length === 0) return <EmptyState icon={<WaypointsIcon className="icon" aria-hidden />} title="There is nothing to draw" text="Functions, their events and what they use appear here." />;
  return (
    <div className={styles.both}>
      <div className={styles.canvas} style={{ height: Math.min(520, Math.max(160, places.height + 64)) }} data-testid="drawing">
        <ReactFlow nodes={nodes} edges={edges} nodeTypes={kinds} fitView fitViewOptions={{ padding: 0.12, maxZoom: 1 }} nodesDraggable={false} nodesConnectable={false} elementsSelectable={false} zoomOnScroll={false} preventScrolling={false} proOptions={{ hideAttribution: true }} aria-label="Drawing of the service">
          <Background gap={14} size={1} className={styles.dots ?? ''} />
        </ReactFlow>
      </div>
      <Table
        label="What leads where" rows={drawing.edges.map((edge, index) => ({ ...edge, key: String(index) }))} rowKey={(edge) => edge.key}
        columns={[
          { id: 'from', header: 'From', cell: (edge) => <b>{name(edge.from)}</b> }, { id: 'label', header: 'By', cell: (edge) => <code>{edge.label}</code> }, { id: 'to', header: 'To', cell: (edge) => <b>{name(edge.to)}</b> },
        ]}
      />
    </div>
  );
}
