import { ListXIcon } from 'lucide-react';
import { Button, EmptyState, Page, PageHeader } from '@/components';
import type { Place, TaskView } from '@/bridge';
import { useGo } from '@/lib/place';
import { PlanAllAgain } from './PlanAllAgain';

/** A plan of several services that cannot be executed any more, and the way on. */
export function SeveralGone({ name, place, why, executed }: { name: string; place: Place | null; why: string; executed?: TaskView }) {
  const go = useGo();
  return (
    <Page>
      <PageHeader title={`Plan for ${name}`} />
      <EmptyState
        icon={<ListXIcon className="icon" aria-hidden />}
        title={executed === undefined ? 'This plan is gone' : 'This plan was executed'}
        text={`${why} Plan all again to see what there is to do now.`}
        actions={<>{executed !== undefined && <Button variant="primary" onClick={() => go.task(executed.id)}>See what came of it</Button>}<PlanAllAgain place={place} quiet={executed !== undefined} /></>}
      />
    </Page>
  );
}
