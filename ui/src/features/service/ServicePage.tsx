import { useMutation } from '@tanstack/react-query';
import { FolderOpenIcon, ListChecksIcon, PlayIcon, RefreshCwIcon, ScrollTextIcon, SendIcon, Trash2Icon } from 'lucide-react';
import { asProblem, useDeployed, useHost, useProject, type Deployed, type Place, type ProjectView } from '@/bridge';
import { Button, Disclosure, EmptyState, ErrorPanel, FindingView, IconButton, Page, PageHeader, Skeleton, Tabs, useActions, type Tab } from '@/components';
import { useBreadcrumb } from '@/lib/frame';
import { useGo, usePlace, useView } from '@/lib/place';
import { plural } from '@/lib/words';
import { DrawingTab } from './DrawingTab';
import { Endpoints } from './Endpoints';
import { EventsTab } from './EventsTab';
import { FunctionsTab } from './FunctionsTab';
import { OutputsTab } from './OutputsTab';
import { RemoveDialog } from './RemoveDialog';
import { ResourcesTab } from './ResourcesTab';
import styles from './service.module.css';
import { Standing } from './Standing';

type TabId = 'functions' | 'events' | 'resources' | 'outputs' | 'drawing';

/** A service of a project, for a stage, in a cloud: what its files say and what stands. */
export function ServicePage() {
  const place = usePlace();
  const go = useGo();
  if (place === null) return <Page narrow><EmptyState icon={<FolderOpenIcon className="icon" aria-hidden />} title="No project is open" text="Open one, or start from an example." actions={<Button onClick={go.home}>Go to the overview</Button>} /></Page>;
  return <OfPlace key={place.project} place={place} />;
}

function OfPlace({ place }: { place: Place }) {
  const project = useProject(place);
  const go = useGo();
  useBreadcrumb([{ label: 'Services' }, { label: project.data?.service ?? 'Project' }]);
  if (project.isError) {
    return (
      <Page narrow>
        <PageHeader title="This project cannot be read yet" subtitle="Nothing of it was run. Put its files right, then check again." />
        <ErrorPanel problem={asProblem(project.error)} actions={<><Button variant="primary" icon={<RefreshCwIcon className="icon" aria-hidden />} busy={project.isFetching} onClick={() => void project.refetch()} data-testid="check-again">Check again</Button><Button onClick={go.home}>Open another project</Button></>} />
      </Page>
    );
  }
  if (project.data === undefined) return <Page><Skeleton label="Reading the project's files" lines={8} /></Page>;
  return <Whole place={place} project={project.data} />;
}

function Whole({ place, project }: { place: Place; project: ProjectView }) {
  const host = useHost();
  const go = useGo();
  const deployed = useDeployed(place);
  const [tab, setTab] = useView('tab');
  const [open, setOpen] = useView('open');
  const planning = useMutation({ mutationFn: () => host.plan(place), onSuccess: (task) => go.plan(task.id) });
  const stands = deployed.data !== undefined && deployed.data.resources.length > 0;
  const first = project.functions[0]?.key;
  const notDeployed = stands ? undefined : 'Deploy it first';
  useActions([
    { id: 'plan', label: `Plan ${project.service} for ${project.stage}`, keys: 'p', group: 'Service', run: () => planning.mutate() },
    { id: 'service-invoke', label: `Invoke ${first ?? 'a function'}`, keys: 'i', group: 'Service', reason: first === undefined ? 'It has no function' : notDeployed, run: () => { if (first !== undefined) go.invoke(place.project, first); } },
    { id: 'service-logs', label: 'Follow the logs', keys: 'l', group: 'Service', reason: notDeployed, run: () => go.logs(place.project) },
    { id: 'service-refresh', label: 'Look again how it stands', keys: 'r', group: 'Service', run: () => void deployed.refetch() },
    { id: 'service-remove', label: `Remove ${project.stack}`, group: 'Service', reason: notDeployed, run: () => setOpen('remove') },
  ]);
  const tabs: Tab<TabId>[] = [
    { id: 'functions', label: 'Functions', count: project.functions.length }, { id: 'events', label: 'Events', count: project.functions.reduce((sum, one) => sum + one.events.length, 0) },
    { id: 'resources', label: 'Resources', count: project.resources.length }, { id: 'outputs', label: 'Outputs', count: deployed.data?.outputs.length ?? project.outputs.length }, { id: 'drawing', label: 'Drawing' },
  ];
  const shown = tabs.some((one) => one.id === tab) ? (tab as TabId) : 'functions';
  return (
    <Page>
      <PageHeader
        title={project.service}
        marks={<code className={styles.file}>{project.config}</code>}
        subtitle={<Standing project={project} deployed={deployed.data} problem={deployed.isError ? asProblem(deployed.error) : null} onAgain={() => void deployed.refetch()} />}
        actions={<>
          {stands && <IconButton label={`Remove ${project.stack}`} icon={<Trash2Icon className="icon" aria-hidden />} onClick={() => setOpen('remove')} data-testid="remove" />}
          {stands && <Button icon={<ScrollTextIcon className="icon" aria-hidden />} onClick={() => go.logs(place.project)}>Logs</Button>}
          {stands && deployed.data.endpoints.length > 0 && <Button icon={<SendIcon className="icon" aria-hidden />} onClick={() => go.http(place.project)}>HTTP</Button>}
          {stands && first !== undefined && <Button icon={<PlayIcon className="icon" aria-hidden />} onClick={() => go.invoke(place.project, first)} data-testid="service-invoke">Invoke</Button>}
          <Button variant="primary" icon={<ListChecksIcon className="icon" aria-hidden />} busy={planning.isPending} onClick={() => planning.mutate()} data-testid="plan-button">Plan</Button>
        </>}
      />
      {planning.error !== null && <ErrorPanel problem={asProblem(planning.error)} />}
      {deployed.data !== undefined && deployed.data.endpoints.length > 0 && <Endpoints place={place} endpoints={deployed.data.endpoints} />}
      {project.findings.length > 0 && <Disclosure summary={`${plural(project.findings.length, 'thing')} worth knowing about ${project.config}`}><div className={styles.findings}>{project.findings.map((finding, index) => <FindingView key={index} finding={finding} />)}</div></Disclosure>}
      <Tabs label="Service" tabs={tabs} value={shown} onChange={(next) => setTab(next)}>
        <Body tab={shown} place={place} project={project} deployed={deployed.data} open={open} onOpen={setOpen} />
      </Tabs>
      <RemoveDialog place={place} open={open === 'remove'} stack={project.stack} onClose={() => setOpen(undefined)} />
    </Page>
  );
}

function Body({ tab, place, project, deployed, open, onOpen }: { tab: TabId; place: Place; project: ProjectView; deployed: Deployed | undefined; open: string | undefined; onOpen: (id: string | undefined) => void }) {
  switch (tab) {
    case 'functions': return <FunctionsTab place={place} project={project} deployed={deployed} open={open} onOpen={onOpen} />;
    case 'events': return <EventsTab project={project} />;
    case 'resources': return <ResourcesTab project={project} deployed={deployed} />;
    case 'outputs': return <OutputsTab project={project} deployed={deployed} />;
    case 'drawing': return <DrawingTab drawing={project.drawing} />;
  }
}
