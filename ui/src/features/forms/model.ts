// Values on their way between the form and the engine, and which edits they make. No rule of the configuration is
// here: what can be written, and what is wrong with it, the engine says.
import type { Control, EditAsked, Field, Finding, Form, Outline } from '@/bridge';

/** JSON, where `{ $yaml: text }` stands for what has no fields. */
export type Value = null | boolean | number | string | Value[] | { [name: string]: Value };

export interface Yaml { [name: string]: string; $yaml: string }

export function isYaml(value: Value | undefined): value is Yaml {
  return isMap(value) && typeof value['$yaml'] === 'string' && Object.keys(value).length === 1;
}

export function isMap(value: Value | undefined): value is { [name: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is filled in: the address of a form, as the page's address has it. */
export type Target =
  | { kind: 'edit'; path: string[] }
  | { kind: 'function' }
  | { kind: 'event'; function: string; event: string }
  | { kind: 'permission' }
  | { kind: 'resource'; type: string };

/** As words with `/` between them: the address reads what looks like JSON as JSON. */
export function writeTarget(target: Target): string {
  const words = (): string[] => {
    switch (target.kind) {
      case 'edit': return target.path;
      case 'event': return [target.function, target.event];
      case 'resource': return [target.type];
      default: return [];
    }
  };
  return [target.kind, ...words()].map(encodeURIComponent).join('/');
}

export function readTarget(text: string | undefined): Target | null {
  if (text === undefined) return null;
  const words = decoded(text);
  const [kind, first, second] = words;
  switch (kind) {
    case 'edit': return words.length > 1 ? { kind, path: words.slice(1) } : null;
    case 'function': case 'permission': return { kind };
    case 'event': return first === undefined || second === undefined ? null : { kind, function: first, event: second };
    case 'resource': return first === undefined ? null : { kind, type: first };
    default: return null;
  }
}

function decoded(text: string): string[] {
  try {
    return text.split('/').map(decodeURIComponent);
  } catch {
    return [];
  }
}

/** Where the form of a target is, in the configuration. */
export function pathOf(target: Target, outline: Outline): string[] {
  switch (target.kind) {
    case 'edit': return target.path;
    case 'function': return ['functions', freeName('newFunction', outline.functions.map((one) => one.name))];
    case 'event': {
      const events = outline.functions.find((one) => one.path[1] === target.function)?.events.length ?? 0;
      return ['functions', target.function, 'events', String(events), target.event];
    }
    case 'permission': return [...outline.permissionsPath, String(outline.permissions.length)];
    case 'resource': return ['resources', 'Resources', freeName('NewResource', outline.resources.map((one) => one.name))];
  }
}

function freeName(wanted: string, taken: string[]): string {
  let name = wanted;
  for (let number = 2; taken.includes(name); number += 1) name = `${wanted}${number}`;
  return name;
}

/** Whether the last name of the path is the user's to choose. */
export function isNamed(path: string[]): boolean {
  return (path[0] === 'functions' && path.length === 2) || (path[0] === 'resources' && path[1] === 'Resources' && path.length === 3);
}

/** Without what is empty: an empty field is a key that is not written. */
export function cleaned(value: Value): Value {
  if (Array.isArray(value)) return value.map(cleaned).filter((one) => one !== '' && one !== null);
  if (!isMap(value) || isYaml(value)) return value;
  const kept: [string, Value][] = [];
  for (const [name, one] of Object.entries(value)) {
    const inner = cleaned(one);
    const gone = inner === '' || inner === null || (isYaml(inner) && inner.$yaml.trim() === '') || (isMap(inner) && Object.keys(inner).length === 0 && isMap(one) && Object.keys(one).length > 0);
    if (!gone) kept.push([name, inner]);
  }
  return Object.fromEntries(kept);
}

/** The edits that make the file say what the form says. */
export function editsOf(form: Form, value: Value, name: string): EditAsked[] {
  const path = isNamed(form.path) && !form.exists ? [...form.path.slice(0, -1), name] : form.path;
  const json = JSON.stringify(cleaned(value));
  if (!form.exists) {
    const number = path[path.length - 1] ?? '';
    const before = path[path.length - 2] ?? '';
    if (path[0] === 'functions' && path[2] === 'events' && path.length === 5) return [{ kind: 'insert', path: path.slice(0, 3), at: null, value: JSON.stringify({ [number]: cleaned(value) }) }];
    if (/^\d+$/.test(number) && before !== '') return [{ kind: 'insert', path: path.slice(0, -1), at: null, value: json }];
    return [{ kind: 'set', path, value: json }];
  }
  const edits: EditAsked[] = [{ kind: 'set', path, value: json }];
  if (isNamed(path) && name !== '' && name !== path[path.length - 1]) edits.push({ kind: 'rename', path, to: name });
  return edits;
}

/** What goes when the whole of it is removed: an event goes with its dash. */
export function removalOf(form: Form): EditAsked[] {
  const isEvent = form.path[0] === 'functions' && form.path[2] === 'events' && form.path.length === 5;
  return [{ kind: 'remove', path: isEvent ? form.path.slice(0, -1) : form.path }];
}

/** What is found at a field or inside it. */
export function foundAt(findings: Finding[], path: string[]): Finding[] {
  const at = path.join('.');
  return findings.filter((one) => one.path !== null && (one.path === at || one.path.startsWith(`${at}.`)));
}

/** What a new value of a control begins as. */
export function emptyOf(control: Control): Value {
  switch (control.kind) {
    case 'list': return [];
    case 'table': return {};
    case 'group': return Object.fromEntries(control.fields.filter((field) => field.required).map((field) => [field.name, emptyOf(field.control)]));
    case 'either': return control.variants[0] === undefined ? '' : emptyOf(control.variants[0].control);
    case 'yaml': case 'kinds': return { $yaml: '' };
    case 'truth': return true;
    default: return '';
  }
}

/** Which form of several a value has. */
export function variantOf(control: Extract<Control, { kind: 'either' }>, value: Value): number {
  const fits = (one: Control): boolean => {
    if (isYaml(value)) return one.kind === 'yaml' || one.kind === 'kinds';
    switch (one.kind) {
      case 'truth': return typeof value === 'boolean';
      case 'number': return typeof value === 'number';
      case 'choice': return typeof value === 'string' && one.words.some((word) => word.toLowerCase() === value.toLowerCase());
      case 'text': return typeof value === 'string' || typeof value === 'number';
      case 'list': return Array.isArray(value);
      case 'group': return isMap(value) && (Object.keys(value).length === 0 || Object.keys(value).some((name) => one.fields.some((field) => field.name === name)));
      case 'table': return isMap(value);
      default: return false;
    }
  };
  return Math.max(0, control.variants.findIndex((one) => fits(one.control)));
}

/** Fields that are in sight at once: those that must be filled in, those that are, and the first few. */
export function inSight(fields: Field[], value: { [name: string]: Value }): [Field[], Field[]] {
  const few = 9;
  const most = fields.length <= few + 2 ? fields.length : few;
  const shown = fields.filter((field, index) => field.required || field.name in value || index < most);
  return [shown, fields.filter((field) => !shown.includes(field))];
}

export function titleOf(target: Target, form: Form): string {
  switch (target.kind) {
    case 'function': return 'New function';
    case 'event': return `New ${target.event} event of ${target.function}`;
    case 'permission': return 'New permission';
    case 'resource': return `New ${target.type.split('::').pop() ?? 'resource'}`;
    case 'edit': {
      const [first, second, third] = form.path;
      if (first === 'functions' && third === 'events') return `${form.path[4] ?? 'Event'} event of ${second ?? ''}`;
      if (first === 'functions') return second ?? 'Function';
      if (first === 'resources') return third ?? 'Resource';
      if (form.path.includes('environment')) return 'Environment of all functions';
      if (form.path.includes('statements') || form.path.includes('iamRoleStatements')) return 'Permission';
      return form.said;
    }
  }
}
