import { CompassIcon } from 'lucide-react';
import { asProblem } from '@/bridge';
import { Button, EmptyState, ErrorPanel, Page } from '@/components';
import { useGo } from '@/lib/place';

export function NotFound() {
  const go = useGo();
  return (
    <Page narrow>
      <EmptyState icon={<CompassIcon className="icon" aria-hidden />} title="There is no such page" text="The address may be from another version." actions={<Button onClick={go.home}>Go to the overview</Button>} />
    </Page>
  );
}

/** A page that failed to be drawn: the frame stays, and what runs goes on. */
export function PageFailed({ error }: { error: unknown }) {
  const go = useGo();
  return (
    <Page narrow>
      <ErrorPanel problem={{ ...asProblem(error), title: 'this page could not be drawn' }} actions={<Button onClick={go.home}>Go to the overview</Button>} />
    </Page>
  );
}
