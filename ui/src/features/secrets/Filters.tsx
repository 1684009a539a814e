import { ArrowLeftRightIcon } from 'lucide-react';
import { Button, FilterField, Select } from '@/components';
import type { Wanted } from './model';
import styles from './secrets.module.css';

type Filter = Omit<Wanted, 'path'>;
const kinds = [{ value: 'any', label: 'Any type' }, { value: 'SecureString', label: 'SecureString' }, { value: 'String', label: 'String' }, { value: 'StringList', label: 'StringList' }] as const;
const ages = [{ value: 'any', label: 'Any age' }, { value: 'week', label: 'Changed this week' }, { value: 'old', label: 'Unchanged for 90 days' }] as const;
const tiers = [{ value: 'any', label: 'Any tier' }, { value: 'Standard', label: 'Standard' }, { value: 'Advanced', label: 'Advanced' }] as const;

export function Filters({ total, filter, onChange, onCompare }: { total: number; filter: Filter; onChange: (filter: Filter) => void; onCompare: () => void }) {
  return (
    <div className={styles.filters}>
      <div className={styles.words}><FilterField label={`Filter ${total.toLocaleString('en')} by name, key or description`} value={filter.words} onChange={(words) => onChange({ ...filter, words })} /></div>
      <Select label="Type" value={filter.kind} options={[...kinds]} onChange={(kind) => onChange({ ...filter, kind })} testId="filter-type" />
      <Select label="Age" value={filter.age} options={[...ages]} onChange={(age) => onChange({ ...filter, age })} testId="filter-age" />
      <Select label="Tier" value={filter.tier} options={[...tiers]} onChange={(tier) => onChange({ ...filter, tier })} testId="filter-tier" />
      <Button icon={<ArrowLeftRightIcon className="icon" aria-hidden />} onClick={onCompare} data-testid="compare">Compare</Button>
    </div>
  );
}
