import { CalendarClockIcon, GlobeIcon, KeyRoundIcon, ListOrderedIcon, ShieldCheckIcon, WaypointsIcon, ZapIcon, type LucideIcon } from 'lucide-react';
import { Fragment, useId } from 'react';
import type { Template } from '@/bridge';
import styles from './create.module.css';

const pictures: Record<string, { Icon: LucideIcon; word: string; tone: string | undefined }> = {
  web: { Icon: GlobeIcon, word: 'internet', tone: styles.quietTone }, api: { Icon: WaypointsIcon, word: 'API', tone: styles.accentTone },
  function: { Icon: ZapIcon, word: 'function', tone: styles.accentTone }, secret: { Icon: KeyRoundIcon, word: 'secret', tone: styles.secretTone },
  key: { Icon: ShieldCheckIcon, word: 'key', tone: styles.secretTone }, schedule: { Icon: CalendarClockIcon, word: 'schedule', tone: styles.okTone },
  queue: { Icon: ListOrderedIcon, word: 'queue', tone: styles.okTone },
};

/** One of the templates, chosen as one of a few. */
export function Templates({ templates, chosen, onChoose }: { templates: Template[]; chosen: string; onChoose: (id: string) => void }) {
  const name = useId();
  return (
    <fieldset className={styles.templates}>
      <legend className="srOnly">Template</legend>
      {templates.map((one) => (
        <label key={one.id} className={styles.template} data-testid={`template-${one.id}`}>
          <input type="radio" className={styles.radio} name={name} value={one.id} checked={one.id === chosen} onChange={() => onChoose(one.id)} />
          <span className={styles.picture} role="img" aria-label={one.picture.map((part) => pictures[part]?.word ?? part).join(', then ')}>
            {one.picture.map((part, index) => {
              const { Icon, tone } = pictures[part] ?? { Icon: ZapIcon, tone: styles.quietTone };
              return <Fragment key={index}>{index > 0 && <span className={styles.wire} aria-hidden />}<span className={`${styles.node ?? ''} ${tone ?? ''}`}><Icon className="icon" aria-hidden /></span></Fragment>;
            })}
          </span>
          <b>{one.title}</b>
          <span className={styles.quiet}>{one.text}</span>
          <span className={styles.makes}>Makes {one.makes}</span>
        </label>
      ))}
    </fieldset>
  );
}
