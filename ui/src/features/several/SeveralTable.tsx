import type { Member, SeveralView } from '@/bridge';
import { Fit, Status, Table } from '@/components';
import { makes, needWords, type State } from './model';
import styles from './several.module.css';

/** The services as a table: each opens as a project of its own. */
export function SeveralTable({ view, states, onOpen }: { view: SeveralView; states: Map<string, State>; onOpen: (name: string) => void }) {
  const steps = new Set(view.services.map((one) => one.level)).size;
  const why = (member: Member) => needWords(member.needs);
  return (
    <Table
      label="Services" rows={view.services} rowKey={(member) => member.name} onOpen={(member) => onOpen(member.name)} testId="several-table"
      columns={[
        { id: 'name', header: 'Service', width: 'minmax(0, 1.2fr)', cell: (member) => <b className={styles.name} title={`${member.name}, in ${member.path}`}><Fit text={member.name} /></b> },
        ...(steps > 1 ? [{ id: 'step', header: 'Step', width: '44px', cell: (member: Member) => <span className={styles.number}>{member.level + 1}</span> }] : []),
        { id: 'needs', header: 'Waits for', width: 'minmax(0, 1.6fr)', cell: (member) => <span title={why(member)} className={styles.quiet}>{member.needs.length === 0 ? 'nothing' : why(member)}</span> },
        { id: 'makes', header: 'Makes', width: 'minmax(0, 1fr)', cell: (member) => <span title={member.about?.stack} className={styles.quiet}>{makes(member)}</span> },
        { id: 'state', header: `In ${view.stage}`, width: '132px', cell: (member) => { const state = states.get(member.name); return state === undefined ? null : <Status mark={state.mark} word={state.word} testId={`state-${member.name}`} />; } },
      ]}
    />
  );
}
