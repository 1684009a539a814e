import type { RecentProject } from '@/bridge';
import { Button, Dialog, Middle } from '@/components';
import { useGo } from '@/lib/place';
import styles from './accounts.module.css';

/** Which project is opened with a profile. */
export function Choose({ profile, recent, onClose }: { profile: string | null; recent: RecentProject[]; onClose: () => void }) {
  const go = useGo();
  return (
    <Dialog open={profile !== null} onClose={onClose} title={`Use ${profile ?? ''} for a project`} actions={<Button onClick={onClose}>Use it for none</Button>}>
      <p className={styles.quiet}>The project opens and looks at how its stage stands there. Nothing is changed.</p>
      <ul className={styles.choices}>
        {recent.map((one) => (
          <li key={one.id}>
            <button type="button" className={styles.choice} onClick={() => { if (profile !== null) go.place({ project: one.id, stage: one.stage, target: { kind: 'account', profile } }); }} data-testid={`choose-${one.id}`}>
              <b><Middle text={one.name} max={36} /></b><code className={styles.quiet} title={one.folder}><Middle text={one.folder} max={48} /></code>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
