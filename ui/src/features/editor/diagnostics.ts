// What was found of a text, underlined in it.
import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import type { EditorState, TransactionSpec } from '@codemirror/state';
import type { Diagnosis } from '@/bridge';

/** What shows the findings that have a place in the text. */
export function marks(state: EditorState, findings: Diagnosis[], fix: (found: Diagnosis) => void): TransactionSpec {
  const found = findings.flatMap((one): Diagnostic[] => {
    if (one.range === null) return [];
    const last = state.doc.length;
    const from = Math.min(one.range.from, last);
    const { finding } = one;
    return [{
      from,
      to: Math.max(from, Math.min(one.range.to, last)),
      severity: finding.isError ? 'error' : 'warning',
      message: words(one).join('. '),
      renderMessage: () => rendered(one),
      ...(one.fix === null ? {} : { actions: [{ name: one.fix.title, apply: () => fix(one) }] }),
    }];
  });
  return setDiagnostics(state, found);
}

/** What is wrong, why, and what to do; nothing twice. */
export function words(one: Diagnosis): string[] {
  const { message, reason, hint } = one.finding;
  const said = [message];
  if (reason !== null && !message.includes(reason)) said.push(reason);
  if (hint !== null) said.push(hint);
  return said;
}

function rendered(one: Diagnosis): HTMLElement {
  const box = document.createElement('div');
  for (const [index, text] of words(one).entries()) {
    const line = document.createElement('div');
    line.textContent = text;
    line.className = index === 0 ? 'ph-what' : 'ph-more';
    box.append(line);
  }
  return box;
}
