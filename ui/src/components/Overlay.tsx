import { Dialog as Base } from '@base-ui/react/dialog';
import { XIcon } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { IconButton } from './Button';
import styles from './Overlay.module.css';

interface Shared {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
}

/** A decision that blocks; `wide` when there is much to read before it. */
export function Dialog({ open, onClose, title, children, actions, wide = false }: Shared & { actions: ReactNode; wide?: boolean }) {
  return (
    <Base.Root open={open} onOpenChange={(next) => { if (!next) onClose(); }}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={`${styles.dialog} ${wide ? styles.wide : ''}`}>
          <Base.Title className={styles.title}>{title}</Base.Title>
          <div className={styles.body}>{children}</div>
          <div className={styles.foot}>{actions}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** One thing of a list, to act on. The list stays in sight and the focus returns to it. */
export function Drawer({ open, onClose, title, subtitle, children, foot }: Shared & { subtitle?: ReactNode; foot?: ReactNode }) {
  const first = useRef<HTMLHeadingElement>(null);
  return (
    <Base.Root open={open} modal={false} disablePointerDismissal onOpenChange={(next) => { if (!next) onClose(); }}>
      <Base.Portal>
        <Base.Popup className={styles.drawer} initialFocus={first}>
          <div className={styles.head}>
            <div className={styles.titles}>
              <Base.Title ref={first} tabIndex={-1} className={styles.title}>{title}</Base.Title>
              {subtitle !== undefined && <div className={styles.subtitle}>{subtitle}</div>}
            </div>
            <IconButton label="Close" icon={<XIcon className="icon" aria-hidden />} onClick={onClose} />
          </div>
          <div className={styles.scroll}>{children}</div>
          {foot !== undefined && <div className={styles.foot}>{foot}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
