import type { Host, Problem } from '@/bridge';
import { forever, type Scene } from '@/bridge/memory';
import { untilAllowed } from '@/bridge/memory/consent';
import { writeTarget, type Target } from './model';
import { eventForm, functionForm, newFunctionForm, outline, permissionForm, proposal, resourceForm, wrong } from './samples';

const at = (target?: Target) => `/forms/hello?project=hello&stage=dev&target=sandbox${target === undefined ? '' : `&open=${encodeURIComponent(writeTarget(target))}`}`;
const calls: Partial<Host> = {
  outline: () => Promise.resolve(outline),
  form: () => Promise.resolve(functionForm),
  proposeEdit: () => Promise.resolve(proposal),
  makeEdit: () => Promise.resolve(proposal),
};
const hello: Target = { kind: 'edit', path: ['functions', 'hello'] };
const problem = (code: string, title: string, more: Partial<Problem> = {}): Problem => ({ code, kind: 'config', title, detail: null, hints: [], retry: 'after', findings: [], failure: null, ...more });

export const shared = problem('EDIT_REFUSED', 'nothing was changed: the value has an anchor that 2 other places of the file share', {
  findings: [{
    code: 'EDIT_REFUSED', isError: true, message: 'nothing was changed: the value has an anchor that 2 other places of the file share', path: null, reason: 'the value has an anchor that 2 other places of the file share',
    hint: 'Change it everywhere (`--shared all`), or give this place a copy of its own (`--shared detach`)', place: { file: 'serverless.yml', line: 17, column: 18, text: '    environment: *usual', length: 6 },
  }],
});
const many = Array.from({ length: 300 }, (_, number) => ({ name: `function-with-quite-a-long-name-number-${number}`, handler: `src/handlers/module${number}.handler`, path: ['functions', `f${number}`], events: outline.functions[0]?.events ?? [] }));

/** A project as forms: each part, each thing that can go wrong. */
export const scenes: Record<string, Scene> = {
  'forms-consent': { path: at(), calls: { ...calls, ...untilAllowed({ outline: () => Promise.resolve(outline) }) } },
  'forms-consent-change': { path: at(hello), calls: { ...calls, ...untilAllowed({ proposeEdit: () => Promise.resolve(proposal) }) }, press: ['add-environment'] },
  'forms': { path: at(), calls },
  'forms-empty': { path: at(), calls: { ...calls, outline: () => Promise.resolve({ ...outline, functions: [], permissions: [], resources: [] }) } },
  'forms-many': { path: at(hello), calls: { ...calls, outline: () => Promise.resolve({ ...outline, functions: many }) } },
  'forms-loading': { path: at(), calls: { ...calls, outline: () => forever() } },
  'forms-part-loading': { path: at(hello), calls: { ...calls, form: () => forever() } },
  'forms-unreadable': { path: at(), calls: { ...calls, outline: () => Promise.reject(problem('CONFIG_SYNTAX', 'serverless.yml is not valid YAML', { findings: [{ code: 'CONFIG_SYNTAX', isError: true, message: 'the file is not valid YAML: while parsing a block mapping', path: null, reason: 'did not find expected key', hint: 'Check the indentation and the quotes of this line and the one before it', place: { file: 'serverless.yml', line: 9, column: 4, text: '   name: aws', length: 4 } }] })) } },
  'forms-function': { path: at(hello), calls },
  'forms-changed': { path: at(hello), calls, press: ['add-environment'] },
  'forms-looking': { path: at(hello), calls: { ...calls, proposeEdit: () => forever() }, press: ['add-environment'] },
  'forms-wrong': { path: at(hello), calls: { ...calls, form: () => Promise.resolve({ ...functionForm, json: JSON.stringify({ handler: 'src/app.hello', timeout: 9999 }) }), proposeEdit: () => Promise.resolve({ ...proposal, findings: [wrong], newErrors: 1 }) }, press: ['add-environment'] },
  'forms-shared': { path: at(hello), calls: { ...calls, proposeEdit: () => Promise.reject(shared) }, press: ['add-environment'] },
  'forms-conflict': { path: at(hello), calls: { ...calls, makeEdit: () => Promise.reject(problem('EDIT_CONFLICT', '`serverless.yml` changed since this was looked at', { kind: 'precondition', hints: ['Look at the change again: it is made over what the file holds now'] })) }, press: ['add-environment', 'save-form'] },
  'forms-remove': { path: at(hello), calls: { ...calls, proposeEdit: () => Promise.resolve({ ...proposal, files: proposal.files.map((file) => ({ ...file, lines: file.lines.filter((line) => line.mark !== 'added') })) }) }, press: ['remove-part'] },
  'forms-new-function': { path: at({ kind: 'function' }), calls: { ...calls, form: () => Promise.resolve(newFunctionForm) } },
  'forms-new-event': { path: at({ kind: 'event', function: 'hello', event: 'http' }), calls: { ...calls, form: () => Promise.resolve(eventForm) } },
  'forms-permission': { path: at({ kind: 'edit', path: permissionForm.path }), calls: { ...calls, form: () => Promise.resolve(permissionForm) } },
  'forms-new-resource': { path: at({ kind: 'resource', type: 'AWS::DynamoDB::Table' }), calls: { ...calls, form: () => Promise.resolve(resourceForm) } },
};
