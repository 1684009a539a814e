import { useMutation } from '@tanstack/react-query';
import { useHost, useRefresh, useStart, type Theme } from '@/bridge';
import { DefinitionList, Page, PageHeader, Select, Skeleton, type Option } from '@/components';
import { useBreadcrumb } from '@/lib/frame';

const themes: Option<Theme>[] = [{ value: 'system', label: 'As the system' }, { value: 'light', label: 'Light' }, { value: 'dark', label: 'Dark' }];

export function SettingsPage() {
  useBreadcrumb([{ label: 'Settings' }]);
  const host = useHost();
  const start = useStart();
  const refresh = useRefresh();
  const set = useMutation({ mutationFn: (theme: Theme) => host.setPreferences({ narrowRail: false, theme }), onSuccess: refresh });
  if (start.data === undefined) return <Page narrow><Skeleton label="Reading your settings" lines={3} /></Page>;
  return (
    <Page narrow>
      <PageHeader title="Settings" />
      <DefinitionList items={[
        { name: 'Theme', value: <Select label="Theme" value={start.data.preferences.theme} options={themes} onChange={(theme) => set.mutate(theme)} testId="theme" /> },
        { name: 'Version', value: start.data.version },
      ]} />
    </Page>
  );
}
