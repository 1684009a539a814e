import { useMutation } from '@tanstack/react-query';
import { ListChecksIcon } from 'lucide-react';
import { Button, ErrorPanel } from '@/components';
import { asProblem, useHost, type Place } from '@/bridge';
import { useGo } from '@/lib/place';

/** Works out a new plan for all services of the folder and goes there. */
export function PlanAllAgain({ place, label = 'Plan all again', quiet = false }: { place: Place | null; label?: string; quiet?: boolean }) {
  const host = useHost();
  const go = useGo();
  const planning = useMutation({ mutationFn: (where: Place) => host.planSeveral(where), onSuccess: (task) => go.plan(task.id) });
  if (place === null) return null;
  return (
    <>
      <Button variant={quiet ? 'secondary' : 'primary'} icon={<ListChecksIcon className="icon" aria-hidden />} busy={planning.isPending} onClick={() => planning.mutate(place)} data-testid="plan-all-again">{label}</Button>
      {planning.isError && <ErrorPanel problem={asProblem(planning.error)} />}
    </>
  );
}
