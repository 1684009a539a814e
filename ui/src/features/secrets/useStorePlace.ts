import { useMemo } from 'react';
import { useSearch } from '@tanstack/react-router';
import { useProject, type StorePlace } from '@/bridge';
import { readTarget, usePlace, type Search } from '@/lib/place';

/** Which Parameter Store the address means: the cloud that is looked at, in the Region of the open project. */
export function useStorePlace(): StorePlace {
  const search = useSearch({ strict: false }) as Search;
  const project = useProject(usePlace());
  const region = search.region ?? project.data?.region ?? null;
  return useMemo(() => ({ target: readTarget(search.target), region }), [search.target, region]);
}
