import type { PropertyRow } from '@/bridge';
import { cutAlike, cutMiddle, visible } from '@/lib/words';
import styles from './lines.module.css';

const LONGEST = 96;

/** What changes in a resource; for what is made, what it is made with. */
export function Diff({ properties, isNew }: { properties: PropertyRow[]; isNew: boolean }) {
  if (properties.length === 0) {
    return <p className={styles.none}>{isNew ? 'It is made with nothing set.' : 'CloudFormation names no property.'}</p>;
  }
  return (
    <dl className={styles.diff}>
      {properties.map((property) => (
        <div key={property.path} className={styles.property}>
          <dt title={property.path}>{property.path}</dt>
          <dd><Values property={property} isNew={isNew} /></dd>
        </div>
      ))}
    </dl>
  );
}

function Values({ property: { before, after }, isNew }: { property: PropertyRow; isNew: boolean }) {
  if (isNew) return after === null ? <Later text="known after the deploy" /> : <span className={styles.plain} title={visible(after)}>{cutMiddle(after, LONGEST)}</span>;
  const [was, becomes] = cutAlike(before ?? '', after ?? '', LONGEST);
  return (
    <>
      {before === null ? <Later text="not shown" /> : <del className={styles.old} title={visible(before)}>{was}</del>}
      <span className={styles.arrow} aria-label="becomes">→</span>
      {after === null ? <Later text="known after the deploy" /> : <ins className={styles.new} title={visible(after)}>{becomes}</ins>}
    </>
  );
}

function Later({ text }: { text: string }) {
  return <span className={styles.later}>{text}</span>;
}
