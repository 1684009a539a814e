import type { Host, Problem } from '@/bridge';
import { forever, type Scene } from '@/bridge/memory';
import { untilAllowed } from '@/bridge/memory/consent';
import { long, measured, none, several, tooLarge, without } from './samples';

const path = '/sizes/hello?project=hello&stage=dev&target=sandbox';
const lines = { file: 'serverless.yml', digest: '1', lines: [{ mark: 'same' as const, old: 8, new: 8, text: 'package:' }, { mark: 'added' as const, old: null, new: 9, text: '  patterns:' }, { mark: 'added' as const, old: null, new: 10, text: "    - '!assets/**'" }] };
const proposal = { files: [lines], findings: [], newErrors: 0 };
const calls: Partial<Host> = { sizes: (_place, patterns) => Promise.resolve(without(patterns)), proposeEdit: () => Promise.resolve(proposal), makeEdit: () => Promise.resolve(proposal) };
const given = (view: typeof measured) => ({ ...calls, sizes: () => Promise.resolve(view) });
const problem = (code: string, title: string): Problem => ({ code, kind: 'user', title, detail: 'the function hello has the handler src/app.hello', hints: ['Put the file there, or name the one that is there'], retry: 'after', findings: [], failure: null });

/** Sizes, in every state. */
export const scenes: Record<string, Scene> = {
  'sizes-consent': { path, calls: { ...calls, ...untilAllowed({ sizes: () => Promise.resolve(measured) }) } },
  'sizes': { path, calls },
  'sizes-what-if': { path, calls, press: ['out-assets'] },
  'sizes-counting': { path, calls: { ...calls, sizes: (_place, patterns) => (patterns.length === 0 ? Promise.resolve(measured) : forever()) }, press: ['out-assets'] },
  'sizes-refused': { path, calls: { ...calls, proposeEdit: () => Promise.reject(problem('EDIT_REFUSED', 'nothing was changed: the value has an anchor that 2 other places of the file share')) }, press: ['out-assets'] },
  'sizes-several': { path, calls: given(several) },
  'sizes-made-elsewhere': { path: `${path}&open=ready.zip`, calls: given(several) },
  'sizes-too-large': { path, calls: given(tooLarge) },
  'sizes-long': { path, calls: given(long) },
  'sizes-none': { path, calls: given(none) },
  'sizes-loading': { path, calls: { ...calls, sizes: () => forever() } },
  'sizes-failed': { path, calls: { ...calls, sizes: () => Promise.reject(problem('HANDLER_MISSING', 'there is no file for the handler of hello')) } },
};
