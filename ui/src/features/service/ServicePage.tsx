import { FolderOpenIcon, PencilIcon, RefreshCwIcon } from 'lucide-react';
import { asProblem, useProject, type Place } from '@/bridge';
import { Button, EmptyState, ErrorPanel, Page, PageHeader, useActions } from '@/components';
import { useBreadcrumb } from '@/lib/frame';
import { useGo, usePlace } from '@/lib/place';
import { consentOf, ConsentPage } from '@/shared/consent';
import { AsksAws, hasToDoWithAws, useAskAws } from './AsksAws';
import { Bones } from './Bones';
import { Service } from './Service';

/** A service of a project, for a stage, in a cloud: what its files say and what stands. */
export function ServicePage() {
  const place = usePlace();
  const go = useGo();
  if (place === null) return <Page narrow><EmptyState icon={<FolderOpenIcon className="icon" aria-hidden />} title="No project is open" text="Open one, or start from an example." actions={<Button onClick={go.home}>Go to the overview</Button>} /></Page>;
  return <OfPlace key={place.project} place={place} />;
}

function OfPlace({ place }: { place: Place }) {
  const project = useProject(place);
  const around = project.data?.within ?? null;
  useBreadcrumb([...(around === null ? [] : [{ label: around.name, project: around.project }]), { label: project.data?.service ?? 'Project' }]);
  if (project.isError && asProblem(project.error).code === 'CLOUD_NOT_ASKED') return <AsksAws place={place} problem={asProblem(project.error)} />;
  if (consentOf(project.error).length > 0) return <ConsentPage place={place} programs={consentOf(project.error)} onAgain={() => void project.refetch()} />;
  if (project.isError) return <Broken place={place} thrown={project.error} isChecking={project.isFetching} onAgain={() => void project.refetch()} />;
  if (project.data === undefined) return <Bones />;
  return <Service place={place} project={project.data} />;
}

/** The files do not add up: what is wrong in them, and nothing else. */
function Broken({ place, thrown, isChecking, onAgain }: { place: Place; thrown: unknown; isChecking: boolean; onAgain: () => void }) {
  const go = useGo();
  const problem = asProblem(thrown);
  const asking = useAskAws(place);
  useActions([{ id: 'check-again', label: 'Check the files again', keys: 'r', group: 'Service', run: onAgain }]);
  return (
    <Page narrow>
      <PageHeader title="This project cannot be read yet" subtitle="Nothing of it was run, and nothing that stands was touched. Put its files right, then check again." />
      <ErrorPanel
        problem={problem}
        actions={<>{hasToDoWithAws(problem) && <Button busy={asking.isPending} onClick={() => asking.mutate()} data-testid="ask-again">Ask AWS again</Button>}<Button variant="primary" icon={<RefreshCwIcon className="icon" aria-hidden />} busy={isChecking} onClick={onAgain} data-testid="check-again">Check again</Button><Button icon={<PencilIcon className="icon" aria-hidden />} onClick={() => go.editor(place.project)} data-testid="edit-broken">Edit the file</Button><Button onClick={go.home}>Open another project</Button></>}
      />
    </Page>
  );
}
