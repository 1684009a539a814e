import { ChevronDownIcon, ChevronRightIcon, FolderIcon, FolderOpenIcon, FoldersIcon } from 'lucide-react';
import { useState } from 'react';
import { visible } from '@/lib/words';
import { above, inSight, type Branch } from './model';
import styles from './tree.module.css';

/** The paths. The arrow opens one, its name shows what is below it. */
export function PathTree({ all, total, path, onChoose }: { all: Branch[]; total: number; path: string; onChoose: (path: string) => void }) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(() => new Set());
  // What leads to the chosen path is open, and what the reader opened besides.
  const open = new Set([...toggled, ...above(path)]);
  const toggle = (one: string) => setToggled((so) => { const next = new Set(so); if (!next.delete(one)) next.add(one); return next; });
  return (
    <nav className={styles.tree} aria-label="Paths">
      <h2>Paths</h2>
      <div className={`${styles.row} ${path === '' ? styles.on : ''}`}>
        <span className={styles.arrow} />
        <button type="button" className={styles.name} aria-current={path === '' ? 'true' : undefined} onClick={() => onChoose('')}>
          <FoldersIcon className="icon" aria-hidden /><span>All</span><span className={styles.count}>{total.toLocaleString('en')}</span>
        </button>
      </div>
      {inSight(all, open).map((branch) => {
        const isOpen = open.has(branch.path);
        const on = branch.path === path;
        return (
          <div key={branch.path} className={`${styles.row} ${on ? styles.on : ''}`} style={{ paddingInlineStart: `${Math.min(branch.depth, 8) * 14}px` }}>
            {branch.below
              ? <button type="button" className={styles.arrow} aria-expanded={isOpen} aria-label={`${isOpen ? 'Close' : 'Open'} ${branch.path}`} onClick={() => toggle(branch.path)}>{isOpen ? <ChevronDownIcon className="icon" aria-hidden /> : <ChevronRightIcon className="icon" aria-hidden />}</button>
              : <span className={styles.arrow} />}
            <button type="button" className={styles.name} title={visible(branch.path)} aria-current={on ? 'true' : undefined} onClick={() => onChoose(branch.path)}>
              {on ? <FolderOpenIcon className="icon" aria-hidden /> : <FolderIcon className="icon" aria-hidden />}<span>{visible(branch.name)}</span><span className={styles.count}>{branch.count.toLocaleString('en')}</span>
            </button>
          </div>
        );
      })}
    </nav>
  );
}
