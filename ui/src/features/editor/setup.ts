// The editor's parts: what it shows and which keys it has.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension, type Text } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, hoverTooltip, keymap, lineNumbers, tooltips } from '@codemirror/view';
import type { Meaning, Suggestions } from '@/bridge';
import { suggest } from './completion';
import { meant } from './hover';
import { colours, look } from './look';

export interface Options {
  file: string;
  complete: (text: string, at: number) => Promise<Suggestions>;
  meaning: (text: string, at: number) => Promise<Meaning | null>;
  onEdit: (text: Text) => void;
  onSave: () => void;
}

function languageOf(file: string): Extension {
  if (/\.ya?ml$/.test(file)) return yaml();
  return file.endsWith('.json') ? json() : [];
}

export function extensions({ file, complete, meaning, onEdit, onSave }: Options): Extension {
  return [
    lineNumbers(), foldGutter(), lintGutter(), highlightActiveLineGutter(), highlightActiveLine(), highlightSpecialChars(), drawSelection(),
    history(), indentOnInput(), indentUnit.of('  '), EditorState.tabSize.of(2), bracketMatching(), closeBrackets(), highlightSelectionMatches(),
    languageOf(file), syntaxHighlighting(colours), look,
    search({ top: true }),
    autocompletion({ override: [suggest(complete)], icons: false, maxRenderedOptions: 100 }),
    hoverTooltip(meant(meaning), { hoverTime: 350 }),
    // They stay inside the editor, whose edges would cut them off.
    tooltips({ tooltipSpace: (view) => view.dom.getBoundingClientRect() }),
    EditorView.contentAttributes.of({ 'aria-label': `The text of ${file}`, spellcheck: 'false', tabindex: '0' }),
    EditorView.updateListener.of((update) => { if (update.docChanged) onEdit(update.state.doc); }),
    keymap.of([
      { key: 'Mod-s', run: () => { onSave(); return true; }, preventDefault: true },
      ...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap, ...lintKeymap, indentWithTab,
    ]),
  ];
}
