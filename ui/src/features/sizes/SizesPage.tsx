import { ArrowUpIcon, BoxesIcon, FolderOpenIcon, PackageIcon } from 'lucide-react';
import { useState } from 'react';
import { asProblem, useSizes, type ArchiveView, type Place, type SizesView } from '@/bridge';
import { Bytes, Button, EmptyState, ErrorPanel, Page, PageHeader, Select, Skeleton } from '@/components';
import { useBreadcrumb } from '@/lib/frame';
import { useGo, usePlace, useView } from '@/lib/place';
import { cutMiddle, plural } from '@/lib/words';
import { consentOf, ConsentPage } from '@/shared/consent';
import { Parts } from './Parts';
import { Treemap } from './Treemap';
import { wayTo } from './treemap';
import { WhatIf } from './WhatIf';
import styles from './sizes.module.css';

/** How large the archives of a service are, what makes them so, and what would be left without some of it. */
export function SizesPage() {
  const place = usePlace();
  const go = useGo();
  if (place === null) return <Page narrow><EmptyState icon={<FolderOpenIcon className="icon" aria-hidden />} title="No project is open" text="Open one, or start from an example." actions={<Button onClick={go.home}>Go to the overview</Button>} /></Page>;
  return <OfPlace key={place.project} place={place} />;
}

function OfPlace({ place }: { place: Place }) {
  const go = useGo();
  const [without, setWithout] = useState<string[]>([]);
  const sizes = useSizes(place, without);
  useBreadcrumb([{ label: 'Service', project: place.project }, { label: 'Sizes' }]);
  const back = <Button icon={<BoxesIcon className="icon" aria-hidden />} onClick={() => go.service(place.project)} data-testid="to-service">Back to the service</Button>;
  const asked = consentOf(sizes.error);
  if (asked.length > 0) return <ConsentPage place={place} programs={asked} onAgain={() => void sizes.refetch()} onNotNow={() => go.service(place.project)} />;
  if (sizes.isError) {
    return (
      <Page narrow>
        <PageHeader title="The sizes cannot be told yet" subtitle="The service was packaged to be measured, and that failed. Nothing was changed." />
        <ErrorPanel problem={asProblem(sizes.error)} actions={<><Button variant="primary" onClick={() => { setWithout([]); void sizes.refetch(); }} data-testid="look-again">Look again</Button>{back}</>} />
      </Page>
    );
  }
  if (sizes.data === undefined) return <Page><PageHeader title="Sizes" actions={back} /><Skeleton label="Packaging the service to measure it" lines={10} /></Page>;
  const leaveOut = (pattern: string, out: boolean) => setWithout((old) => (out ? [...old, pattern] : old.filter((one) => one !== pattern)));
  const forget = (pattern?: string) => setWithout((old) => (pattern === undefined ? [] : old.filter((one) => one !== pattern)));
  return <Measured place={place} sizes={sizes.data} without={without} isCounting={sizes.isPlaceholderData} back={back} onLeaveOut={leaveOut} onForget={forget} />;
}

interface Props { place: Place; sizes: SizesView; without: string[]; isCounting: boolean; back: React.ReactNode; onLeaveOut: (pattern: string, out: boolean) => void; onForget: (pattern?: string) => void }

function Measured({ place, sizes, without, isCounting, back, onLeaveOut, onForget }: Props) {
  const [open, setOpen] = useView('open');
  const [path, setPath] = useState('');
  const archive = sizes.archives.find((one) => one.name === open) ?? sizes.archives[0];
  const header = (
    <PageHeader
      title="Sizes" actions={back}
      subtitle={<>What is in the archives of {sizes.service}. A function and its layers may unpack to <Bytes count={sizes.limit} />, which AWS calls 250 MB.</>}
    />
  );
  if (archive === undefined) return <Page>{header}<EmptyState icon={<PackageIcon className="icon" aria-hidden />} title="There is nothing to measure" text="Functions that run images have no archives, and a service without functions has none." /></Page>;
  // What is left out speaks of one archive: another one begins anew.
  const choose = (name: string) => { setPath(''); onForget(); setOpen(name); };
  return (
    <Page panel={<WhatIf place={place} sizes={sizes} archive={archive} without={without} isCounting={isCounting} onForget={onForget} />}>
      {header}
      {sizes.archives.length > 1 && <Select label="Archive" value={archive.name} options={sizes.archives.map((one) => ({ value: one.name, label: one.name }))} onChange={choose} testId="archive" />}
      <p className={styles.sum} data-testid="sum">{archive.tree !== null && <><b><Bytes count={archive.tree.unzipped} /></b> unpacked, </>}<b><Bytes count={archive.zipped} /></b> packed{archive.tree !== null && <>, {plural(archive.tree.files, 'file')}</>}{archive.functions.length > 0 && <>, run by {archive.functions.slice(0, 5).join(', ')}{archive.functions.length > 5 && ` and ${archive.functions.length - 5} more`}</>}</p>
      <Inside archive={archive} path={path} without={without} onPath={setPath} onLeaveOut={onLeaveOut} />
    </Page>
  );
}

function Inside({ archive, path, without, onPath, onLeaveOut }: { archive: ArchiveView; path: string; without: string[]; onPath: (path: string) => void; onLeaveOut: Props['onLeaveOut'] }) {
  if (archive.tree === null) return <EmptyState icon={<PackageIcon className="icon" aria-hidden />} title="This archive is not looked into" text="It was made elsewhere, and is uploaded as it is." />;
  const way = wayTo(archive.tree, path);
  const up = () => onPath(way.at(-2)?.path ?? '');
  return (
    <>
      <h2 className="srOnly">What {archive.name} holds</h2>
      <nav className={styles.way} aria-label="Where in the archive">
        <Button size="small" icon={<ArrowUpIcon className="icon" aria-hidden />} onClick={up} reason={way.length > 1 ? undefined : 'This is the whole archive'} data-testid="up">Up</Button>
        {way.map((one, index) => <Button key={one.path} size="small" variant="quiet" onClick={() => onPath(one.path)} aria-current={index === way.length - 1 ? 'location' : undefined}>{cutMiddle(index === 0 ? archive.name : one.name, 34)}</Button>)}
      </nav>
      <Treemap way={way} without={without} onOpen={onPath} onUp={up} />
      <Parts way={way} without={without} onOpen={onPath} onLeaveOut={onLeaveOut} />
    </>
  );
}
