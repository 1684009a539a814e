import { Select as Base } from '@base-ui/react/select';
import { CheckIcon, ChevronsUpDownIcon } from 'lucide-react';
import styles from './Select.module.css';

export interface Option<T extends string> {
  value: T;
  label: string;
  hint?: string;
}

/** One of a few. */
export function Select<T extends string>({ label, value, options, onChange, testId }: {
  label: string; value: T; options: Option<T>[]; onChange: (value: T) => void; testId?: string;
}) {
  return (
    <Base.Root items={options} value={value} onValueChange={(next) => { if (next !== null) onChange(next); }}>
      <Base.Trigger aria-label={label} className={styles.trigger} data-testid={testId}>
        <Base.Value />
        <Base.Icon><ChevronsUpDownIcon className="icon" aria-hidden /></Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className={styles.place} sideOffset={4} alignItemWithTrigger={false}>
          <Base.Popup className={styles.popup}>
            {options.map((option) => (
              <Base.Item key={option.value} value={option.value} className={styles.item}>
                <Base.ItemIndicator className={styles.mark}><CheckIcon className="icon" aria-hidden /></Base.ItemIndicator>
                <Base.ItemText className={styles.text}>{option.label}</Base.ItemText>
                {option.hint !== undefined && <span className={styles.hint}>{option.hint}</span>}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
