import { CircleCheckIcon } from 'lucide-react';
import { Button, Page } from '@/components';
import { cutMiddle, plural } from '@/lib/words';
import type { TaskView } from '@/bridge';
import { useGo } from '@/lib/place';
import { PlanAgain } from '../PlanAgain';
import type { View } from './model';
import { clock } from './time';
import { Timeline } from './Timeline';
import { placeOf } from './words';
import styles from './Done.module.css';

/** A stack that was taken away, and what was left where it is. */
export function Removed({ task, view, stack, objects, kept }: { task: TaskView; view: View; stack: string; objects: number; kept: string[] }) {
  const go = useGo();
  const left = kept.length === 0 ? 'Nothing of it is left.' : `Left where they are: ${kept.map((one) => cutMiddle(one, 48)).join(', ')}.`;
  const files = objects === 0 ? '' : ` Its bucket was emptied of ${plural(objects, 'object')} first.`;
  return (
    <Page>
      <section className={styles.card} aria-labelledby="gone-title">
        <header className={styles.head}>
          <CircleCheckIcon className={`icon ${styles.sign}`} aria-hidden />
          <h1 id="gone-title" className={styles.title}>{cutMiddle(stack, 60)} is gone</h1>
          <span className={styles.took}>{clock(view.endedAt ?? 0)}, {plural(view.rows.size, 'resource')}</span>
        </header>
        <p className={styles.sentence}>{left}{files} Your files are untouched.</p>
        <div className={styles.ways}>
          <Button variant="primary" onClick={() => go.service(task.project)}>Go to the service</Button>
          <PlanAgain place={placeOf(task)} label="Plan to deploy it again" quiet />
        </div>
      </section>
      {view.rows.size > 0 && <Timeline view={view} now={view.endedAt ?? 0} usual={null} />}
    </Page>
  );
}
