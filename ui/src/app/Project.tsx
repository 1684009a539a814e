import { holdsSeveral, useProject } from '@/bridge';
import { ServicePage } from '@/features/service';
import { SeveralPage } from '@/features/several';
import { usePlace } from '@/lib/place';

/** What is open: one service, or a folder that holds several. */
export function ProjectPage() {
  const place = usePlace();
  const project = useProject(place);
  return place !== null && holdsSeveral(project) ? <SeveralPage key={place.project} place={place} /> : <ServicePage />;
}
