import { useEffect, useState } from 'react';
import { Page } from '@/components';
import styles from './Bones.module.css';

const ROWS = 6;
const CELLS = [140, 190, 84, 60];

/** The page's own shape while its files are read, after a moment: what comes at once must not flicker. */
export function Bones() {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Page>
      <div role="status" aria-label="Reading the project's files" className={styles.bones}>
        <h1 className="srOnly">Reading the project&rsquo;s files</h1>
        {shown && (
          <>
            <span className={styles.title} />
            <span className={styles.line} />
            <div className={styles.tabs}>{CELLS.map((width) => <span key={width} className={styles.tab} />)}</div>
            <div className={styles.table}>
              {Array.from({ length: ROWS }, (_, row) => (
                <div key={row} className={styles.row}>{CELLS.map((width) => <span key={width} style={{ width }} />)}</div>
              ))}
            </div>
          </>
        )}
      </div>
    </Page>
  );
}
