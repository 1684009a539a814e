import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem, useHost, useRefresh, type Template } from '@/bridge';
import { Button, Card, ErrorPanel, Page, PageHeader, Select, Skeleton, TextField } from '@/components';
import { useBreadcrumb } from '@/lib/frame';
import { useGo } from '@/lib/place';
import styles from './create.module.css';
import { Templates } from './Templates';

/** Regions near most people; any other can be written into the file. */
const REGIONS = ['us-east-1', 'us-east-2', 'us-west-2', 'eu-west-1', 'eu-central-1', 'eu-north-1', 'ap-southeast-1', 'ap-southeast-2', 'ap-northeast-1', 'ap-south-1', 'sa-east-1', 'ca-central-1'];

/** A service from a template: what it is, its name, what it runs on and where. */
export function NewServicePage() {
  useBreadcrumb([{ label: 'New service' }]);
  const host = useHost();
  const templates = useQuery({ queryKey: ['templates'], queryFn: () => host.templates(), staleTime: Infinity });
  if (templates.isError) return <Page narrow><PageHeader title="New service" /><ErrorPanel problem={asProblem(templates.error)} /></Page>;
  if (templates.data === undefined) return <Page narrow><PageHeader title="New service" /><Skeleton label="Reading the templates" lines={6} /></Page>;
  return (
    <Page narrow>
      <PageHeader title="New service" subtitle="A few small files that deploy as they are. Nothing runs and nothing is sent until you deploy." />
      <Form templates={templates.data} />
    </Page>
  );
}

function Form({ templates }: { templates: Template[] }) {
  const host = useHost();
  const go = useGo();
  const refresh = useRefresh();
  const [chosen, setChosen] = useState(templates[0]?.id ?? '');
  const [name, setName] = useState('');
  const [region, setRegion] = useState('us-east-1');
  const [runtimes, setRuntimes] = useState<Record<string, string>>({});
  const template = templates.find((one) => one.id === chosen);
  const runtime = runtimes[chosen] ?? template?.runtimes[0] ?? '';
  // The rule is the engine's; an empty field is no mistake yet.
  const checked = useQuery({ queryKey: ['check-name', name], queryFn: () => host.checkName(name).then(() => null, asProblem), enabled: name !== '', staleTime: Infinity });
  const wrong = name === '' ? null : (checked.data ?? null);
  const create = useMutation({
    mutationFn: (elsewhere: boolean) => host.createService({ template: chosen, name, runtime, region }, elsewhere),
    onSuccess: (project) => { if (project !== null) { refresh(); go.service(project); } },
  });
  const asleep = name === '' ? 'Give it a name first' : wrong === null ? undefined : 'Its name must be put right first';
  const ready = asleep === undefined && template !== undefined;
  return (
    <form className={styles.form} onSubmit={(event) => { event.preventDefault(); if (ready) create.mutate(false); }}>
      <Templates templates={templates} chosen={chosen} onChoose={setChosen} />
      <Card>
        <div className={styles.fields}>
          <TextField label="Name" value={name} onChange={setName} code placeholder="my-service" data-testid="service-name" error={wrong === null ? undefined : `${wrong.title}. ${wrong.hints[0] ?? ''}`} hint="Names the stack and the functions, with the stage" />
          <div className={styles.choice}><span className={styles.label}>Runs on</span><Select label="Runs on" value={runtime} options={(template?.runtimes ?? []).map((one) => ({ value: one, label: one }))} onChange={(next) => setRuntimes({ ...runtimes, [chosen]: next })} testId="runtime" /></div>
          <div className={styles.choice}><span className={styles.label}>Region</span><Select label="Region" value={region} options={REGIONS.map((one) => ({ value: one, label: one }))} onChange={setRegion} testId="region" /></div>
        </div>
        <div className={styles.files}>
          <h2 className={styles.label}>Files that are written</h2>
          <p><code className={styles.folder}>~/pilothouse-services/{name === '' ? 'my-service' : name}/</code></p>
          <ul>{(template?.files ?? []).map((file) => <li key={file}><code>{file}</code></li>)}</ul>
        </div>
      </Card>
      {create.error !== null && <ErrorPanel problem={asProblem(create.error)} />}
      <div className={styles.row}>
        <Button variant="primary" submit reason={asleep} busy={create.isPending && create.variables === false} data-testid="create-service">Create {name === '' || wrong !== null ? 'the service' : name}</Button>
        <Button reason={asleep} busy={create.isPending && create.variables === true} onClick={() => create.mutate(true)}>Create it in another folder</Button>
      </div>
    </form>
  );
}
