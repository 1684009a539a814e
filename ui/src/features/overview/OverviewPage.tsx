import { useMutation } from '@tanstack/react-query';
import { FilePlus2Icon, FolderOpenIcon, IdCardIcon } from 'lucide-react';
import { asProblem, useHost, useRefresh, useStart } from '@/bridge';
import { Button, Card, ErrorPanel, Page, PageHeader, Skeleton, useActions } from '@/components';
import { useBreadcrumb } from '@/lib/frame';
import { useGo } from '@/lib/place';
import { plural } from '@/lib/words';
import { Examples } from './Examples';
import styles from './overview.module.css';
import { Recent } from './Recent';
import { TrySandbox } from './TrySandbox';

/** The first page: try it without an account, open a project, or connect one. */
export function OverviewPage() {
  useBreadcrumb([{ label: 'Overview' }]);
  const host = useHost();
  const go = useGo();
  const start = useStart();
  const refresh = useRefresh();
  const opened = (project: string) => { refresh(); go.service(project); };
  const choosing = useMutation({ mutationFn: () => host.chooseFolder(), onSuccess: (project) => { if (project !== null) opened(project); } });
  const example = useMutation({ mutationFn: (id: string) => host.openExample(id), onSuccess: opened });
  useActions([
    { id: 'new-service', label: 'New service', keys: 'n', group: 'Project', run: go.create },
    { id: 'open-folder', label: 'Open a project', keys: 'o', group: 'Project', run: () => choosing.mutate() },
    ...(start.data?.examples ?? []).map((one) => ({ id: `example-${one.id}`, label: `Open the example ${one.id}`, group: 'Example', run: () => example.mutate(one.id) })),
  ]);
  if (start.data === undefined) return <Page narrow><PageHeader title="Overview" /><Skeleton label="Reading what was open" /></Page>;
  const failed = choosing.error ?? example.error;
  const { recent, examples, profiles, notOpened } = start.data;
  const isFirst = recent.length === 0;
  return (
    <Page narrow>
      <PageHeader
        title={isFirst ? 'What do you want to deploy?' : 'Your projects'}
        subtitle={isFirst ? 'You need no AWS account to begin. Nothing leaves this computer until you connect one.' : 'Opening a project runs nothing of it. Newest first.'}
        actions={isFirst ? undefined : <><Button icon={<FilePlus2Icon className="icon" aria-hidden />} onClick={go.create} data-testid="new-service">New service</Button><Button variant="primary" icon={<FolderOpenIcon className="icon" aria-hidden />} busy={choosing.isPending} onClick={() => choosing.mutate()}>Open a project</Button></>}
      />
      {failed !== null && <ErrorPanel problem={asProblem(failed)} />}
      {notOpened !== null && <ErrorPanel problem={notOpened} />}
      {!isFirst && <Recent recent={recent} />}
      <div className={isFirst ? styles.ways : styles.known}>
        <TrySandbox isKnown={!isFirst} />
        <div className={styles.side}>
          <Card>
            <div className={styles.way}>
              <span className={styles.glyph}><FolderOpenIcon className="icon" aria-hidden /></span>
              <div>
                <h2>Open a project</h2>
                <p className={styles.quiet}>A folder with a <code>serverless.yml</code>. Opening it runs nothing.</p>
                <Button busy={choosing.isPending} onClick={() => choosing.mutate()} data-testid="choose-folder">Choose a folder</Button>
              </div>
            </div>
          </Card>
          <Card>
            <div className={styles.way}>
              <span className={styles.glyph}><IdCardIcon className="icon" aria-hidden /></span>
              <div>
                <h2>Connect an AWS account</h2>
                <p className={styles.quiet}>{profiles.length === 0 ? 'No profile in your AWS configuration yet.' : `${plural(profiles.length, 'profile')} in your AWS configuration. They are read, never copied.`}</p>
                <Button onClick={go.accounts}>{profiles.length === 0 ? 'See how' : 'Choose a profile'}</Button>
              </div>
            </div>
          </Card>
        </div>
      </div>
      <section className={styles.section} aria-label="Examples">
        <div className={styles.heading}><h2>Start from an example</h2>{isFirst && <Button variant="quiet" icon={<FilePlus2Icon className="icon" aria-hidden />} onClick={go.create} data-testid="new-service">New service from a template</Button>}</div>
        <Examples examples={examples} opening={example.isPending ? example.variables : null} onOpen={(id) => example.mutate(id)} />
      </section>
    </Page>
  );
}
