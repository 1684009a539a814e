import { IdCardIcon } from 'lucide-react';
import { useState } from 'react';
import { asProblem, useStart } from '@/bridge';
import { Banner, Button, CopyButton, EmptyState, ErrorPanel, FilterField, Fit, Page, PageHeader, Skeleton, Table } from '@/components';
import { useBreadcrumb } from '@/lib/frame';
import { useGo } from '@/lib/place';
import styles from './accounts.module.css';
import { Choose } from './Choose';
import { choosable, usersOf } from './model';

const COMMAND = 'aws configure sso';
/** Fewer are seen at a glance. */
const FILTERED = 9;

/** The profiles of the AWS configuration. Keys stay where they are. */
export function AccountsPage() {
  useBreadcrumb([{ label: 'Accounts' }]);
  const go = useGo();
  const start = useStart();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  if (start.data === undefined) {
    return <Page narrow><PageHeader title="Accounts" />{start.isError ? <ErrorPanel problem={asProblem(start.error)} /> : <Skeleton label="Reading the names of your profiles" lines={4} />}</Page>;
  }
  const { profiles, recent } = start.data;
  const rows = profiles.filter((name) => name.toLowerCase().includes(words.toLowerCase()));
  const none = choosable(recent).length === 0 ? 'Open a project first' : undefined;
  return (
    <Page narrow>
      <PageHeader
        title="Accounts" subtitle="Profiles in the AWS configuration of this computer, by name. Keys stay where they are: nothing is copied."
        actions={profiles.length >= FILTERED ? <FilterField label="Filter profiles" value={words} onChange={setWords} /> : undefined}
      />
      {profiles.length === 0 ? (
        <EmptyState
          icon={<IdCardIcon className="icon" aria-hidden />} title="No profile yet" text="Make one with the AWS command line. It appears here when you come back to this window. The sandbox needs no account."
          actions={<div className={styles.how}><code className={styles.command}>{COMMAND}</code><CopyButton text={COMMAND} label="Copy the command" /><Button onClick={() => void start.refetch()}>Look again</Button></div>}
        />
      ) : (
        <>
          <Banner tone="quiet" title="A profile is used only after you choose it for a project">A plan with it reads from the account. A deploy changes it, after you have seen the plan.</Banner>
          <Table
            label="Profiles" rows={rows} rowKey={(name) => name} testId="profiles" empty={<p className={styles.quiet}>No profile has {words}.</p>}
            columns={[
              { id: 'name', header: 'Profile', width: 'minmax(0, 3fr)', cell: (name) => <span className={styles.named}><IdCardIcon className={`icon ${styles.quiet}`} aria-hidden /><b className={styles.name}><Fit text={name} /></b></span> },
              { id: 'used', header: 'Used for', width: 'minmax(0, 4fr)', cell: (name) => <Used names={usersOf(name, recent).map((one) => one.name)} /> },
              { id: 'use', header: 'Choose', width: '132px', align: 'end', cell: (name) => <Button size="small" reason={none} onClick={() => setChosen(name)} data-testid={`use-${name}`}>Use for a project</Button> },
            ]}
          />
          {none !== undefined && <p className={styles.quiet}>{none}, then choose its profile here or at the top of its page. <Button size="small" variant="quiet" onClick={go.home}>Go to the overview</Button></p>}
        </>
      )}
      <Choose profile={chosen} recent={choosable(recent)} onClose={() => setChosen(null)} />
    </Page>
  );
}

function Used({ names }: { names: string[] }) {
  if (names.length === 0) return <span className={styles.quiet}>nothing yet</span>;
  return <span title={names.join(', ')}>{names.join(', ')}</span>;
}
