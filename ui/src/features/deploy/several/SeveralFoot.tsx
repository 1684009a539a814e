import { RocketIcon, Trash2Icon } from 'lucide-react';
import { Button } from '@/components';
import { cutMiddle } from '@/lib/words';
import { Left } from '../plan/Foot';
import type { Reason } from '../plan/model';
import footStyles from '../plan/Foot.module.css';
import { STAGE_FIELD } from './model';

interface Props {
  what: string;
  more: string;
  left: Reason[];
  /** The stage's name must be typed. */
  production: boolean;
  stage: string;
  typed: string;
  onType: (text: string) => void;
  label: string;
  why: string | undefined;
  busy: boolean;
  variant: 'primary' | 'production' | 'danger';
  onGo: () => void;
  back: string;
  onBack: () => void;
}

/** The decision that ends the page: what happens, what if it fails, and what is still missing. */
export function SeveralFoot(props: Props) {
  const { left } = props;
  const removes = props.variant === 'danger';
  const beside = left.filter((one) => one.to !== STAGE_FIELD);
  return (
    <>
      <Button variant="quiet" onClick={props.onBack} data-testid="discard-button">{props.back}</Button>
      <div className={footStyles.words}>
        <p className={footStyles.what}>{props.what}</p>
        <p className={footStyles.quiet}>{props.more}</p>
      </div>
      <div className={footStyles.decide}>
        {beside.length > 0 && <Left left={beside} />}
        {props.production && (
          <label className={footStyles.stack}>
            <span className={footStyles.quiet}>Type <code title={props.stage}>{cutMiddle(props.stage, 30)}</code></span>
            <input id={STAGE_FIELD} data-testid={STAGE_FIELD} className={footStyles.input} value={props.typed} autoComplete="off" spellCheck={false} onChange={(event) => props.onType(event.target.value)} />
          </label>
        )}
        <Button
          id="deploy-button" data-testid={removes ? 'remove-button' : 'deploy-button'} variant={props.variant} size="large"
          icon={removes ? <Trash2Icon className="icon" aria-hidden /> : <RocketIcon className="icon" aria-hidden />}
          reason={props.why} busy={props.busy} onClick={props.onGo}
        >
          {cutMiddle(props.label, 48)}
        </Button>
      </div>
    </>
  );
}
