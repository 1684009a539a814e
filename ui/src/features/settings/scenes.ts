import type { Scene } from '@/bridge/memory';

export const scenes: Record<string, Scene> = {
  'settings': { path: '/settings' },
  'settings-narrow-rail': { path: '/settings', start: { preferences: { theme: 'system', narrowRail: true } } },
  'settings-not-kept': {
    path: '/settings', press: ['narrow-rail'],
    calls: { setPreferences: () => Promise.reject({ code: 'DATA_FOLDER', kind: 'precondition', title: 'your settings cannot be kept', detail: 'No space left on device (os error 28)', hints: ['Make room in your home folder, then choose again'], retry: 'after', findings: [], failure: null }) },
  },
};
