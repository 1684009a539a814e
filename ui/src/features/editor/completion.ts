// What may be written, as the engine knows it.
import { startCompletion, type Completion, type CompletionContext, type CompletionResult, type CompletionSource } from '@codemirror/autocomplete';
import { EditorSelection } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { Suggestion, Suggestions } from '@/bridge';

const TYPES: Record<Suggestion['kind'], string> = { key: 'property', value: 'enum', variable: 'variable', name: 'constant', file: 'text' };

/** Whether to suggest without being asked: behind a letter, and where a value or a name begins. */
export function isOfInterest(before: string): boolean {
  return /(?:[\w-]|\$\{|[:.(]|:\s|-\s|!\w+\s)$/.test(before) && !/^\s*#/.test(before);
}

export function suggest(complete: (text: string, at: number) => Promise<Suggestions>): CompletionSource {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const line = context.state.doc.lineAt(context.pos);
    if (!context.explicit && !isOfInterest(line.text.slice(0, context.pos - line.from))) return null;
    // What cannot be suggested is no failure of the one who writes.
    const found = await complete(context.state.doc.toString(), context.pos).catch(() => null);
    if (found === null || found.all.length === 0 || context.aborted) return null;
    return {
      from: Math.min(found.range.from, context.pos),
      to: Math.max(found.range.to, context.pos),
      options: found.all.map((one, index) => option(one, index)),
      validFor: /^[\w-]*$/,
    };
  };
}

function option(one: Suggestion, index: number): Completion {
  return {
    label: one.label,
    type: TYPES[one.kind],
    // The engine's order stays where the letters fit equally well.
    boost: -Math.min(index, 90),
    ...(one.detail === '' ? {} : { detail: one.detail.length > 60 ? `${one.detail.slice(0, 58)}…` : one.detail }),
    ...(one.doc === '' ? {} : { info: one.doc }),
    apply: (view, _completion, from, to) => write(view, one.insert, from, to),
  };
}

/** Writes a suggestion, and suggests what follows it. */
function write(view: EditorView, text: string, from: number, to: number): void {
  view.dispatch({ changes: { from, to, insert: text }, selection: EditorSelection.cursor(from + text.length), userEvent: 'input.complete', scrollIntoView: true });
  if (/[\s:(]$/.test(text)) startCompletion(view);
}
