import { ListIcon, LockIcon, SearchXIcon, TriangleAlertIcon, TypeIcon } from 'lucide-react';
import type { ParameterType, ParameterView } from '@/bridge';
import { Button, EmptyState, Fit, RelativeTime, Table, type Column } from '@/components';
import { relative, underSharedKey } from './model';
import styles from './secrets.module.css';

const shapes = { SecureString: LockIcon, String: TypeIcon, StringList: ListIcon } as const;

export function KindWord({ kind }: { kind: ParameterType }) {
  const Shape = shapes[kind];
  return <span className={kind === 'SecureString' ? styles.secure : styles.plain}><Shape className="icon" aria-hidden />{kind}</span>;
}

function Key({ one }: { one: ParameterView }) {
  if (one.kind !== 'SecureString') return <span className={styles.quiet}>no key</span>;
  if (underSharedKey(one)) return <span className={styles.shared} title="The account's own key: whoever may decrypt with it reads this"><TriangleAlertIcon className="icon" aria-hidden /><code>{one.keyWords ?? 'aws/ssm'}</code></span>;
  return <code title={one.key ?? undefined}>{one.keyWords}</code>;
}

/** What is left out while one of them is open beside the list. */
const LEFT_OUT = ['key', 'changed'];

/** Parameters without their values. */
export function SecretsTable({ rows, path, open, onOpen, onAll }: { rows: ParameterView[]; path: string; open: string | undefined; onOpen: (name: string) => void; onAll: () => void }) {
  return (
    <Table
      label="Parameters" rows={rows} rowKey={(one) => one.name} onOpen={(one) => onOpen(one.name)} selectedKey={open ?? ''} testId="secrets"
      empty={<EmptyState icon={<SearchXIcon className="icon" aria-hidden />} title="No parameter fits" text="The filter leaves none of those below this path." actions={<Button onClick={onAll}>Show all</Button>} />}
      columns={columns(path).filter((column) => open === undefined || !LEFT_OUT.includes(column.id))}
    />
  );
}

function columns(path: string): Column<ParameterView>[] {
  return [
    { id: 'name', header: 'Name', width: 'minmax(0, 3fr)', cell: (one) => <span className={styles.name}><Fit text={relative(one.name, path)} /></span> },
    { id: 'kind', header: 'Type', width: '124px', cell: (one) => <KindWord kind={one.kind} /> },
    { id: 'key', header: 'Key', width: 'minmax(96px, 1fr)', cell: (one) => <Key one={one} /> },
    { id: 'version', header: 'Ver.', width: '40px', align: 'end', cell: (one) => one.version },
    { id: 'changed', header: 'Changed', width: 'minmax(130px, 1fr)', cell: (one) => <span><RelativeTime at={one.changed} /> <span className={styles.quiet} title={one.by ?? undefined}>{one.byWords}</span></span> },
  ];
}
