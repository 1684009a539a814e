import { ListXIcon } from 'lucide-react';
import { Button, EmptyState, Page, PageHeader } from '@/components';
import type { PlanView, TaskView } from '@/bridge';
import { useBreadcrumb } from '@/lib/frame';
import { useGo, usePlace } from '@/lib/place';
import { PlanAgain } from '../PlanAgain';

/** A plan that cannot be executed any more, and the way on. */
export function Gone({ why, plan, executed }: { why: string; plan?: PlanView; executed?: TaskView }) {
  useBreadcrumb([{ label: 'Plan' }]);
  const go = useGo();
  const here = usePlace();
  const place = plan === undefined ? here : { project: plan.project, stage: plan.stage, target: plan.target };
  const title = executed === undefined ? 'This plan is gone' : 'This plan was executed';
  return (
    <Page>
      <PageHeader title={plan === undefined ? 'Plan' : `Plan for ${plan.service} in ${plan.stage}`} />
      <EmptyState
        icon={<ListXIcon className="icon" aria-hidden />}
        title={title}
        text={`${why} Plan again to see what there is to do now.`}
        actions={
          <>
            {executed !== undefined && (
              <Button variant="primary" onClick={() => go.task(executed.id)}>See what came of it</Button>
            )}
            <PlanAgain place={place} quiet={executed !== undefined} />
          </>
        }
      />
    </Page>
  );
}
