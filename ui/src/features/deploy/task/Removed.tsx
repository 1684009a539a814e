import { CircleCheckIcon } from 'lucide-react';
import { Button, EmptyState, Page, PageHeader } from '@/components';
import { cutMiddle, plural } from '@/lib/words';
import type { TaskView } from '@/bridge';
import { useGo } from '@/lib/place';
import { PlanAgain } from '../PlanAgain';
import type { View } from './model';
import { clock } from './time';
import { Timeline } from './Timeline';
import { placeOf } from './words';

/** A stack that was taken away, and what was left where it is. */
export function Removed({ task, view, stack, objects, kept }: { task: TaskView; view: View; stack: string; objects: number; kept: string[] }) {
  const go = useGo();
  const left = kept.length === 0 ? 'Nothing of it is left.' : `Left where they are: ${kept.map((one) => cutMiddle(one, 48)).join(', ')}.`;
  const files = objects === 0 ? '' : ` Its bucket was emptied of ${plural(objects, 'object')} first.`;
  return (
    <Page>
      <PageHeader title={`${stack} is gone`} subtitle={`${clock(view.endedAt ?? 0)}, ${plural([...view.rows.values()].length, 'resource')}`} />
      <EmptyState
        icon={<CircleCheckIcon className="icon" aria-hidden />}
        title={`${cutMiddle(stack, 60)} was removed`}
        text={`${left}${files} Your files are untouched.`}
        actions={
          <>
            <Button variant="primary" onClick={() => go.service(task.project)}>Go to the service</Button>
            <PlanAgain place={placeOf(task)} label="Plan to deploy it again" quiet />
          </>
        }
      />
      {view.rows.size > 0 && <Timeline view={view} now={view.endedAt ?? 0} usual={null} />}
    </Page>
  );
}
