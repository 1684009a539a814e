import { BoxesIcon, FileCodeIcon, FolderOpenIcon, PencilIcon } from 'lucide-react';
import { asProblem, useOutline, type Outline, type Place } from '@/bridge';
import { Button, EmptyState, ErrorPanel, Page, PageHeader, Skeleton } from '@/components';
import { useBreadcrumb } from '@/lib/frame';
import { useGo, usePlace, useView } from '@/lib/place';
import { consentOf, ConsentPage } from '@/shared/consent';
import { FormPane } from './FormPane';
import { readTarget, writeTarget, type Target } from './model';
import { Parts } from './Parts';
import styles from './forms.module.css';

/** The configuration as forms: what it has, and one part of it to fill in. */
export function FormsPage() {
  const place = usePlace();
  const go = useGo();
  if (place === null) return <Page narrow><EmptyState icon={<FolderOpenIcon className="icon" aria-hidden />} title="No project is open" text="Open one, or start from an example." actions={<Button onClick={go.home}>Go to the overview</Button>} /></Page>;
  return <OfPlace key={place.project} place={place} />;
}

function OfPlace({ place }: { place: Place }) {
  const outline = useOutline(place);
  const go = useGo();
  useBreadcrumb([{ label: 'Service', project: place.project }, { label: 'Edit by form' }]);
  const asked = consentOf(outline.error);
  if (asked.length > 0) return <ConsentPage place={place} programs={asked} onAgain={() => void outline.refetch()} onNotNow={() => go.service(place.project)} />;
  if (outline.isError) {
    return (
      <Page narrow>
        <PageHeader title="The configuration cannot be edited by form yet" subtitle="Nothing was changed. Put the file right as text, then look again." />
        <ErrorPanel problem={asProblem(outline.error)} actions={<><Button variant="primary" onClick={() => go.editor(place.project)} data-testid="broken-to-text">Edit as text</Button><Button onClick={() => void outline.refetch()} data-testid="look-again">Look again</Button></>} />
      </Page>
    );
  }
  if (outline.data === undefined) return <Page><PageHeader title="Edit by form" /><Skeleton label="Reading the configuration" lines={10} /></Page>;
  return <Filled place={place} outline={outline.data} />;
}

function Filled({ place, outline }: { place: Place; outline: Outline }) {
  const go = useGo();
  const [open, setOpen] = useView('open');
  const target = readTarget(open);
  const choose = (next: Target | null) => setOpen(next === null ? undefined : writeTarget(next));
  return (
    <Page>
      <PageHeader
        title="Edit by form"
        subtitle={<>Only the lines that you change are written in <code>{outline.config}</code>: comments, order and the rest stay.</>}
        actions={<>
          <Button icon={<FileCodeIcon className="icon" aria-hidden />} onClick={() => go.editor(place.project)} data-testid="to-text">Edit as text</Button>
          <Button icon={<BoxesIcon className="icon" aria-hidden />} onClick={() => go.service(place.project)} data-testid="to-service">Back to the service</Button>
        </>}
      />
      <div className={styles.columns}>
        <Parts outline={outline} target={target} onChoose={choose} />
        <div className={styles.form}>
          {target === null
            ? <EmptyState icon={<PencilIcon className="icon" aria-hidden />} title="Choose what to edit" text="A function, an event, the environment, a permission or a resource; or add one." />
            : <FormPane key={open} place={place} outline={outline} target={target} onDone={choose} />}
        </div>
      </div>
    </Page>
  );
}
