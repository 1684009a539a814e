// What is filled in, and what is asked of the engine for it. The value is no part of the draft.
import type { ParameterType, ParameterView, SecretDraft, Tier } from '@/bridge';

export interface Filled {
  name: string; kind: ParameterType; how: 'typed' | 'generated' | 'kept'; value: string; letters: string; signs: boolean;
  key: string; tier: Tier; description: string; pattern: string; expires: string; warnBefore: string; warnUnchanged: string;
}

export const empty: Filled = {
  name: '/', kind: 'SecureString', how: 'typed', value: '', letters: '32', signs: false, key: '', tier: 'Standard', description: '', pattern: '', expires: '', warnBefore: '', warnUnchanged: '',
};

/** A form that changes nothing yet. */
export function startOf(one: ParameterView): Filled {
  return { ...empty, name: one.name, kind: one.kind, how: 'typed', key: one.key ?? '', tier: one.tier, description: one.description ?? '', pattern: one.pattern ?? '' };
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
const list = (text: string) => text.split(/[\s,]+/).filter((one) => one !== '');

export function draftOf(filled: Filled, editing?: ParameterView): SecretDraft {
  return {
    name: filled.name.trim(), kind: filled.kind, key: filled.kind === 'SecureString' ? orNull(filled.key) : null, tier: filled.tier, description: orNull(filled.description), pattern: orNull(filled.pattern),
    expires: orNull(filled.expires), warnBefore: list(filled.warnBefore), warnUnchanged: list(filled.warnUnchanged), tags: [], seen: editing?.version ?? null,
  };
}

/** How many bytes are sent; null when the value stays. */
export function sizeOf(filled: Filled): number | null {
  if (filled.how === 'kept') return null;
  return filled.how === 'generated' ? Number(filled.letters) || 32 : new TextEncoder().encode(filled.value).length;
}
