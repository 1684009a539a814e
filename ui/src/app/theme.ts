import { useEffect, useState } from 'react';
import type { Theme } from '@/bridge';

const dark = () => window.matchMedia('(prefers-color-scheme: dark)');

/** Light or dark, as the user chose or as the system is now. */
export function useTheme(theme: Theme): void {
  const [system, setSystem] = useState(() => (dark().matches ? 'dark' : 'light'));
  useEffect(() => {
    const query = dark();
    const follow = () => setSystem(query.matches ? 'dark' : 'light');
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  useEffect(() => { document.documentElement.dataset['theme'] = theme === 'system' ? system : theme; }, [theme, system]);
}

/** The rail with icons alone, when the user likes it so; under 1180 px it is so anyway. */
export function useNarrowRail(narrow: boolean): void {
  useEffect(() => { document.documentElement.dataset['rail'] = narrow ? 'narrow' : 'wide'; }, [narrow]);
}
