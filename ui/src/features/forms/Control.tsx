import type { Control as Described, Field as DescribedField, Finding } from '@/bridge';
import { Disclosure } from '@/components';
import { Choice, Either, Items, Line, Names, Truth, YamlText } from './controls';
import { foundAt, inSight, isMap, isYaml, type Value } from './model';
import styles from './forms.module.css';

export interface ControlProps {
  control: Described;
  value: Value;
  /** Where it is in the configuration, for what is found there. */
  path: string[];
  label: string;
  findings: Finding[];
  onChange: (value: Value) => void;
  /** Not inside of another: it needs no label of its own. */
  isTop?: boolean;
  doc?: string;
  /** The label is read out only. */
  hideLabel?: boolean;
  inherited?: string | null;
  suggestions?: string[];
  required?: boolean;
}

/** A value, filled in as its description says. */
export function Control(props: ControlProps) {
  const { control, value } = props;
  // What the fields cannot show, such as a CloudFormation function, stays as it is written.
  if (isYaml(value) || control.kind === 'yaml' || control.kind === 'kinds') return <YamlText {...props} />;
  switch (control.kind) {
    case 'choice': return <Choice {...props} words={control.words} />;
    case 'truth': return <Truth {...props} />;
    case 'list': return <Items {...props} item={control.item} />;
    case 'table': return <Names {...props} inner={control.value} />;
    case 'group': return <Group {...props} fields={control.fields} />;
    case 'either': return <Either {...props} variants={control} />;
    default: return <Line {...props} />;
  }
}

/** Fields under one another; those that are seldom wanted are folded. */
function Group({ fields, value, path, label, findings, onChange, isTop = false }: ControlProps & { fields: DescribedField[] }) {
  const map = isMap(value) ? value : {};
  const [shown, folded] = inSight(fields, map);
  const one = (field: DescribedField) => (
    <Control
      key={field.name} control={field.control} value={map[field.name] ?? null} path={[...path, field.name]} label={field.name} doc={field.doc} inherited={field.inherited}
      suggestions={field.suggestions} required={field.required} findings={foundAt(findings, [...path, field.name])}
      onChange={(next) => onChange({ ...map, [field.name]: next })}
    />
  );
  const body = (
    <>
      {shown.map(one)}
      {folded.length > 0 && <Disclosure summary={`${folded.length} more settings`}><div className={styles.fields}>{folded.map(one)}</div></Disclosure>}
    </>
  );
  if (isTop) return body;
  return <fieldset className={styles.group}><legend>{label}</legend>{body}</fieldset>;
}
