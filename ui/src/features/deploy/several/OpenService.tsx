import { useMutation } from '@tanstack/react-query';
import { ArrowRightIcon } from 'lucide-react';
import { Button, useToast } from '@/components';
import { asProblem, useHost, useRefresh, type Place } from '@/bridge';
import { useGo } from '@/lib/place';

/** The way from one of several services to its own page. */
export function OpenService({ place, name }: { place: Place | null; name: string }) {
  const host = useHost();
  const go = useGo();
  const refresh = useRefresh();
  const tell = useToast();
  const opening = useMutation({
    mutationFn: (where: Place) => host.openService(where, name).then((project) => ({ ...where, project })),
    onSuccess: (found) => { refresh(); go.place(found); },
    onError: (thrown) => tell('danger', asProblem(thrown).title),
  });
  if (place === null) return null;
  return <Button size="small" variant="quiet" icon={<ArrowRightIcon className="icon" aria-hidden />} busy={opening.isPending} onClick={() => opening.mutate(place)} aria-label={`Open ${name}`} data-testid={`open-service-${name}`}>Open</Button>;
}
