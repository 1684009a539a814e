import { IdCardIcon } from 'lucide-react';
import { useStart } from '@/bridge';
import { Banner, EmptyState, Page, PageHeader, Skeleton, Table } from '@/components';
import { useBreadcrumb } from '@/lib/frame';

/** The profiles of the AWS configuration. Keys stay where they are. */
export function AccountsPage() {
  useBreadcrumb([{ label: 'Accounts' }]);
  const start = useStart();
  if (start.data === undefined) return <Page narrow><Skeleton label="Reading the names of your profiles" lines={4} /></Page>;
  const { profiles, recent } = start.data;
  const used = (profile: string) => recent.filter((one) => one.target.kind === 'account' && one.target.profile === profile).map((one) => one.name).join(', ');
  return (
    <Page narrow>
      <PageHeader title="Accounts" subtitle="Profiles of your AWS configuration, by name. Nothing of it is copied, and no profile is used before you choose it at a project." />
      {profiles.length === 0 ? (
        <EmptyState icon={<IdCardIcon className="icon" aria-hidden />} title="No profile yet" text="Make one with the AWS command line: aws configure sso. It appears here by itself. Until then, the sandbox needs no account." />
      ) : (
        <>
          <Banner tone="quiet" title="To use one, open a project and choose it at the top, beside the stage." />
          <Table label="Profiles" rows={profiles} rowKey={(name) => name} columns={[{ id: 'name', header: 'Profile', cell: (name) => <b>{name}</b> }, { id: 'used', header: 'Used for', cell: (name) => used(name) || 'Nothing yet' }]} />
        </>
      )}
    </Page>
  );
}
