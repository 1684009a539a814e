import { SaveIcon } from 'lucide-react';
import { useMemo } from 'react';
import { useProposal, useRefresh, type ArchiveView, type EditAsked, type Place, type SizesView } from '@/bridge';
import { Bytes, Button, CopyButton, FileDiff, FindingView, PanelBlock, useToast } from '@/components';
import { plural } from '@/lib/words';
import { ProblemOrConsent } from '@/shared/consent';
import styles from './sizes.module.css';

interface Props { place: Place; sizes: SizesView; archive: ArchiveView; without: string[]; isCounting: boolean; onForget: (pattern?: string) => void }

/** What would be left without what was chosen, and the lines that say so, written into the configuration. */
export function WhatIf({ place, sizes, archive, without, isCounting, onForget }: Props) {
  const { rest, tree } = archive;
  const lines = without.map((pattern) => `- '${pattern.replaceAll("'", "''")}'`);
  return (
    <>
      <PanelBlock title="What would be left" note={without.length === 0 ? undefined : plural(without.length, 'pattern')}>
        <div className={styles.stack}>
        {without.length === 0 && <p className={styles.quiet}>Choose what to leave out: the sizes that would be left appear here, and nothing is changed before you save.</p>}
        {without.length > 0 && (
          <ul className={styles.patterns}>
            {without.map((pattern) => <li key={pattern}><code title={pattern}>{pattern}</code><Button size="small" variant="quiet" onClick={() => onForget(pattern)}>Keep it</Button></li>)}
          </ul>
        )}
        {without.length > 0 && tree !== null && (
          <p role="status" data-testid="rest">{isCounting || rest === null ? 'Counting what would be left' : <><b><Bytes count={rest.unzipped} /></b> unpacked of <Bytes count={tree.unzipped} />, <b><Bytes count={rest.zipped} /></b> packed of <Bytes count={archive.zipped} />, {plural(rest.files, 'file')}</>}</p>
        )}
        {without.length > 0 && <div className={styles.ways}><CopyButton text={lines.join('\n')} label="Copy the lines" /><Button size="small" onClick={() => onForget()} data-testid="keep-all">Keep everything</Button></div>}
        </div>
      </PanelBlock>
      {without.length > 0 && (archive.patternsAt === null
        ? <PanelBlock title="Write it"><p className={styles.quiet}>This archive is fetched or made elsewhere: write the lines where it is described, such as <code>custom.pythonRequirements.slimPatterns</code>.</p></PanelBlock>
        : <Write place={place} at={archive.patternsAt} without={without} onDone={() => onForget()} />)}
      <PanelBlock title="Functions" note={<>of <Bytes count={sizes.limit} /></>}>
        <ul className={styles.functions}>{sizes.functions.map((one) => <OneFunction key={one.name} one={one} limit={sizes.limit} hasRest={without.length > 0} />)}</ul>
      </PanelBlock>
    </>
  );
}

function OneFunction({ one, limit, hasRest }: { one: SizesView['functions'][number]; limit: number; hasRest: boolean }) {
  const width = Math.min(100, ((hasRest ? one.rest : one.unzipped) / limit) * 100);
  return (
    <li className={styles.fn}>
      <span className={styles.fnHead}><b title={one.name}>{one.name}</b><span>{hasRest && one.rest !== one.unzipped ? <><Bytes count={one.rest} /> of <Bytes count={one.unzipped} /></> : <Bytes count={one.unzipped} />}</span></span>
      <span className={styles.track} aria-hidden><span className={one.tooLarge ? styles.tooFull : styles.full} style={{ width: `${Math.max(width, 0.5)}%` }} /></span>
      {one.tooLarge && <span className={styles.tooLarge}>More than Lambda unpacks. Leave something out, or move packages into an image.</span>}
      {one.unknown > 0 && <span className={styles.quiet}>{plural(one.unknown, 'layer or archive', 'layers or archives')} of elsewhere not counted</span>}
    </li>
  );
}

/** The edit that leaves it out, with its diff, over the file as it was looked at. */
function Write({ place, at, without, onDone }: { place: Place; at: string[]; without: string[]; onDone: () => void }) {
  const edits = useMemo(() => without.map((pattern): EditAsked => ({ kind: 'insert', path: at, at: null, value: JSON.stringify(pattern) })), [at, without]);
  const { shown, problem, isLooking, isSaving, save, again } = useProposal(place, edits, true);
  const tell = useToast();
  const refresh = useRefresh();
  const wrong = shown?.newErrors ?? 0;
  const reason = problem !== null ? 'It cannot be written like this' : isLooking || shown === null ? 'It is being looked at' : wrong > 0 ? `${plural(wrong, 'thing')} would be wrong then` : undefined;
  const write = async () => {
    const files = await save();
    if (files === null) return;
    tell('ok', `Written into ${files.join(', ')}. The next deploy leaves it out.`);
    onDone();
    await refresh();
  };
  return (
    <PanelBlock title="Write it">
      <div className={styles.stack}>
      {problem !== null && <ProblemOrConsent place={place} problem={problem} onAgain={again} testId="write-refused" actions={<Button onClick={again} data-testid="propose-again">Look again</Button>} />}
      {shown?.files.map((file) => <FileDiff key={file.file} file={file} />)}
      {shown?.findings.filter((one) => one.isError).slice(0, 5).map((one, index) => <FindingView key={index} finding={one} />)}
      <Button variant="primary" icon={<SaveIcon className="icon" aria-hidden />} reason={reason} busy={isSaving} onClick={() => void write()} data-testid="write-patterns">{`Save ${plural(without.length, 'pattern')}`}</Button>
      </div>
    </PanelBlock>
  );
}
