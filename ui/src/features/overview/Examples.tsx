import { CalendarClockIcon, GlobeIcon, KeyRoundIcon, ListOrderedIcon, ShieldCheckIcon, WaypointsIcon, ZapIcon, type LucideIcon } from 'lucide-react';
import { Fragment } from 'react';
import type { Example } from '@/bridge';
import { Button, Card } from '@/components';
import { lowerArticle } from './model';
import styles from './overview.module.css';

const pictures: Record<string, { Icon: LucideIcon; word: string; tone: string | undefined }> = {
  web: { Icon: GlobeIcon, word: 'internet', tone: styles.quietTone }, api: { Icon: WaypointsIcon, word: 'API', tone: styles.accentTone },
  function: { Icon: ZapIcon, word: 'function', tone: styles.accentTone }, secret: { Icon: KeyRoundIcon, word: 'secret', tone: styles.secretTone },
  key: { Icon: ShieldCheckIcon, word: 'key', tone: styles.secretTone }, schedule: { Icon: CalendarClockIcon, word: 'schedule', tone: styles.okTone },
  queue: { Icon: ListOrderedIcon, word: 'queue', tone: styles.okTone },
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
                  return <Fragment key={index}>{index > 0 && <svg className={styles.wire} width="30" height="8" viewBox="0 0 30 8" aria-hidden><path d="M0 4h24" /><path d="M23 0.5 30 4l-7 3.5z" className={styles.head} /></svg>}<span className={`${styles.node} ${tone ?? ''}`}><Icon className="icon" aria-hidden /></span></Fragment>;
                })}
              </div>
              <div className={styles.about}>
                <b>{one.id}</b>
                <p className={styles.quiet}>{one.text}</p>
                <p className={styles.makes}>Makes {one.makes}</p>
                {one.needs !== null && <p className={styles.makes}>Needs {lowerArticle(one.needs)}</p>}
                <div className={styles.openRow}><Button busy={opening === one.id} onClick={() => onOpen(one.id)} data-testid={`open-${one.id}`}>Open {one.id}</Button></div>
              </div>
            </div>
          </Card>
        </li>
      ))}
    </ul>
  );
}
