import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import styles from './Tabs.module.css';

export interface Tab<T extends string> {
  id: T;
  label: string;
  count?: number;
}

/** Views of one thing. The panel of the chosen tab is given as children. */
export function Tabs<T extends string>({ label, tabs, value, onChange, children }: {
  label: string; tabs: Tab<T>[]; value: T; onChange: (value: T) => void; children: ReactNode;
}) {
  return (
    <Base.Root value={value} onValueChange={(next: T) => onChange(next)} className={styles.root}>
      <Base.List aria-label={label} className={styles.list}>
        {tabs.map((tab) => (
          <Base.Tab key={tab.id} value={tab.id} className={styles.tab} data-testid={`tab-${tab.id}`}>
            {tab.label}
            {tab.count !== undefined && <span className={styles.count}>{tab.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      <Base.Panel value={value} className={styles.panel} tabIndex={-1}>{children}</Base.Panel>
    </Base.Root>
  );
}
