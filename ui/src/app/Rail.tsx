import { useLocation } from '@tanstack/react-router';
import { BoxIcon, BoxesIcon, ChevronsUpDownIcon, FolderGitIcon, HistoryIcon, IdCardIcon, KeyRoundIcon, LayoutDashboardIcon, ScrollTextIcon, SettingsIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSandbox, useStart, type SandboxStanding } from '@/bridge';
import { Status, type Mark } from '@/components';
import { useGo, usePlace } from '@/lib/place';
import styles from './Rail.module.css';

const states: Record<SandboxStanding, { mark: Mark; word: string }> = {
  stopped: { mark: 'off', word: 'Stopped' }, starting: { mark: 'working', word: 'Starting' }, running: { mark: 'ok', word: 'Running' },
  stopping: { mark: 'working', word: 'Stopping' }, failed: { mark: 'danger', word: 'Failed' },
};

export function Rail() {
  const go = useGo();
  const place = usePlace();
  const start = useStart();
  const sandbox = useSandbox();
  const { pathname } = useLocation();
  const known = start.data?.recent.find((one) => one.id === place?.project);
  const state = states[sandbox.data?.standing ?? start.data?.sandbox.standing ?? 'stopped'];
  const at = (path: string) => (path === '/' ? pathname === '/' : pathname.startsWith(path));
  const inService = at('/services') || at('/plan') || at('/invoke') || at('/http') || at('/editor') || at('/forms') || at('/sizes') || (at('/task') && place !== null);
  return (
    <nav className={styles.rail} aria-label="Main">
      <button type="button" className={styles.project} onClick={go.home} title={known?.folder ?? 'Choose a project'} data-testid="project-switcher">
        <span className={styles.glyph}><FolderGitIcon className="icon" aria-hidden /></span>
        <span className={styles.names}><b>{known?.name ?? 'No project open'}</b><span>{known?.folder ?? 'Choose or start one'}</span></span>
        <ChevronsUpDownIcon className="icon" aria-hidden />
      </button>
      <Item label="Overview" icon={<LayoutDashboardIcon className="icon" aria-hidden />} on={at('/')} onClick={go.home} />
      <Item label="Services" icon={<BoxesIcon className="icon" aria-hidden />} on={inService} onClick={() => go.service(place?.project ?? null)} />
      <Item label="Secrets" icon={<KeyRoundIcon className="icon" aria-hidden />} on={at('/secrets')} onClick={() => go.secrets()} />
      <Item label="Logs" icon={<ScrollTextIcon className="icon" aria-hidden />} on={at('/logs')} onClick={() => go.logs(place?.project ?? null)} />
      <Item label="Activity" icon={<HistoryIcon className="icon" aria-hidden />} on={at('/activity')} onClick={go.activity} />
      <span className={styles.space} />
      <Item label="Sandbox" icon={<BoxIcon className="icon" aria-hidden />} on={at('/sandbox')} onClick={go.sandbox} end={<Status mark={state.mark} word={state.word} testId="sandbox-state" />} />
      <Item label="Accounts" icon={<IdCardIcon className="icon" aria-hidden />} on={at('/accounts')} onClick={go.accounts} />
      <Item label="Settings" icon={<SettingsIcon className="icon" aria-hidden />} on={at('/settings')} onClick={go.settings} />
    </nav>
  );
}

function Item({ label, icon, on, onClick, end }: { label: string; icon: ReactNode; on: boolean; onClick: () => void; end?: ReactNode }) {
  return (
    <button type="button" className={`${styles.item} ${on ? styles.on : ''}`} aria-current={on ? 'page' : undefined} onClick={onClick} title={label}>
      {icon}<span className={styles.label}>{label}</span>{end !== undefined && <span className={styles.end}>{end}</span>}
    </button>
  );
}
