import { BoxIcon, CloudIcon, FileArchiveIcon, FileLockIcon, TriangleAlertIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Bytes, Copy, CopyButton, DefinitionList, Disclosure, PanelBlock, RelativeTime } from '@/components';
import { cutMiddle, plural } from '@/lib/words';
import type { PlanView } from '@/bridge';
import styles from './Panel.module.css';

/** What follows from the plan: where it acts, what is packed and what is not, what is worth knowing. */
export function Panel({ plan }: { plan: PlanView }) {
  return (
    <>
      <Where plan={plan} />
      {plan.findings.length > 0 && (
        <PanelBlock title="Worth knowing" note={plural(plan.findings.length, 'warning')}>
          {plan.findings.map((finding, index) => (
            <Item key={`${finding.code}-${index}`} icon={<TriangleAlertIcon className={`icon ${styles.warn}`} aria-hidden />} title={finding.message}>
              {finding.place !== null && <code>{finding.place.file}:{finding.place.line}</code>} {finding.hint}
            </Item>
          ))}
        </PanelBlock>
      )}
      <Sizes plan={plan} />
      <NotHere plan={plan} />
      <Archives plan={plan} />
      <NeverPacked plan={plan} />
      <PanelBlock title="The same from a terminal">
        <div className={styles.command}><code>{plan.command}</code><CopyButton text={plan.command} label="Copy the command" /></div>
      </PanelBlock>
    </>
  );
}

function Where({ plan }: { plan: PlanView }) {
  const { identity } = plan;
  return (
    <PanelBlock title="Where" note={<>planned <RelativeTime at={plan.plannedAt} /></>}>
      <DefinitionList
        items={[
          identity.sandbox
            ? { name: 'Cloud', value: <span className={styles.sandbox}><BoxIcon className="icon" aria-hidden />Sandbox</span> }
            : { name: 'Account', value: <Copy text={identity.account} label="Copy the account" /> },
          { name: 'Region', value: identity.region },
          { name: 'As', value: <span title={identity.principal}>{identity.principalWords}</span> },
          // Several services have a stack each, named where its changes are.
          ...(plan.stack === '' ? [] : [{ name: 'Stack', value: <Copy text={plan.stack} label="Copy the stack's name" max={19} /> }]),
        ]}
      />
    </PanelBlock>
  );
}

/** How full each stack will be. */
function Sizes({ plan }: { plan: PlanView }) {
  /** From this share on a stack is called nearly full. */
  const NEARLY = 0.9;
  if (plan.sizes.length === 0) return null;
  const nested = plan.sizes.length - 1;
  return (
    <PanelBlock title="Resources" note={nested > 0 ? plural(nested, 'nested stack') : undefined}>
      <Some summary={`All ${plan.sizes.length} stacks`} count={plan.sizes.length}>
        {plan.sizes.map((one) => (
          <div key={one.name} className={styles.size}>
            {nested > 0 && <b title={one.name}>{cutMiddle(one.name, 34)}</b>}
            <span>{one.resources} of {one.most}{one.resources > one.most * NEARLY && ', nearly full'}</span>
            <progress value={one.resources} max={one.most} aria-label={`Resources of ${one.name}`} />
          </div>
        ))}
      </Some>
    </PanelBlock>
  );
}

function NotHere({ plan }: { plan: PlanView }) {
  if (plan.notSimulated.length === 0) return null;
  return (
    <PanelBlock title="Not simulated here" note={plural(plan.notSimulated.length, 'resource')}>
      <p className={styles.quiet}>The sandbox leaves these out. AWS makes them.</p>
      <Some summary={`All ${plan.notSimulated.length}`} count={plan.notSimulated.length}>
        {plan.notSimulated.map((one) => (
          <Item key={one.logicalId} icon={<CloudIcon className="icon" aria-hidden />} title={cutMiddle(one.logicalId, 34)} whole={one.logicalId}>
            {one.typeWords}{one.becauseOf !== null && `, because it needs ${one.becauseOf}`}
          </Item>
        ))}
      </Some>
    </PanelBlock>
  );
}

function Archives({ plan }: { plan: PlanView }) {
  if (plan.archives.length === 0) return null;
  const bytes = plan.archives.reduce((sum, archive) => sum + archive.bytes, 0);
  return (
    <PanelBlock title="Code" note={<Bytes count={bytes} />}>
      <Some summary={`All ${plan.archives.length} archives`} count={plan.archives.length}>
        {plan.archives.map((archive) => (
          <Item key={archive.name} icon={<FileArchiveIcon className="icon" aria-hidden />} title={cutMiddle(archive.name, 34)} whole={`${archive.name}, SHA-256 ${archive.sha256}`}>
            <Bytes count={archive.bytes} />
            {archive.files === null ? ', ready-made' : `, ${plural(archive.files, 'file')}`}
            {archive.functions.length > 0 && `, runs ${archive.functions.slice(0, 3).join(', ')}`}
            {archive.functions.length > 3 && ` and ${archive.functions.length - 3} more`}
          </Item>
        ))}
      </Some>
    </PanelBlock>
  );
}

function NeverPacked({ plan }: { plan: PlanView }) {
  if (plan.leftOut.length === 0) return null;
  return (
    <PanelBlock title="Never packed" note={plural(plan.leftOut.length, 'file')}>
      <Some summary={`All ${plan.leftOut.length}`} count={plan.leftOut.length}>
        {plan.leftOut.map((file) => (
          <Item key={file.path} icon={<FileLockIcon className="icon" aria-hidden />} title={cutMiddle(file.path, 34)} whole={file.path}>
            {file.why}{file.allowedBy !== null && <>. Packed all the same with <code>{file.allowedBy}</code></>}
          </Item>
        ))}
      </Some>
    </PanelBlock>
  );
}

/** A short list as it is; a long one folded. */
function Some({ summary, count, children }: { summary: string; count: number; children: ReactNode }) {
  const MOST = 4;
  return count > MOST ? <Disclosure summary={summary}>{children}</Disclosure> : <>{children}</>;
}

function Item({ icon, title, whole, children }: { icon: ReactNode; title: string; whole?: string; children: ReactNode }) {
  return (
    <div className={styles.item}>
      {icon}
      <b title={whole}>{title}</b>
      <span>{children}</span>
    </div>
  );
}
