import type { Scene } from '@/bridge/memory';

const allowed = [
  { id: '1', project: '/home/mira/code/polls', name: 'serverless.js', hash: '3f0c9a4be1d2775c0c1b86f0a9d4e6b57f2c1d8e90a3b4c5d6e7f8091a2b3c4d' },
  { id: '2', project: '/home/mira/code/a-service-with-a-long-name-in-a-folder-that-somebody-nested/deeper/and-deeper/still/services/orders-and-invoices', name: 'serverless-step-functions 3.21.0, serverless-plugin-aws-alerts 1.7.5, serverless-plugin-log-subscription 2.2.0', hash: '9b1f0c9a4be1d2775c0c1b86f0a9d4e6b57f2c1d8e90a3b4c5d6e7f8091a2b3c' },
];
const denied = { code: 'OUTPUT_UNWRITABLE', kind: 'precondition' as const, title: 'the data folder cannot be written', detail: 'Read-only file system (os error 30)', hints: ['Check free space and permissions of the data folder'], retry: 'after' as const, findings: [], failure: null };

export const scenes: Record<string, Scene> = {
  'settings': { path: '/settings' },
  'settings-allowed': { path: '/settings', calls: { allowedCode: () => Promise.resolve(allowed) } },
  'settings-not-forgotten': { path: '/settings', press: ['forget-1'], calls: { allowedCode: () => Promise.resolve(allowed), forgetCode: () => Promise.reject(denied) } },
  'settings-allowed-unread': { path: '/settings', calls: { allowedCode: () => Promise.reject(denied) } },
  'settings-narrow-rail': { path: '/settings', start: { preferences: { theme: 'system', narrowRail: true } } },
  'settings-not-kept': {
    path: '/settings', press: ['narrow-rail'],
    calls: { setPreferences: () => Promise.reject({ code: 'DATA_FOLDER', kind: 'precondition', title: 'your settings cannot be kept', detail: 'No space left on device (os error 28)', hints: ['Make room in your home folder, then choose again'], retry: 'after', findings: [], failure: null }) },
  },
};
