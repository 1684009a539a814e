import { CalendarClockIcon, GlobeIcon, KeyRoundIcon, ShieldCheckIcon, WaypointsIcon, ZapIcon, type LucideIcon } from 'lucide-react';
import { Fragment } from 'react';
import type { Example } from '@/bridge';
import { Button, Card } from '@/components';
import styles from './overview.module.css';

const pictures: Record<string, { Icon: LucideIcon; word: string; tone: string | undefined }> = {
  web: { Icon: GlobeIcon, word: 'internet', tone: styles.quietTone }, api: { Icon: WaypointsIcon, word: 'API', tone: styles.accentTone },
  function: { Icon: ZapIcon, word: 'function', tone: styles.accentTone }, secret: { Icon: KeyRoundIcon, word: 'secret', tone: styles.secretTone },
  key: { Icon: ShieldCheckIcon, word: 'key', tone: styles.secretTone }, schedule: { Icon: CalendarClockIcon, word: 'schedule', tone: styles.okTone },
};

export function Examples({ examples, opening, onOpen }: { examples: Example[]; opening: string | null | undefined; onOpen: (id: string) => void }) {
  return (
    <ul className={styles.examples}>
      {examples.map((one) => (
        <li key={one.id}>
          <Card>
            <div className={styles.example} data-testid={`example-${one.id}`}>
              <div className={styles.picture} role="img" aria-label={one.picture.map((part) => pictures[part]?.word ?? part).join(', then ')}>
                {one.picture.map((part, index) => {
                  const { Icon, tone } = pictures[part] ?? { Icon: ZapIcon, tone: styles.quietTone };
                  return <Fragment key={part}>{index > 0 && <span className={styles.wire} />}<span className={`${styles.node} ${tone ?? ''}`}><Icon className="icon" aria-hidden /></span></Fragment>;
                })}
              </div>
              <div className={styles.about}>
                <b>{one.id}</b>
                <p className={styles.quiet}>{one.text}</p>
                <p className={styles.makes}>Makes {one.makes}</p>
                {one.needs !== null && <p className={styles.makes}>Needs {lower(one.needs)}</p>}
                <div className={styles.openRow}><Button busy={opening === one.id} onClick={() => onOpen(one.id)} data-testid={`open-${one.id}`}>Open {one.id}</Button></div>
              </div>
            </div>
          </Card>
        </li>
      ))}
    </ul>
  );
}

function lower(text: string): string {
  return text.startsWith('The ') ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
