import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { asProblem, useAbout, useHost, useStart } from '@/bridge';
import { Button, ErrorPanel, useActions } from '@/components';
import { useGo, usePlace } from '@/lib/place';
import { LeaveWindow } from '@/shared/unsaved';
import styles from './Frame.module.css';
import { Keys } from './Keys';
import { Palette } from './Palette';
import { Rail } from './Rail';
import { StatusLine } from './StatusLine';
import { TopBar } from './TopBar';
import { useNarrowRail, useTheme } from './theme';

/** What stays while pages change: the way, the identity, and what runs. */
export function Frame() {
  const start = useStart();
  const place = usePlace();
  const about = useAbout(place);
  useTheme(start.data?.preferences.theme ?? 'system');
  useNarrowRail(start.data?.preferences.narrowRail ?? false);
  useFirstPaint(start.isSuccess || start.isError);
  useOpened(start.data?.opened ?? null);
  useWays();
  const production = place !== null && (about?.production ?? false);
  return (
    <div className={`${styles.frame} ${production ? styles.production : ''}`} data-target={place?.target.kind}>
      <a className={styles.skip} href="#work" onClick={(event) => { event.preventDefault(); document.getElementById('work')?.querySelector<HTMLElement>('[tabindex]')?.focus(); }}>Skip to the page</a>
      <TopBar />
      <Rail />
      <main id="work" className={styles.work}>
        {start.isError
          ? <div className={styles.failed}><ErrorPanel problem={asProblem(start.error)} actions={<Button onClick={() => void start.refetch()}>Try again</Button>} /></div>
          : <Outlet />}
      </main>
      <StatusLine production={production} />
      <Palette />
      <Keys />
      <LeaveWindow />
    </div>
  );
}

/** The window is shown once there is something to see. */
function useFirstPaint(ready: boolean) {
  const host = useHost();
  useEffect(() => {
    if (!ready) return;
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => void host.painted()));
    // A hidden window draws no frames: it must be shown all the same.
    const timer = setTimeout(() => void host.painted(), 60);
    return () => { cancelAnimationFrame(frame); clearTimeout(timer); };
  }, [host, ready]);
}

/** The project that the app was started with is opened once. */
function useOpened(opened: string | null) {
  const go = useGo();
  const { pathname } = useLocation();
  const done = useRef<string | null>(null);
  useEffect(() => {
    if (opened === null || done.current === opened) return;
    done.current = opened;
    if (pathname === '/') go.service(opened);
  }, [opened, go, pathname]);
}

function useWays() {
  const go = useGo();
  const place = usePlace();
  const none = place === null ? 'Open a project first' : undefined;
  useActions([
    { id: 'go-overview', label: 'Go to the overview', group: 'Go', run: go.home },
    { id: 'go-service', label: 'Go to the service', group: 'Go', reason: none, run: () => go.service(place?.project ?? null) },
    { id: 'go-http', label: 'Go to the HTTP console', group: 'Go', reason: none, run: () => { if (place !== null) go.http(place.project); } },
    { id: 'go-editor', label: 'Edit the configuration', group: 'Go', reason: none, run: () => { if (place !== null) go.editor(place.project); } },
    { id: 'go-secrets', label: 'Go to secrets', group: 'Go', run: () => go.secrets() },
    { id: 'go-logs', label: 'Go to the logs', group: 'Go', reason: none, run: () => go.logs(place?.project ?? null) },
    { id: 'go-activity', label: 'Go to activity', group: 'Go', run: go.activity },
    { id: 'go-sandbox', label: 'Go to the sandbox', group: 'Go', run: go.sandbox },
    { id: 'go-accounts', label: 'Go to accounts', group: 'Go', run: go.accounts },
    { id: 'go-settings', label: 'Go to settings', group: 'Go', run: go.settings },
  ]);
}
