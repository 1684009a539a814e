import { PencilIcon } from 'lucide-react';
import type { Member } from '@/bridge';
import { Button, MarkIcon } from '@/components';
import { cutMiddle, plural } from '@/lib/words';
import { isBroken } from './model';
import styles from './several.module.css';

/** So many are told one by one. */
const MOST = 4;

/** Services whose files do not add up: what is wrong first, and the way there. The others are shown all the same. */
export function Broken({ members, onOpen }: { members: Member[]; onOpen: (name: string) => void }) {
  const broken = members.filter(isBroken);
  if (broken.length === 0) return null;
  return (
    <section className={styles.broken} role="alert" aria-label="Services that cannot be read" data-testid="several-broken">
      <h2>{broken.length === members.length ? 'None of them can be read yet' : `${plural(broken.length, 'service')} cannot be read yet. The ${members.length - broken.length === 1 ? 'other one is' : 'others are'} shown all the same.`}</h2>
      <ul>
        {broken.slice(0, MOST).map((member) => {
          const problem = member.problem;
          const first = problem?.findings.find((one) => one.isError);
          const place = first?.place ?? null;
          return (
            <li key={member.name} className={styles.fault}>
              <MarkIcon mark={problem?.code === 'CONSENT_NEEDED' ? 'warn' : 'danger'} />
              <div className={styles.told}>
                <b title={member.name}>{cutMiddle(member.name, 60)}</b> {place !== null && <code className={styles.quiet}>{member.path}/{place.file}:{place.line}</code>}
                <p>{first?.message ?? problem?.title}</p>
                {first?.hint != null && <p className={styles.quiet}>{first.hint}</p>}
              </div>
              <Button size="small" icon={<PencilIcon className="icon" aria-hidden />} onClick={() => onOpen(member.name)}>Open it</Button>
            </li>
          );
        })}
      </ul>
      {broken.length > MOST && <p className={styles.quiet}>And {broken.length - MOST} more, marked in the table.</p>}
    </section>
  );
}
