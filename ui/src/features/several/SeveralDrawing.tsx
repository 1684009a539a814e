import { useMemo, useState } from 'react';
import type { Member } from '@/bridge';
import { MarkIcon } from '@/components';
import { HEIGHT, layout, WIDTH, wire } from './layout';
import { makes, needWords, type State } from './model';
import styles from './drawing.module.css';

/** Which service waits for which, left to right in the order in which they stand up. */
export function SeveralDrawing({ members, states, onOpen }: { members: Member[]; states: Map<string, State>; onOpen: (name: string) => void }) {
  const { at, columns, width, height } = useMemo(() => layout(members), [members]);
  const [near, setNear] = useState<string | null>(null);
  const edges = members.flatMap((member) => member.needs.map((need) => ({ from: need.service, to: member.name })));
  return (
    // What scrolls must be reachable by keys.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.canvas} role="region" aria-label="Which service waits for which" tabIndex={0} data-testid="several-drawing">
      <div className={styles.sheet} style={{ width, height }}>
        <svg className={styles.wires} width={width} height={height} aria-hidden>
          <defs>
            <marker id="several-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" className={styles.tip} /></marker>
            <marker id="several-tip-near" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" className={styles.tipNear} /></marker>
          </defs>
          {edges.map((edge) => {
            const [from, to] = [at.get(edge.from), at.get(edge.to)];
            if (from === undefined || to === undefined) return null;
            const isNear = near === edge.from || near === edge.to;
            return <path key={`${edge.from} ${edge.to}`} d={wire(from, to)} className={`${styles.wire} ${isNear ? styles.near : ''}`} markerEnd={`url(#several-tip${isNear ? '-near' : ''})`} />;
          })}
        </svg>
        {columns.length > 1 && columns.map((column, index) => <span key={column.x} className={styles.step} style={{ left: column.x, width: WIDTH }}>{index === 0 ? 'First' : `Step ${index + 1}`}</span>)}
        {members.map((member) => {
          const place = at.get(member.name) ?? { x: 0, y: 0 };
          const state = states.get(member.name);
          const why = member.needs.length === 0 ? '' : `, waits for ${needWords(member.needs)}`;
          return (
            <button
              key={member.name} type="button" className={styles.node} style={{ left: place.x, top: place.y, width: WIDTH, height: HEIGHT }} title={`${member.name}${why}`}
              onPointerEnter={() => setNear(member.name)} onPointerLeave={() => setNear(null)} onFocus={() => setNear(member.name)} onBlur={() => setNear(null)} onClick={() => onOpen(member.name)}
            >
              <MarkIcon mark={state?.mark ?? 'unknown'} label={state?.word ?? 'Not known'} />
              <span className={styles.words}><b>{member.name}</b><span>{makes(member) || (state?.word ?? '')}</span></span>
            </button>
          );
        })}
      </div>
    </div>
  );
}
