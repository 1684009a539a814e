import { PencilIcon, Trash2Icon } from 'lucide-react';
import { useState } from 'react';
import { asProblem, useRefresh, useSecret, type ParameterDetails, type ParameterView, type StorePlace } from '@/bridge';
import { Badge, Banner, Button, Copy, CopyButton, DefinitionList, Drawer, ErrorPanel, RelativeTime, Skeleton } from '@/components';
import { DeleteDialog } from './DeleteDialog';
import { KindWord } from './SecretsTable';
import { SecretForm } from './SecretForm';
import styles from './secrets.module.css';
import { Tags } from './Tags';
import { Value } from './Value';
import { Versions } from './Versions';
import { underSharedKey } from './model';

interface Props { place: StorePlace; name: string | undefined; region: string; rows: ParameterView[]; onClose: () => void; onChanged: () => void }

/** One parameter: its value when it is asked for, its versions, and what hangs on it. */
export function SecretDrawer(props: Props) {
  const { place, name, onClose, onChanged } = props;
  const [asked, setAsked] = useState<'edit' | 'delete' | null>(null);
  const refresh = useRefresh();
  const changed = () => { onChanged(); refresh(); };
  if (name === undefined) return null;
  if (asked === 'edit') {
    const one = props.rows.find((row) => row.name === name);
    return <SecretForm place={place} region={props.region} rows={props.rows} path="" {...(one === undefined ? {} : { editing: one })} onClose={() => setAsked(null)} onDone={() => { setAsked(null); changed(); }} />;
  }
  return (
    <>
      <Drawer
        open onClose={onClose} title={name.split('/').at(-1) ?? name} subtitle={<Copy text={name} label="Copy the name" max={44} />}
        foot={<><Button variant="quiet" icon={<Trash2Icon className="icon" aria-hidden />} onClick={() => setAsked('delete')} data-testid="drawer-delete">Delete</Button><Button icon={<PencilIcon className="icon" aria-hidden />} onClick={() => setAsked('edit')} data-testid="drawer-edit">Edit</Button></>}
      >
        <Inside place={place} name={name} onChanged={changed} />
      </Drawer>
      {asked === 'delete' && <DeleteDialog place={place} names={[name]} path={null} onClose={() => setAsked(null)} onDone={() => { onClose(); changed(); }} />}
    </>
  );
}

function Inside({ place, name, onChanged }: { place: StorePlace; name: string; onChanged: () => void }) {
  const found = useSecret(place, name);
  if (found.isPending) return <Skeleton label="Reading the parameter" lines={8} />;
  if (found.isError) return <ErrorPanel problem={asProblem(found.error)} actions={<Button onClick={() => void found.refetch()}>Try again</Button>} />;
  return <Details place={place} details={found.data} onChanged={onChanged} />;
}

function Details({ place, details, onChanged }: { place: StorePlace; details: ParameterDetails; onChanged: () => void }) {
  const { parameter: one, versions } = details;
  const newest = versions[0];
  return (
    <>
      <div>
        <Value place={place} name={one.name} bytes={newest?.bytes ?? null} />
        {underSharedKey(one) && <Banner tone="warn" title="Under the account's own key">Whoever may decrypt with it reads this. A key of yours says who: choose one by Edit.</Banner>}
      </div>
      <DefinitionList items={[
        { name: 'Type', value: <KindWord kind={one.kind} /> },
        ...(one.key === null ? [] : [{ name: 'Key', value: <Copy text={one.key} label="Copy the key" max={30} /> }]),
        { name: 'Version', value: <>{one.version} <Badge tone="ok">newest</Badge></> },
        { name: 'Changed', value: <><RelativeTime at={one.changed} />{one.byWords !== null && <span title={one.by ?? undefined}> by {one.byWords}</span>}</> },
        { name: 'Tier', value: one.tier },
        ...(one.description === null ? [] : [{ name: 'For', value: one.description }]),
        ...(one.pattern === null ? [] : [{ name: 'Pattern', value: <code>{one.pattern}</code> }]),
        ...one.policies.map((policy, index) => ({ name: `Policy ${index + 1}`, value: <code>{policy}</code> })),
        { name: 'ARN', value: <Copy text={details.arn} label="Copy the ARN" max={30} /> },
      ]} />
      {details.unread.map((part) => <Unread key={part.part} part={part} />)}
      {versions.length > 0 && <Versions place={place} name={one.name} versions={versions} onChanged={onChanged} />}
      <Tags place={place} name={one.name} tags={details.tags} onChanged={onChanged} />
    </>
  );
}

/** What could not be read, with the statement to ask for where there is one. */
function Unread({ part }: { part: ParameterDetails['unread'][number] }) {
  const statement = part.hints.find((hint) => hint.startsWith('{'));
  return (
    <Banner tone="warn" title={`The ${part.part} could not be read: ${part.title}`}>
      {part.hints.filter((hint) => hint !== statement).map((hint) => <p key={hint}>{hint}</p>)}
      {statement !== undefined && <pre className={styles.call}>{statement} <CopyButton text={statement} label="Copy the statement" /></pre>}
    </Banner>
  );
}
