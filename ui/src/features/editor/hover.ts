// What a key is for and what a variable comes to, shown where the pointer rests.
import type { HoverTooltipSource } from '@codemirror/view';
import type { Meaning } from '@/bridge';

export function meant(meaning: (text: string, at: number) => Promise<Meaning | null>): HoverTooltipSource {
  return async (view, at) => {
    const found = await meaning(view.state.doc.toString(), at).catch(() => null);
    if (found === null) return null;
    return { pos: found.range.from, end: found.range.to, above: true, create: () => ({ dom: told(found) }) };
  };
}

/** The words of a tooltip. */
export function told(meaning: Meaning): HTMLElement {
  const box = document.createElement('div');
  box.className = 'ph-meaning';
  const say = (text: string, kind: string) => {
    const line = document.createElement(kind === 'ph-example' ? 'pre' : 'div');
    line.className = kind;
    line.textContent = text;
    box.append(line);
  };
  say(meaning.path, 'ph-path');
  const { key, value } = meaning;
  if (key !== null) {
    if (key.doc !== '') say(key.doc, 'ph-what');
    say(`It is ${key.kind}${key.required ? ', and must be there' : ''}`, 'ph-more');
    if (key.words.length > 1 && key.words.length <= 40 && !key.kind.includes(key.words.join(', '))) say(key.words.join(', '), 'ph-more');
    if (key.default !== null) say(`When absent: ${key.default}`, 'ph-more');
    if (key.note !== null) say(key.note, 'ph-note');
    if (key.example !== null) say(key.example, 'ph-example');
  }
  if (value?.kind === 'value') say(value.text, 'ph-example');
  if (value?.kind === 'hidden') say('Its value is not shown: it comes from where secrets are kept', 'ph-what');
  if (value?.kind === 'unknown') say('It has no value here: it is wrong, or AWS is asked for it when the service is packaged', 'ph-what');
  return box;
}
