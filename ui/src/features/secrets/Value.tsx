import { ClipboardCopyIcon, EyeIcon, EyeOffIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { asProblem, useHost, type Problem, type RevealedSecret, type StorePlace } from '@/bridge';
import { Button, ErrorPanel, useToast } from '@/components';
import { plural } from '@/lib/words';
import styles from './secrets.module.css';

type Shown = Pick<RevealedSecret, 'value' | 'version' | 'seconds'>;

/** A value, hidden until somebody asks for it, and again after a while. It is kept here alone and in no cache. */
export function Value({ place, name, bytes }: { place: StorePlace; name: string; bytes: number | null }) {
  const host = useHost();
  const tell = useToast();
  const [shown, setShown] = useState<Shown | null>(null);
  const [left, setLeft] = useState(0);
  const [busy, setBusy] = useState<'reveal' | 'copy' | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    if (shown === null) return;
    const hide = () => setShown(null);
    const hideUnseen = () => { if (document.hidden) hide(); };
    const end = Date.now() + shown.seconds * 1000;
    const timer = setInterval(() => { const rest = Math.ceil((end - Date.now()) / 1000); setLeft(rest); if (rest <= 0) hide(); }, 250);
    document.addEventListener('visibilitychange', hideUnseen);
    return () => { clearInterval(timer); document.removeEventListener('visibilitychange', hideUnseen); };
  }, [shown]);
  const ask = async (what: 'reveal' | 'copy') => {
    setBusy(what);
    setProblem(null);
    try {
      if (what === 'reveal') {
        const { value, version, seconds } = await host.revealSecret(place, name);
        setLeft(seconds);
        setShown({ value, version, seconds });
      } else {
        const done = await host.copySecret(place, name);
        tell('ok', `Version ${done.version} is in the clipboard for ${done.seconds} s, unless you copy something else`);
      }
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(null);
    }
  };
  return (
    <>
      <div className={styles.mask} data-testid="value">
        {shown === null
          ? <span className={styles.dots}><span className="srOnly">The value is hidden</span><span aria-hidden>••••••••••••</span></span>
          // What scrolls must be reachable by keys.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          : <pre className={styles.shown} tabIndex={0} aria-label="The value" data-testid="shown-value">{shown.value}</pre>}
        {shown === null
          ? <Button size="small" busy={busy === 'reveal'} icon={<EyeIcon className="icon" aria-hidden />} onClick={() => void ask('reveal')} data-testid="reveal">Reveal</Button>
          : <Button size="small" icon={<EyeOffIcon className="icon" aria-hidden />} onClick={() => setShown(null)} data-testid="hide">Hide, {left} s</Button>}
        <Button size="small" busy={busy === 'copy'} icon={<ClipboardCopyIcon className="icon" aria-hidden />} onClick={() => void ask('copy')} data-testid="copy-value">Copy</Button>
      </div>
      <p className={styles.note}>{bytes === null ? '' : `${plural(bytes, 'byte')}. `}Shown for 30 s. Who saw it is noted here and in CloudTrail.</p>
      {problem !== null && <ErrorPanel problem={problem} testId="value-problem" />}
    </>
  );
}
