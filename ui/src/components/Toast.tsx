import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { MarkIcon, type Mark } from './Marks';
import styles from './Toast.module.css';

interface Toast { id: number; mark: Mark; text: string }
type Tell = (mark: Mark, text: string) => void;

const Context = createContext<Tell>(() => undefined);
/** How long a sentence stays: long enough to be read twice. */
const STAYS = 6000;

/** Says a sentence at the window's edge, and to those who listen. */
export function useToast(): Tell {
  return useContext(Context);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const tell = useCallback<Tell>((mark, text) => {
    const id = performance.now();
    setToasts((old) => [...old.slice(-2), { id, mark, text }]);
    setTimeout(() => setToasts((old) => old.filter((toast) => toast.id !== id)), STAYS);
  }, []);
  const list = useMemo(() => toasts.map((toast) => <div key={toast.id} className={styles.toast}><MarkIcon mark={toast.mark} /><span>{toast.text}</span></div>), [toasts]);
  return <Context value={tell}>{children}<div className={styles.place} role="status" aria-live="polite">{list}</div></Context>;
}
