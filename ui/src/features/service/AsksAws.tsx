import { useMutation } from '@tanstack/react-query';
import { CloudIcon, RefreshCwIcon } from 'lucide-react';
import { asProblem, useHost, useRefresh, type AskedValue, type Place, type Problem, type ProjectView } from '@/bridge';
import { Banner, Button, Disclosure, ErrorPanel, MarkIcon, Page, PageHeader, useActions, type Mark } from '@/components';
import { plural } from '@/lib/words';
import styles from './service.module.css';

/** Asks AWS for what the configuration takes from there, because somebody says so; then everything is read again. */
export function useAskAws(place: Place) {
  const host = useHost();
  const refresh = useRefresh();
  return useMutation({ mutationFn: () => host.askCloud(place), onSuccess: refresh });
}

/** The configuration takes values from AWS, and nothing was asked yet: what is wanted, and who would be asked. */
export function AsksAws({ place, problem }: { place: Place; problem: Problem }) {
  const asking = useAskAws(place);
  useActions([{ id: 'ask-aws', label: 'Ask AWS for the values', keys: 'r', group: 'Service', run: () => asking.mutate() }]);
  const wanted = (problem.detail ?? '').split('; ').filter((one) => one !== '');
  return (
    <Page narrow>
      <PageHeader title="This project takes values from AWS" subtitle={`Nothing was asked yet. ${whom(place)} is asked when you say so. Values that are secret are not read.`} />
      <Banner
        tone="accent" title={plural(wanted.length, 'value')}
        actions={<Button variant="primary" icon={<CloudIcon className="icon" aria-hidden />} busy={asking.isPending} onClick={() => asking.mutate()} data-testid="ask-aws">{place.target.kind === 'sandbox' ? 'Ask the sandbox' : 'Ask AWS'}</Button>}
      >
        <ul className={styles.asked}>{wanted.map((one) => <li key={one}>{one}</li>)}</ul>
      </Banner>
      {asking.error !== null && <ErrorPanel problem={asProblem(asking.error)} testId="not-asked" />}
    </Page>
  );
}

/** What AWS was asked for the page that is shown, and what became of it. */
export function WasAsked({ place, project }: { place: Place; project: ProjectView }) {
  const asking = useAskAws(place);
  const account = project.asked.find((one) => one.account !== null)?.account ?? null;
  const who = account === null ? 'AWS' : account === 'sandbox' ? 'The sandbox' : `Account ${account}`;
  return (
    <Disclosure summary={`${who} was asked for ${plural(project.asked.length, 'value')} of ${project.config}`}>
      <ul className={styles.asked} data-testid="asked">
        {project.asked.map((one) => <li key={`${one.what} ${one.region}`}><MarkIcon mark={marks[one.outcome]} /> <span>{one.what} in {one.region}{one.profile === null ? '' : ` (profile ${one.profile})`}: {words[one.outcome]}</span></li>)}
      </ul>
      <Button size="small" icon={<RefreshCwIcon className="icon" aria-hidden />} busy={asking.isPending} onClick={() => asking.mutate()} data-testid="ask-again">Ask again</Button>
      {asking.error !== null && <ErrorPanel problem={asProblem(asking.error)} testId="not-asked" />}
    </Disclosure>
  );
}

const marks: Record<AskedValue['outcome'], Mark> = { found: 'ok', secret: 'ok', missing: 'off', failed: 'danger', waiting: 'waiting' };
const words: Record<AskedValue['outcome'], string> = { found: 'found', secret: 'a secret, which was not read', missing: 'does not exist', failed: 'no answer', waiting: 'not asked yet' };
const CODES = ['CREDENTIALS', 'DENIED', 'THROTTLED', 'CLOUD_SILENT', 'CLOUD_REFUSED', 'CLOUD_MISSING', 'SECRET_MISPLACED'];

/** Whether asking AWS again can change what is wrong with a project's files. */
export function hasToDoWithAws(problem: Problem): boolean {
  const isOfAws = (reason: string | null) => reason !== null && /^the (parameter|output|secret|object) /.test(reason);
  return problem.findings.some((finding) => CODES.includes(finding.code) || (finding.code === 'VARIABLE_MISSING' && isOfAws(finding.reason)));
}

function whom(place: Place): string {
  if (place.target.kind === 'sandbox') return 'The sandbox';
  const { profile } = place.target;
  return profile === null ? 'The account of your default profile' : `The account of the profile ${profile}`;
}
