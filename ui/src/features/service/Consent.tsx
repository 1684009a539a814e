import { useMutation } from '@tanstack/react-query';
import { ShieldAlertIcon } from 'lucide-react';
import { asProblem, useCodeTexts, useHost, useRefresh, type CodeText, type Place, type Problem, type Program } from '@/bridge';
import { Button, Card, Copy, Disclosure, ErrorPanel, Page, PageHeader, Skeleton } from '@/components';
import { useGo } from '@/lib/place';
import { plural } from '@/lib/words';
import styles from './Consent.module.css';

/** The project is code in part: what would run, what it may do, and allowing it. Nothing has run yet. */
export function Consent({ place, problem, onAgain }: { place: Place; problem: Problem; onAgain: () => void }) {
  const go = useGo();
  const programs = problem.consent ?? [];
  return (
    <Page narrow>
      <PageHeader
        title="This project runs code of its own"
        subtitle="Nothing of it has run. Read what it is, then decide. What you allow is this very content: when it changes, you are asked again."
      />
      {programs.map((program) => <OneProgram key={program.hash} place={place} program={program} onAgain={onAgain} />)}
      <div className={styles.foot}>
        <Button onClick={go.home} data-testid="not-now">Not now</Button>
        <span className={styles.quiet}>The project stays as it is, and can be opened again.</span>
      </div>
    </Page>
  );
}

function OneProgram({ place, program, onAgain }: { place: Place; program: Program; onAgain: () => void }) {
  const host = useHost();
  const refresh = useRefresh();
  const allowing = useMutation({ mutationFn: (forGood: boolean) => host.allowCode(place, program.hash, forGood), onSuccess: refresh });
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
