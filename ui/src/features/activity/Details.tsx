import type { Activity } from '@/bridge';
import { Button, CopyButton, DefinitionList, Drawer, Duration, RelativeTime, Status } from '@/components';
import { useGo } from '@/lib/place';
import { exactTime } from '@/lib/words';
import styles from './activity.module.css';
import { meaningOf, resultOf, sentence, verbOf, whereOf } from './model';

/** One thing that was done: how it ended, as whom, and the command that repeats it. */
export function Details({ one, onClose }: { one: Activity | undefined; onClose: () => void }) {
  const go = useGo();
  const project = one?.project ?? null;
  return (
    <Drawer
      open={one !== undefined} onClose={onClose} title={one === undefined ? '' : `${verbOf(one)} ${one.stack}`} subtitle={one !== undefined && <RelativeTime at={one.at} />}
      foot={project !== null && <Button onClick={() => go.service(project)}>Open the service</Button>}
    >
      {one !== undefined && <Inside one={one} />}
    </Drawer>
  );
}

function Inside({ one }: { one: Activity }) {
  const meaning = meaningOf(one);
  return (
    <>
      <div className={styles.part}>
        <Status {...resultOf(one)} />
        {one.words !== '' && <p className={styles.words}>{sentence(one.words)}</p>}
        {meaning !== null && <p className={styles.quiet}>{meaning}</p>}
      </div>
      <DefinitionList items={[
        { name: one.account === 'sandbox' ? 'Where' : 'Account', value: whereOf(one) }, { name: 'Region', value: one.region }, { name: 'As', value: one.principal },
        { name: 'Began', value: exactTime(one.at) }, { name: 'Took', value: one.millis === null ? 'not known' : <Duration millis={one.millis} /> },
      ]} />
      {one.command !== '' && (
        <div className={styles.part}>
          <h3>The same by command</h3>
          <div className={styles.command}><code>{one.command}</code><CopyButton text={one.command} label="Copy the command" /></div>
        </div>
      )}
      {one.project === null && <p className={styles.quiet}>Its project is not on the list any more: open its folder to see it.</p>}
    </>
  );
}
