import { useBlocker } from '@tanstack/react-router';
import { FolderOpenIcon } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { asProblem, useProject, useText, type Place } from '@/bridge';
import { Button, EmptyState, ErrorPanel, Page, PageHeader, Skeleton } from '@/components';
import { useBreadcrumb } from '@/lib/frame';
import { useGo, usePlace, useView } from '@/lib/place';
import { Leave } from '@/shared/unsaved';
import { textsOf } from './drafts';

// The editor is large, and most starts of the app do not need it.
const Workbench = lazy(() => import('./Workbench'));

/** The configuration of a project, and the files it reads, as text. */
export function EditorPage() {
  const place = usePlace();
  const go = useGo();
  if (place === null) return <Page narrow><EmptyState icon={<FolderOpenIcon className="icon" aria-hidden />} title="No project is open" text="Open one, or start from an example." actions={<Button onClick={go.home}>Go to the overview</Button>} /></Page>;
  return <><OfPlace key={place.project} place={place} /><Leaving project={place.project} /></>;
}

/** Texts of the project that are not saved stay while its files are looked at; before the page is left they are named. */
function Leaving({ project }: { project: string }) {
  const leaving = useBlocker({ shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && textsOf(project).length > 0, withResolver: true, enableBeforeUnload: false });
  if (leaving.status !== 'blocked') return null;
  return <Leave unsaved={textsOf(project)} how="Leaving now" verb="leave" onGone={leaving.proceed} onStay={leaving.reset} />;
}

function OfPlace({ place }: { place: Place }) {
  const go = useGo();
  const [open] = useView('open');
  const text = useText(place, open ?? null);
  const project = useProject(place);
  useBreadcrumb([{ label: project.data?.service ?? 'Project', project: place.project }, { label: 'Edit' }]);
  if (text.isError && text.data === undefined) {
    return (
      <Page narrow>
        <PageHeader title="The file cannot be edited here" />
        <ErrorPanel problem={asProblem(text.error)} actions={<><Button variant="primary" busy={text.isFetching} onClick={() => void text.refetch()}>Try again</Button><Button onClick={() => go.service(place.project)}>Go to the service</Button></>} testId="editor-failed" />
      </Page>
    );
  }
  if (text.data === undefined) return <Waiting />;
  return (
    <Suspense fallback={<Waiting />}>
      <Workbench key={text.data.file} place={place} file={text.data} />
    </Suspense>
  );
}

function Waiting() {
  return <Page><PageHeader title="Edit" /><Skeleton label="Opening the file" lines={12} /></Page>;
}
