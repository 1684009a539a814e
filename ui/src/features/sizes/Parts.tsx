import { FileIcon, FilesIcon, FolderIcon, PackageIcon, type LucideIcon } from 'lucide-react';
import type { SizeKind, SizePart } from '@/bridge';
import { Bytes, Checkbox, Table } from '@/components';
import { isLeftOut, share } from './treemap';
import styles from './sizes.module.css';

const icons: Record<SizeKind, LucideIcon> = { folder: FolderIcon, package: PackageIcon, file: FileIcon, smaller: FilesIcon };
const words: Record<SizeKind, string> = { folder: 'Folder', package: 'Package', file: 'File', smaller: 'Small parts together' };

interface Props { way: SizePart[]; without: string[]; onOpen: (path: string) => void; onLeaveOut: (pattern: string, out: boolean) => void }

/** The same as the map, with what each part takes in the archive, and what to leave out. */
export function Parts({ way, without, onOpen, onLeaveOut }: Props) {
  const part = way.at(-1);
  if (part === undefined) return null;
  const above = isLeftOut(way.slice(0, -1), part, without);
  return (
    <Table
      label={`What ${part.name === '' ? 'the archive' : part.name} holds`} rows={part.children} rowKey={(one) => `${one.path}${one.kind}`} testId="size-table"
      empty={<p className={styles.quiet}>There is nothing in it.</p>}
      columns={[
        { id: 'name', header: 'Name', width: 'minmax(0, 3fr)', cell: (one) => <Name part={one} onOpen={onOpen} /> },
        { id: 'unzipped', header: 'Unpacked', width: '96px', align: 'end', cell: (one) => <Bytes count={one.unzipped} /> },
        { id: 'share', header: 'Share', width: '64px', align: 'end', cell: (one) => share(one.unzipped, part.unzipped) },
        { id: 'zipped', header: 'Packed', width: '96px', align: 'end', cell: (one) => <Bytes count={one.zipped} /> },
        { id: 'files', header: 'Files', width: '72px', align: 'end', cell: (one) => one.files.toLocaleString('en') },
        {
          id: 'out', header: 'Leave out', width: '84px', cell: (one) => {
            const { pattern } = one;
            if (above) return <span className={styles.quiet}>left out</span>;
            if (pattern === null) return <span className={styles.quiet}>–</span>;
            return <Checkbox label={<span className="srOnly">Leave out {one.name}</span>} checked={without.includes(pattern)} onChange={(out) => onLeaveOut(pattern, out)} testId={`out-${one.path}`} />;
          },
        },
      ]}
    />
  );
}

function Name({ part, onOpen }: { part: SizePart; onOpen: (path: string) => void }) {
  const Icon = icons[part.kind];
  const inside = <><Icon className="icon" aria-label={words[part.kind]} /><span className={styles.nameText} title={part.path}>{part.name}</span></>;
  if (part.children.length === 0) return <span className={styles.name}>{inside}</span>;
  return <button type="button" className={`${styles.name} ${styles.open}`} onClick={() => onOpen(part.path)}>{inside}</button>;
}
