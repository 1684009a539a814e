import { useMutation } from '@tanstack/react-query';
import { BoxIcon, ListChecksIcon, ListPlusIcon, LockIcon, PencilIcon, PlayIcon, ScrollTextIcon, SendIcon } from 'lucide-react';
import { useEffect } from 'react';
import { asProblem, useDeployed, useHost, type Deployed, type Place, type ProjectView } from '@/bridge';
import { Badge, Button, Disclosure, ErrorPanel, FindingView, Page, PageHeader, Tabs, useActions, type Tab } from '@/components';
import { useGo, useView } from '@/lib/place';
import { plural } from '@/lib/words';
import { WasAsked } from './AsksAws';
import { DrawingTab } from './DrawingTab';
import { Endpoints } from './Endpoints';
import { EventsTab } from './EventsTab';
import { FirstDeploy } from './FirstDeploy';
import { FunctionsTab } from './FunctionsTab';
import { Lately } from './Lately';
import { eventRows, joined, REMOVING, stands } from './model';
import { More } from './More';
import { Notices } from './Notices';
import { OutputsTab } from './OutputsTab';
import { RemoveDialog } from './RemoveDialog';
import { ResourcesTab } from './ResourcesTab';
import styles from './service.module.css';
import { Standing } from './Standing';

type TabId = 'functions' | 'events' | 'resources' | 'outputs' | 'drawing';
/** How often a stack that is being changed elsewhere is looked at. */
const WHILE_BUSY = 4000;

interface Props { place: Place; project: ProjectView }

/** The files are right: what they say, what stands, and what can be done. */
export function Service({ place, project }: Props) {
  const host = useHost();
  const go = useGo();
  const deployed = useDeployed(place);
  const { data, refetch } = deployed;
  const [tab, setTab] = useView('tab');
  const [open, setOpen] = useView('open');
  const planning = useMutation({ mutationFn: (how: 'usual' | 'withoutFiles' | 'packaged') => (how === 'packaged' ? host.planPackage(place) : host.plan(place, how === 'withoutFiles')), onSuccess: (task) => { if (task !== null) go.plan(task.id); } });
  const problem = deployed.isError ? asProblem(deployed.error) : null;
  const look = () => void refetch();
  const live = stands(data);
  const busy = data?.standing === 'busy';
  useEffect(() => {
    if (!busy) return;
    const timer = setInterval(() => void refetch(), WHILE_BUSY);
    return () => clearInterval(timer);
  }, [busy, refetch]);
  const first = project.functions[0]?.key;
  const notDeployed = live ? undefined : 'Nothing stands there';
  useActions([
    { id: 'plan', label: `Plan ${project.service} for ${project.stage}`, keys: 'p', group: 'Service', run: () => planning.mutate('usual') },
    { id: 'plan-package', label: 'Plan what was packaged before', group: 'Service', run: () => planning.mutate('packaged') },
    { id: 'plan-no-sync', label: 'Plan without files for buckets, this once', group: 'Service', run: () => planning.mutate('withoutFiles') },
    { id: 'service-invoke', label: `Invoke ${first ?? 'a function'}`, keys: 'i', group: 'Service', reason: first === undefined ? 'It has no function' : notDeployed, run: () => { if (first !== undefined) go.invoke(place.project, first); } },
    { id: 'service-http', label: 'Call an endpoint', keys: 'h', group: 'Service', reason: notDeployed, run: () => go.http(place.project) },
    { id: 'service-logs', label: 'Follow the logs', keys: 'l', group: 'Service', reason: notDeployed, run: () => go.logs(place.project) },
    { id: 'service-forms', label: 'Edit functions, events and more by form', keys: 'f', group: 'Service', run: () => go.forms(place.project) },
    { id: 'service-sizes', label: 'Show how large the archives are', group: 'Service', run: () => go.sizes(place.project) },
    { id: 'service-edit', label: `Edit ${project.config}`, keys: 'e', group: 'Service', run: () => go.editor(place.project) },
    { id: 'service-refresh', label: 'Look again how it stands', keys: 'r', group: 'Service', run: look },
    ...tabsOf(project, data).map((one) => ({ id: `tab-${one.id}`, label: `Show ${one.label.toLowerCase()}`, group: 'Service', run: () => setTab(one.id) })),
    { id: 'service-remove', label: `Remove ${project.stack}`, group: 'Service', reason: notDeployed, run: () => setOpen(REMOVING) },
  ]);
  const tabs = tabsOf(project, data);
  const shown = tabs.find((one) => one.id === tab)?.id ?? 'functions';
  return (
    <Page>
      <PageHeader
        title={project.service}
        marks={<StageMark project={project} />}
        subtitle={<Standing project={project} deployed={data} isStale={problem !== null} isLooking={deployed.isFetching} onAgain={look} />}
        actions={<>
          <Button icon={<ListPlusIcon className="icon" aria-hidden />} onClick={() => go.forms(place.project)} data-testid="service-forms">Forms</Button>
          <Button icon={<PencilIcon className="icon" aria-hidden />} onClick={() => go.editor(place.project)} data-testid="service-edit">Edit</Button>
          <More stack={project.stack} onSizes={() => go.sizes(place.project)} onPlanPackage={() => planning.mutate('packaged')} onPlanWithoutFiles={() => planning.mutate('withoutFiles')} canRemove={live} onRemove={() => setOpen(REMOVING)} />
          {live && <Button icon={<ScrollTextIcon className="icon" aria-hidden />} onClick={() => go.logs(place.project)} data-testid="service-logs">Logs</Button>}
          {live && data !== undefined && data.endpoints.length > 0 && <Button icon={<SendIcon className="icon" aria-hidden />} onClick={() => go.http(place.project)} data-testid="service-http">HTTP</Button>}
          {live && first !== undefined && <Button icon={<PlayIcon className="icon" aria-hidden />} onClick={() => go.invoke(place.project, first)} data-testid="service-invoke">Invoke</Button>}
          <Button variant="primary" icon={<ListChecksIcon className="icon" aria-hidden />} busy={planning.isPending} onClick={() => planning.mutate('usual')} data-testid="plan-button">Plan</Button>
        </>}
      />
      {planning.error !== null && <ErrorPanel problem={asProblem(planning.error)} actions={<Button onClick={() => planning.mutate('usual')}>Plan again</Button>} testId="not-planned" />}
      <Notices project={project} deployed={data} problem={problem} isLooking={deployed.isFetching} onAgain={look} />
      {data !== undefined && data.endpoints.length > 0 && <Endpoints place={place} endpoints={data.endpoints} />}
      {project.asked.length > 0 && <WasAsked place={place} project={project} />}
      {project.findings.length > 0 && <Disclosure summary={`${plural(project.findings.length, 'thing')} worth knowing about ${project.config}`}><div className={styles.findings}>{project.findings.map((finding, index) => <FindingView key={index} finding={finding} />)}</div></Disclosure>}
      <Tabs label="Service" tabs={tabs} value={shown} onChange={(next) => setTab(next)}>
        <Body tab={shown} place={place} project={project} deployed={data} open={open} onOpen={setOpen} onFunction={(key) => go.here({ tab: 'functions', open: key })} />
      </Tabs>
      <RemoveDialog place={place} open={open === REMOVING} stack={project.stack} onClose={() => setOpen(undefined)} />
    </Page>
  );
}

function tabsOf(project: ProjectView, deployed: Deployed | undefined): Tab<TabId>[] {
  return [
    { id: 'functions', label: 'Functions', count: project.functions.length }, { id: 'events', label: 'Events', count: eventRows(project).length },
    { id: 'resources', label: 'Resources', count: joined(project, deployed).length }, { id: 'outputs', label: 'Outputs', count: (deployed?.outputs.length ?? 0) > 0 ? (deployed?.outputs.length ?? 0) : project.outputs.length },
    { id: 'drawing', label: 'Drawing' },
  ];
}

/** Which copy it is: production never looks like the others. */
function StageMark({ project }: { project: ProjectView }) {
  return (
    <>
      {project.production
        ? <Badge tone="production" icon={<LockIcon aria-hidden />}>{project.stage}</Badge>
        : <Badge tone={project.target.kind === 'sandbox' ? 'sandbox' : 'quiet'} icon={project.target.kind === 'sandbox' ? <BoxIcon aria-hidden /> : undefined}>{project.stage}</Badge>}
      <code className={styles.file} title={`${project.folder}/${project.config}`}>{project.config}</code>
    </>
  );
}

function Body({ tab, place, project, deployed, open, onOpen, onFunction }: Props & { tab: TabId; deployed: Deployed | undefined; open: string | undefined; onOpen: (id: string | undefined) => void; onFunction: (key: string) => void }) {
  switch (tab) {
    case 'functions': return (
      <>
        <FunctionsTab place={place} project={project} deployed={deployed} open={open} onOpen={onOpen} />
        {deployed?.standing === 'absent' && <FirstDeploy project={project} onFunction={onFunction} />}
        <Lately project={project} />
      </>
    );
    case 'events': return <EventsTab project={project} onOpen={onFunction} />;
    case 'resources': return <ResourcesTab project={project} deployed={deployed} />;
    case 'outputs': return <OutputsTab project={project} deployed={deployed} />;
    case 'drawing': return <DrawingTab place={place} drawing={project.drawing} onFunction={onFunction} />;
  }
}
