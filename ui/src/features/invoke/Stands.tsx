import { Banner, Button } from '@/components';
import { asProblem, useDeployed, useHost, type Place } from '@/bridge';
import { useGo } from '@/lib/place';
import { useMutation } from '@tanstack/react-query';

/** What keeps a call from being answered: nothing stands there, or nobody knows. Nothing is shown when all is well. */
export function Stands({ place }: { place: Place }) {
  const host = useHost();
  const go = useGo();
  const deployed = useDeployed(place);
  const planning = useMutation({ mutationFn: () => host.plan(place), onSuccess: (task) => go.plan(task.id) });
  const stage = place.stage ?? 'This stage';
  if (deployed.isError) {
    return (
      <Banner tone="warn" title={`How ${stage} stands is not known`} actions={<Button size="small" onClick={() => void deployed.refetch()}>Look again</Button>}>
        {asProblem(deployed.error).title}. You can call all the same.
      </Banner>
    );
  }
  switch (deployed.data?.standing) {
    case 'absent':
      return (
        <Banner tone="warn" title={`${stage} is not deployed`} actions={<Button size="small" busy={planning.isPending} onClick={() => planning.mutate()}>Plan</Button>}>
          There is nothing to call yet.
        </Banner>
      );
    case 'unknown':
      return <Banner tone="warn" title="The sandbox is stopped" actions={<Button size="small" onClick={() => go.sandbox()}>Start the sandbox</Button>}>What stands in it is not known until it runs. A call starts it.</Banner>;
    case 'busy':
      return <Banner tone="accent" title="A change is under way">Until it is over, the answer may come from the old code or the new.</Banner>;
    default:
      return null;
  }
}
