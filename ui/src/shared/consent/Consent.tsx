import { useMutation } from '@tanstack/react-query';
import { ShieldAlertIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { asProblem, useCodeTexts, useHost, useRefresh, type CodeText, type Place, type Problem, type Program } from '@/bridge';
import { Banner, Button, Card, Copy, Dialog, Disclosure, ErrorPanel, Page, PageHeader, Skeleton } from '@/components';
import { useGo } from '@/lib/place';
import { plural } from '@/lib/words';
import styles from './Consent.module.css';

/** What of a project must be allowed before it runs; nothing when a failure is about something else. */
export function consentOf(thrown: unknown): Program[] {
  return thrown === null || thrown === undefined ? [] : (asProblem(thrown).consent ?? []);
}

interface Asked {
  place: Place;
  programs: Program[];
  /** What needed it is asked for again: everything that was read is read anew by itself. */
  onAllowed?: () => void;
  /** Looks again what would run now. */
  onAgain: () => void;
}

/** A page that waits for code to be allowed: what would run, what it may do, and allowing it. Nothing has run yet. */
export function ConsentPage({ place, programs, onAllowed, onAgain, onNotNow }: Asked & { onNotNow?: () => void }) {
  const go = useGo();
  return (
    <Page narrow>
      <PageHeader title={TITLE} subtitle={`Nothing of it has run. ${DECIDE}`} />
      <Programs place={place} programs={programs} onAllowed={onAllowed} onAgain={onAgain} />
      <div className={styles.foot}>
        <Button onClick={onNotNow ?? go.home} data-testid="not-now">Not now</Button>
        <span className={styles.quiet}>The project stays as it is, and can be opened again.</span>
      </div>
    </Page>
  );
}

/** The same question in a place of a page where something was to be done. */
export function ConsentPart({ place, programs, onAllowed, onAgain }: Asked) {
  return (
    <section className={styles.part} aria-label={TITLE} data-testid="consent-part">
      <Banner tone="warn" title={TITLE}>{DECIDE}</Banner>
      <Programs place={place} programs={programs} onAllowed={onAllowed} onAgain={onAgain} />
    </section>
  );
}

/** The same question over a page that is full of other things: asked for by a button, gone when it is answered. */
export function ConsentDialog({ place, programs, onAllowed, onAgain, onClose }: Asked & { onClose: () => void }) {
  const allowed = () => { onClose(); onAllowed?.(); };
  return (
    <Dialog open wide onClose={onClose} title={TITLE} actions={<Button onClick={onClose} data-testid="not-now">Not now</Button>}>
      <p className={styles.quiet}>{DECIDE}</p>
      <Programs place={place} programs={programs} onAllowed={allowed} onAgain={() => { onClose(); onAgain(); }} />
    </Dialog>
  );
}

/** A failure in its place: the question when code must be allowed first, what went wrong otherwise. */
export function ProblemOrConsent({ place, problem, onAgain, actions, testId }: { place: Place | null; problem: Problem; onAgain: () => void; actions?: ReactNode; testId?: string }) {
  const programs = consentOf(problem);
  if (place !== null && programs.length > 0) return <ConsentPart place={place} programs={programs} onAllowed={onAgain} onAgain={onAgain} />;
  return <ErrorPanel problem={problem} actions={actions} testId={testId} />;
}

const TITLE = 'This project runs code of its own';
const DECIDE = 'Read what it is, then decide. What you allow is this very content: when it changes, you are asked again.';

function Programs({ place, programs, onAllowed, onAgain }: Asked) {
  return <>{programs.map((program) => <OneProgram key={program.hash} place={place} program={program} onAllowed={onAllowed} onAgain={onAgain} />)}</>;
}

function OneProgram({ place, program, onAllowed, onAgain }: Omit<Asked, 'programs'> & { program: Program }) {
  const host = useHost();
  const refresh = useRefresh();
  const allowing = useMutation({ mutationFn: (forGood: boolean) => host.allowCode(place, program.hash, forGood), onSuccess: () => { refresh(); onAllowed?.(); } });
  return (
    <Card testId="program">
      <div className={styles.program}>
        <div className={styles.head}><ShieldAlertIcon className="icon" aria-hidden /><h2 title={program.name}>{program.name}</h2></div>
        <ul className={styles.may} aria-label="What it may do">{program.may.map((may) => <li key={may}>It {may}.</li>)}</ul>
        <div className={styles.hash}><span className={styles.quiet}>Content</span><Copy text={program.hash} label="Copy the hash" max={24} testId="hash" /></div>
        <Files place={place} program={program} />
        {allowing.error !== null && <ErrorPanel problem={asProblem(allowing.error)} testId="not-allowed" actions={<Button onClick={onAgain} data-testid="look-again">Look again</Button>} />}
        <div className={styles.ways}>
          <Button variant="primary" busy={allowing.isPending} onClick={() => allowing.mutate(false)} data-testid="allow-once">Allow once</Button>
          <Button busy={allowing.isPending} onClick={() => allowing.mutate(true)} data-testid="allow-always">Always for this content</Button>
        </div>
        <p className={styles.quiet}>Once lasts until this window is closed. Always is kept on this computer, outside the project; Settings lists it and takes it back.</p>
      </div>
    </Card>
  );
}

/** The files that the content is over, each with its text where it can be shown. */
function Files({ place, program }: { place: Place; program: Program }) {
  const texts = useCodeTexts(place, program.hash);
  return (
    <Disclosure summary={`${plural(program.files.length, 'file')} would be allowed with it`} open={program.files.length <= 3}>
      {texts.isError && <ErrorPanel problem={asProblem(texts.error)} testId="not-read" />}
      {texts.data === undefined && !texts.isError && <Skeleton label="Reading the files" lines={4} />}
      <div className={styles.files}>{(texts.data ?? []).map((one) => <OneFile key={one.file} one={one} />)}</div>
    </Disclosure>
  );
}

function OneFile({ one }: { one: CodeText }) {
  if (one.text === null) return <p className={styles.file}><code>{one.file}</code> <span className={styles.quiet}>not shown here</span></p>;
  return (
    <Disclosure summary={<code className={styles.file}>{one.file}</code>}>
      {/* What scrolls must be reachable by keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.text} tabIndex={0} role="region" aria-label={`Text of ${one.file}`}>{one.text}</pre>
    </Disclosure>
  );
}
