import { CompassIcon } from 'lucide-react';
import { Button, EmptyState, ErrorPanel, Page, PageHeader, Skeleton } from '@/components';
import { asProblem, useDeployed, useProject, type Place, type ProjectView } from '@/bridge';
import { useBreadcrumb } from '@/lib/frame';
import { useGo, usePlace, useView } from '@/lib/place';
import { consentOf, ConsentPage } from '@/shared/consent';
import { HttpConsole } from './HttpConsole';
import { Stands } from './Stands';

/** Calls an endpoint over HTTP. */
export function HttpPage() {
  const place = usePlace();
  const project = useProject(place);
  if (place === null) return null;
  if (project.isPending) return <Page><PageHeader title="Call an endpoint" /><Skeleton label="Loading the endpoints" lines={8} /></Page>;
  const asked = consentOf(project.error);
  if (asked.length > 0) return <ConsentPage place={place} programs={asked} onAgain={() => void project.refetch()} />;
  if (project.isError) {
    return <Page><PageHeader title="Call an endpoint" /><ErrorPanel problem={asProblem(project.error)} actions={<Button onClick={() => void project.refetch()}>Check again</Button>} /></Page>;
  }
  const here = { ...place, stage: project.data.stage };
  return <Endpoints place={here} project={project.data} />;
}

function Endpoints({ place, project }: { place: Place; project: ProjectView }) {
  const { service, stack } = project;
  const go = useGo();
  const deployed = useDeployed(place);
  const [endpoint, choose] = useView('endpoint');
  useBreadcrumb([{ label: service, project: place.project }, { label: 'Call an endpoint' }]);
  if (deployed.isPending) return <Page><PageHeader title="Call an endpoint" /><Skeleton label="Looking where it answers" lines={8} /></Page>;
  const endpoints = deployed.data?.endpoints ?? [];
  if (endpoints.length > 0) {
    const found = endpoints.find((one) => one.id === endpoint) ?? endpoints[0];
    if (found !== undefined) {
      return <HttpConsole key={`${found.id} ${found.url}`} place={place} project={project} endpoints={endpoints} endpoint={found} onChoose={choose} />;
    }
  }
  const isLive = deployed.data?.standing === 'live' || deployed.data?.standing === 'rolledBack';
  return (
    <Page>
      <PageHeader title="Call an endpoint" subtitle={`${service}, ${place.stage ?? 'its stage'}`} />
      <Stands place={place} />
      <EmptyState
        icon={<CompassIcon className="icon" aria-hidden />}
        title={isLive ? `${service} has no endpoint` : 'No endpoint is known'}
        text={isLive ? `Nothing in ${stack} is called over HTTP. Its functions can be invoked.` : 'An endpoint has its address once it is deployed.'}
        actions={<Button variant="primary" onClick={() => go.service(place.project)}>Go to {service}</Button>}
      />
    </Page>
  );
}
