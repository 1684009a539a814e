import { Menu } from '@base-ui/react/menu';
import { ArchiveIcon, EllipsisIcon, FileXIcon, PackageIcon, Trash2Icon } from 'lucide-react';
import styles from './More.module.css';

/** What is seldom wanted, and what is a loss. */
export function More({ stack, canRemove, onPlanPackage, onPlanWithoutFiles, onSizes, onRemove }: { stack: string; canRemove: boolean; onPlanPackage: () => void; onPlanWithoutFiles: () => void; onSizes: () => void; onRemove: () => void }) {
  return (
    <Menu.Root>
      <Menu.Trigger className={styles.trigger} aria-label="More" data-testid="more"><EllipsisIcon className="icon" aria-hidden /></Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={styles.place} sideOffset={4} align="end">
          <Menu.Popup className={styles.popup}>
            <Menu.Item className={`${styles.item} ${styles.plain}`} onClick={onPlanPackage} data-testid="plan-package">
              <ArchiveIcon className="icon" aria-hidden /><span className={styles.text}>Plan what was packaged before</span>
            </Menu.Item>
            <Menu.Item className={`${styles.item} ${styles.plain}`} onClick={onPlanWithoutFiles} data-testid="plan-no-sync">
              <FileXIcon className="icon" aria-hidden /><span className={styles.text}>Plan without files for buckets</span>
            </Menu.Item>
            <Menu.Item className={`${styles.item} ${styles.plain}`} onClick={onSizes} data-testid="sizes">
              <PackageIcon className="icon" aria-hidden /><span className={styles.text}>Sizes of the archives</span>
            </Menu.Item>
            <Menu.Item className={styles.item} disabled={!canRemove} onClick={onRemove} data-testid="remove">
              <Trash2Icon className="icon" aria-hidden /><span className={styles.text} title={stack}>Remove {stack}</span>
              {!canRemove && <span className={styles.why}>Nothing stands</span>}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
