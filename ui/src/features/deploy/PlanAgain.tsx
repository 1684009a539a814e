import { useMutation } from '@tanstack/react-query';
import { ListChecksIcon } from 'lucide-react';
import { Button, ErrorPanel } from '@/components';
import { asProblem, useHost, type Place } from '@/bridge';
import { useGo } from '@/lib/place';

/** Works out a new plan for a place and goes there. */
export function usePlanAgain() {
  const host = useHost();
  const go = useGo();
  return useMutation({ mutationFn: (where: Place) => host.plan(where), onSuccess: (task) => go.plan(task.id) });
}

/** The button for it. */
export function PlanAgain({ place, label = 'Plan again', quiet = false }: { place: Place | null; label?: string; quiet?: boolean }) {
  const planning = usePlanAgain();
  if (place === null) return null;
  return (
    <>
      <Button
        variant={quiet ? 'secondary' : 'primary'}
        icon={<ListChecksIcon className="icon" aria-hidden />}
        busy={planning.isPending}
        onClick={() => planning.mutate(place)}
        data-testid="plan-again"
      >
        {label}
      </Button>
      {planning.isError && <ErrorPanel problem={asProblem(planning.error)} />}
    </>
  );
}
