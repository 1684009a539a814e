import { useMutation } from '@tanstack/react-query';
import { asProblem, useHost, useRefresh, useStart, type Preferences, type Theme } from '@/bridge';
import { Card, Checkbox, Copy, ErrorPanel, Page, PageHeader, Select, Skeleton, useActions, type Option } from '@/components';
import { useBreadcrumb } from '@/lib/frame';
import type { ReactNode } from 'react';
import { AllowedCode } from './AllowedCode';
import styles from './settings.module.css';

const themes: Option<Theme>[] = [{ value: 'system', label: 'As the system' }, { value: 'light', label: 'Light' }, { value: 'dark', label: 'Dark' }];

/** How the window looks. It is kept on this computer. */
export function SettingsPage() {
  useBreadcrumb([{ label: 'Settings' }]);
  const host = useHost();
  const start = useStart();
  const refresh = useRefresh();
  const keeping = useMutation({ mutationFn: (preferences: Preferences) => host.setPreferences(preferences), onSuccess: refresh });
  const now = start.data?.preferences;
  const set = (more: Partial<Preferences>) => { if (now !== undefined) keeping.mutate({ ...now, ...more }); };
  useActions(themes.map((one) => ({ id: `theme-${one.value}`, label: `Theme: ${one.label.toLowerCase()}`, group: 'Settings', run: () => set({ theme: one.value }) })));
  if (start.data === undefined || now === undefined) {
    return <Page narrow><PageHeader title="Settings" />{start.isError ? <ErrorPanel problem={asProblem(start.error)} /> : <Skeleton label="Reading your settings" lines={3} />}</Page>;
  }
  return (
    <Page narrow>
      <PageHeader title="Settings" subtitle="How this window looks. Kept on this computer." />
      {keeping.error !== null && <ErrorPanel problem={asProblem(keeping.error)} />}
      <Card>
        <Row name="Theme" text="Light or dark, or as the system is."><Select label="Theme" value={now.theme} options={themes} onChange={(theme) => set({ theme })} testId="theme" /></Row>
        <Row name="Rail" text="Icons alone leave more room for the page."><Checkbox testId="narrow-rail" label="Show icons only" checked={now.narrowRail} onChange={(narrowRail) => set({ narrowRail })} /></Row>
        <Row name="Version" text="Pilothouse sends nothing about you or what you do to anyone."><Copy text={start.data.version} label="Copy the version" testId="version" /></Row>
      </Card>
      <AllowedCode />
    </Page>
  );
}

function Row({ name, text, children }: { name: string; text: string; children: ReactNode }) {
  return (
    <div className={styles.row}>
      <div className={styles.words}><h2>{name}</h2><p>{text}</p></div>
      {children}
    </div>
  );
}
