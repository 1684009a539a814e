import { CircleDashedIcon, DownloadIcon, RocketIcon } from 'lucide-react';
import { Button } from '@/components';
import { cutMiddle, durationWords } from '@/lib/words';
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
  const profile = plan.target.kind === 'account' ? plan.target.profile : null;
  const where = plan.identity.sandbox ? 'the sandbox' : (profile ?? `account ${plan.identity.account}`);
  const usual = plan.usualMillis === null ? '' : `Usually ${durationWords(plan.usualMillis)}. `;
  return (
    <>
      <Button variant="quiet" busy={props.discarding} onClick={props.onDiscard} data-testid="discard-button">Discard</Button>
      <Button icon={<DownloadIcon className="icon" aria-hidden />} onClick={props.onSave} data-testid="save-plan">Save plan</Button>
      <div className={styles.words}>
        <p className={styles.what}>Makes {changes(plan.counts.total)} in {where}.</p>
        <p className={styles.quiet}>{usual}{ifItFails(plan)}</p>
      </div>
      <div className={styles.decide}>
        {left.length > 0 && <Left left={left} />}
        {plan.production && (
          <label className={styles.stack}>
            <span className={styles.quiet}>Type <code title={plan.stack}>{cutMiddle(plan.stack, 30)}</code></span>
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
          Deploy {changes(plan.counts.total)} to {cutMiddle(plan.stage, 20)}
        </Button>
      </div>
    </>
  );
}

/** The reasons beside the button that sleeps; each leads to the place that settles it. */
export function Left({ left }: { left: Reason[] }) {
  const MOST = 2;
  // The field for the stack's name stands right beside: it needs no link.
  const shown = left.filter((reason) => reason.to !== STACK_FIELD || left.length === 1).slice(0, MOST);
  const more = left.filter((reason) => reason.to !== STACK_FIELD).length - shown.length;
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
