import { useMutation } from '@tanstack/react-query';
import { BoxIcon, ListChecksIcon, LockIcon, RefreshCwIcon, Trash2Icon } from 'lucide-react';
import { useMemo } from 'react';
import { asProblem, useHost, useRefresh, useSeveral, useSeveralStanding, type MemberStanding, type Place, type SeveralView } from '@/bridge';
import { Badge, Button, ErrorPanel, IconButton, Page, PageHeader, Skeleton, Status, useActions } from '@/components';
import { useBreadcrumb } from '@/lib/frame';
import { useGo } from '@/lib/place';
import { cutMiddle, plural } from '@/lib/words';
import { Broken } from './Broken';
import { orderWords, stands, standWords, stateOf } from './model';
import { SeveralDrawing } from './SeveralDrawing';
import { SeveralTable } from './SeveralTable';
import styles from './several.module.css';

/** A folder that holds several services: which there are, which waits for which, how they stand. */
export function SeveralPage({ place }: { place: Place }) {
  const several = useSeveral(place);
  useBreadcrumb([{ label: several.data?.name ?? 'Services' }]);
  if (several.isError) return <NotFound thrown={several.error} isChecking={several.isFetching} onAgain={() => void several.refetch()} />;
  if (several.data === undefined) return <Page><PageHeader title="Services" /><Skeleton label="Reading the services of the folder" lines={8} /></Page>;
  return <Several place={place} view={several.data} />;
}

/** What says which services there are is wrong: nothing else can be told. */
function NotFound({ thrown, isChecking, onAgain }: { thrown: unknown; isChecking: boolean; onAgain: () => void }) {
  const go = useGo();
  useActions([{ id: 'check-again', label: 'Check the folder again', keys: 'r', group: 'Services', run: onAgain }]);
  return (
    <Page narrow>
      <PageHeader title="The services of this folder cannot be told" subtitle="Nothing of them was run, and nothing that stands was touched." />
      <ErrorPanel problem={asProblem(thrown)} actions={<><Button variant="primary" icon={<RefreshCwIcon className="icon" aria-hidden />} busy={isChecking} onClick={onAgain} data-testid="check-again">Check again</Button><Button onClick={go.home}>Open another project</Button></>} />
    </Page>
  );
}

function Several({ place, view }: { place: Place; view: SeveralView }) {
  const host = useHost();
  const go = useGo();
  const refresh = useRefresh();
  const standing = useSeveralStanding(place);
  const opening = useMutation({ mutationFn: (name: string) => host.openService(place, name), onSuccess: (project) => { refresh(); go.place({ ...place, project }); } });
  const planning = useMutation({ mutationFn: () => host.planSeveral(place), onSuccess: (task) => go.plan(task.id) });
  const removing = useMutation({ mutationFn: () => host.planRemovalOfSeveral(place), onSuccess: (task) => go.plan(task.id) });
  const { refetch } = standing;
  const look = () => { refresh(); void refetch(); };
  const all = plural(view.services.length, 'service');
  const nothing = stands(standing.data) ? undefined : 'Nothing stands there';
  useActions([
    { id: 'plan-all', label: `Plan all ${all} for ${view.stage}`, keys: 'p', group: 'Services', run: () => planning.mutate() },
    { id: 'several-refresh', label: 'Look again how they stand', keys: 'r', group: 'Services', run: look },
    { id: 'remove-all', label: `Remove all ${all} from ${view.stage}`, group: 'Services', reason: nothing, run: () => removing.mutate() },
    ...view.services.map((one) => ({ id: `open-service-${one.name}`, label: `Open the service ${one.name}`, group: 'Services', run: () => opening.mutate(one.name) })),
  ]);
  const states = useMemo(() => new Map(view.services.map((one) => [one.name, stateOf(one, standing.data?.find(({ service }) => service === one.name), standing.isFetching)])), [view, standing.data, standing.isFetching]);
  const failed = opening.error ?? planning.error ?? removing.error;
  const open = (name: string) => opening.mutate(name);
  const hasOrder = view.services.some((one) => one.needs.length > 0);
  return (
    <Page>
      <PageHeader
        title={view.name}
        marks={<Marks view={view} />}
        subtitle={<Standing view={view} all={standing.data} isLooking={standing.isFetching} onAgain={look} />}
        actions={<>
          <Button icon={<Trash2Icon className="icon" aria-hidden />} reason={nothing} busy={removing.isPending} onClick={() => removing.mutate()} data-testid="remove-all">Remove all</Button>
          <Button variant="primary" icon={<ListChecksIcon className="icon" aria-hidden />} busy={planning.isPending} onClick={() => planning.mutate()} data-testid="plan-all">Plan all</Button>
        </>}
      />
      {failed !== null && <ErrorPanel problem={asProblem(failed)} testId="several-failed" />}
      {standing.isError && <ErrorPanel problem={asProblem(standing.error)} actions={<Button busy={standing.isFetching} onClick={look}>Look again</Button>} testId="several-not-looked" />}
      <Broken members={view.services} onOpen={open} />
      <section className={styles.part} aria-labelledby="several-order">
        <h2 id="several-order" className={styles.head}>In this order <span>{orderWords(view)}</span></h2>
        {hasOrder && <SeveralDrawing members={view.services} states={states} onOpen={open} />}
        <SeveralTable view={view} states={states} onOpen={open} />
      </section>
    </Page>
  );
}

/** Which copy it is: production never looks like the others. */
function Marks({ view }: { view: SeveralView }) {
  const isSandbox = view.target.kind === 'sandbox';
  return (
    <>
      {view.production
        ? <Badge tone="production" icon={<LockIcon aria-hidden />}>{view.stage}</Badge>
        : <Badge tone={isSandbox ? 'sandbox' : 'quiet'} icon={isSandbox ? <BoxIcon aria-hidden /> : undefined}>{view.stage}</Badge>}
      <code className={styles.file} title={view.folder}>{view.config ?? cutMiddle(view.folder, 44)}</code>
    </>
  );
}

function Standing({ view, all, isLooking, onAgain }: { view: SeveralView; all: MemberStanding[] | undefined; isLooking: boolean; onAgain: () => void }) {
  const state = standWords(view, all) ?? (isLooking ? { mark: 'working' as const, word: `Looking how ${view.stage} stands` } : { mark: 'unknown' as const, word: `Not known how ${view.stage} stands` });
  return (
    <div className={styles.standing}>
      <Status mark={state.mark} word={state.word} testId="several-standing" />
      <IconButton size="small" label="Look again how they stand" icon={<RefreshCwIcon className="icon" aria-hidden />} onClick={onAgain} />
    </div>
  );
}
