// The editor in the colours of the window: the roles of the tokens, so that light and dark follow by themselves.
import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--ok)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--secret)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--text-faint)', fontStyle: 'italic' },
  { tag: [tags.keyword, tags.typeName, tags.labelName, tags.tagName], color: 'var(--sandbox)' },
  { tag: [tags.punctuation, tags.separator, tags.bracket, tags.meta], color: 'var(--text-quiet)' },
]);

const field = { font: 'inherit', color: 'var(--text)', background: 'var(--surface)', border: '1px solid var(--line-control)', borderRadius: 'var(--radius-control)', padding: '2px 8px', minHeight: '24px' };
const raised = { background: 'var(--raised)', color: 'var(--text)', border: '1px solid var(--line)', borderRadius: '8px', boxShadow: 'var(--shadow-raised)', fontFamily: 'var(--font-text)', fontSize: 'var(--size-12)', lineHeight: '18px' };

export const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', background: 'var(--surface)', fontSize: '13px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: '20px', overflow: 'auto' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 12px 0 6px' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--text)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { background: 'var(--accent-line)' },
  '.cm-gutters': { background: 'var(--sunken)', color: 'var(--text-faint)', border: 'none', borderRight: '1px solid var(--line)' },
  '.cm-activeLine': { background: 'transparent', boxShadow: 'inset 0 -1px 0 var(--line), inset 0 1px 0 var(--line)' },
  '.cm-activeLineGutter': { background: 'var(--hover)', color: 'var(--text)' },
  '.cm-foldGutter .cm-gutterElement': { color: 'var(--text-faint)', cursor: 'pointer' },
  '.cm-foldPlaceholder': { background: 'var(--hover)', border: '1px solid var(--line)', color: 'var(--text-quiet)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { background: 'var(--accent-soft)', outline: '1px solid var(--accent-line)' },
  '.cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket': { background: 'var(--danger-soft)', color: 'var(--danger)' },
  '.cm-selectionMatch': { background: 'var(--accent-soft)' },
  '.cm-searchMatch': { background: 'var(--warn-soft)', outline: '1px solid var(--warn-line)' },
  '.cm-searchMatch-selected': { background: 'var(--warn-line)' },
  '.cm-specialChar': { color: 'var(--danger)', background: 'var(--danger-soft)' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--danger)', textUnderlineOffset: '3px' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--warn)', textUnderlineOffset: '3px' },
  '.cm-lint-marker': { width: '10px', height: '10px', margin: '5px 2px', borderRadius: '50%', content: 'none' },
  '.cm-lint-marker-error': { content: 'none', background: 'var(--danger-fill)' },
  '.cm-lint-marker-warning': { content: 'none', background: 'var(--warn)', borderRadius: '2px' },
  '.cm-tooltip': { ...raised, maxWidth: '520px', zIndex: '20' },
  '.cm-tooltip.cm-tooltip-lint': { padding: '0' },
  '.cm-diagnostic': { padding: '8px 12px', borderLeftWidth: '3px', marginLeft: '0' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--danger-fill)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
  '.cm-diagnosticAction': { ...field, margin: '6px 0 0', color: 'var(--text)', cursor: 'pointer' },
  '.ph-meaning': { padding: '8px 12px', maxWidth: '520px', maxHeight: '320px', overflow: 'auto' },
  '.ph-path': { fontFamily: 'var(--font-code)', color: 'var(--text-quiet)', overflowWrap: 'anywhere' },
  '.ph-what': { fontWeight: 'var(--weight-medium)', overflowWrap: 'anywhere' },
  '.ph-more': { color: 'var(--text-quiet)', overflowWrap: 'anywhere' },
  '.ph-note': { color: 'var(--warn)', overflowWrap: 'anywhere' },
  '.ph-example': { margin: '6px 0 0', padding: '6px 10px', background: 'var(--sunken)', borderRadius: 'var(--radius-control)', fontFamily: 'var(--font-code)', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-code)', fontSize: 'var(--size-12)', maxHeight: '280px', minWidth: '260px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px', color: 'var(--text)', display: 'flex', gap: '12px', alignItems: 'baseline' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--selected)', color: 'var(--text)' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent)', fontWeight: 'var(--weight-strong)' },
  '.cm-completionDetail': { fontFamily: 'var(--font-text)', fontStyle: 'normal', color: 'var(--text-quiet)', marginLeft: 'auto' },
  '.cm-tooltip.cm-completionInfo': { ...raised, padding: '8px 12px', maxWidth: '320px' },
  '.cm-panels': { background: 'var(--chrome)', color: 'var(--text)', borderBottom: '1px solid var(--line)' },
  '.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '8px 12px', fontFamily: 'var(--font-text)', fontSize: 'var(--size-12)' },
  '.cm-panel.cm-search label': { color: 'var(--text-quiet)', fontSize: 'var(--size-12)' },
  '.cm-textfield': { ...field, margin: '2px 6px 2px 0' },
  '.cm-button': { ...field, backgroundImage: 'none', margin: '2px 6px 2px 0', cursor: 'pointer' },
  '.cm-panel.cm-search [name=close]': { color: 'var(--text)', minWidth: '24px', minHeight: '24px', fontSize: '16px', top: '6px', right: '8px' },
  '.cm-button:focus-visible, .cm-textfield:focus-visible, .cm-diagnosticAction:focus-visible, [name=close]:focus-visible': { outline: '2px solid var(--focus-outer)', outlineOffset: '1px' },
});
