import { CircleDashedIcon, DownloadIcon, RocketIcon } from 'lucide-react';
import { Button } from '@/components';
import { durationWords } from '@/lib/words';
import type { PlanView } from '@/bridge';
import { changes, ifItFails, STACK_FIELD, type Reason } from './model';
import styles from './Foot.module.css';

interface Props {
  plan: PlanView;
  left: Reason[];
  why: string | undefined;
  stackTyped: string;
  onStackTyped: (text: string) => void;
  busy: boolean;
  discarding: boolean;
  onDeploy: () => void;
  onSave: () => void;
  onDiscard: () => void;
}

/** The decision that ends the page: what happens, what if it fails, and what is still missing. */
export function Foot(props: Props) {
  const { plan, left } = props;
  const where = plan.identity.sandbox ? 'the sandbox' : `account ${plan.identity.account}`;
  const usual = plan.usualMillis === null ? '' : `Usually ${durationWords(plan.usualMillis)}. `;
  return (
    <>
      <Button variant="quiet" busy={props.discarding} onClick={props.onDiscard} data-testid="discard-button">Discard</Button>
      <Button icon={<DownloadIcon className="icon" aria-hidden />} onClick={props.onSave} data-testid="save-plan">Save plan</Button>
      <div className={styles.words}>
        <p className={styles.what}>Makes {changes(plan.counts.total)} in {where}.</p>
        <p className={styles.quiet}>{usual}{ifItFails(plan)}</p>
      </div>
      {left.length > 0 && <Left left={left} />}
      {plan.production && (
        <label className={styles.stack}>
          <span className={styles.quiet}>Type <code>{plan.stack}</code></span>
          <input
            id={STACK_FIELD}
            data-testid={STACK_FIELD}
            className={styles.input}
            value={props.stackTyped}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => props.onStackTyped(event.target.value)}
          />
        </label>
      )}
      <Button
        id="deploy-button"
        data-testid="deploy-button"
        variant={plan.production ? 'production' : 'primary'}
        size="large"
        icon={<RocketIcon className="icon" aria-hidden />}
        reason={props.why}
        busy={props.busy}
        onClick={props.onDeploy}
      >
        Deploy {changes(plan.counts.total)} to {plan.stage}
      </Button>
    </>
  );
}

/** The reasons beside the button that sleeps; each leads to the place that settles it. */
function Left({ left }: { left: Reason[] }) {
  const MOST = 2;
  const shown = left.slice(0, MOST);
  const more = left.length - shown.length;
  return (
    <div className={styles.left} data-testid="reasons">
      <CircleDashedIcon className={`icon ${styles.sign}`} aria-hidden />
      <span>{left.length} left:</span>
      {shown.map((reason) => (
        <button key={reason.to} type="button" className={styles.link} title={reason.words} onClick={() => document.getElementById(reason.to)?.focus()}>
          {reason.words}
        </button>
      ))}
      {more > 0 && <span>and {more} more</span>}
    </div>
  );
}
