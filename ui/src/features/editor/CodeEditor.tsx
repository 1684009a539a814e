import { EditorState, type Text } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { useHost, type Diagnosis, type Place } from '@/bridge';
import { marks } from './diagnostics';
import styles from './editor.module.css';
import { extensions } from './setup';

/** What the page around it does with the text. */
export interface EditorHandle {
  text: () => string;
  /** Another text, as if it were opened anew; it can be undone. */
  replace: (text: string) => void;
  /** This text is the one on the disk; answers whether more was written since. */
  keep: (text: string) => boolean;
  /** Underlines what was found of a text, unless it was changed since. */
  show: (text: string, findings: Diagnosis[]) => void;
  goTo: (finding: Diagnosis) => void;
  goToLine: (line: number) => void;
  apply: (finding: Diagnosis) => void;
}

interface Props {
  place: Place;
  file: string;
  /** The text to begin with. */
  text: string;
  /** The text that the file has. */
  saved: string;
  onEdit: (isDirty: boolean) => void;
  onSave: () => void;
  /** The editor goes with this text in it. */
  onGone: (text: string) => void;
  ref: Ref<EditorHandle>;
}

/** The text. Its styles live in a root of its own, made by code: the window's policy lets no other styles in. */
export function CodeEditor({ place, file, text, saved, onEdit, onSave, onGone, ref }: Props) {
  const host = useHost();
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const kept = useRef<Text | null>(null);
  const begin = useRef({ text, saved });
  const now = useRef({ host, place, file, onEdit, onSave, onGone });
  useEffect(() => { now.current = { host, place, file, onEdit, onSave, onGone }; });

  useEffect(() => {
    if (box.current === null) return;
    const root = box.current.shadowRoot ?? box.current.attachShadow({ mode: 'open' });
    const state = EditorState.create({
      doc: begin.current.text,
      extensions: extensions({
        file: now.current.file,
        complete: (doc, at) => now.current.host.completeText(now.current.place, now.current.file, doc, at),
        meaning: (doc, at) => now.current.host.meaningOfText(now.current.place, now.current.file, doc, at),
        onEdit: (doc) => now.current.onEdit(kept.current === null || !doc.eq(kept.current)),
        onSave: () => now.current.onSave(),
      }),
    });
    kept.current = EditorState.create({ doc: begin.current.saved }).doc;
    const made = new EditorView({ state, parent: root, root });
    view.current = made;
    made.focus();
    return () => { now.current.onGone(made.state.doc.toString()); made.destroy(); view.current = null; };
  }, []);

  useImperativeHandle(ref, () => ({
    text: () => view.current?.state.doc.toString() ?? begin.current.text,
    replace: (next) => {
      const own = view.current;
      if (own === null) return;
      kept.current = EditorState.create({ doc: next }).doc;
      own.dispatch({ changes: { from: 0, to: own.state.doc.length, insert: next }, selection: { anchor: Math.min(own.state.selection.main.head, next.length) } });
    },
    keep: (next) => {
      kept.current = EditorState.create({ doc: next }).doc;
      return view.current !== null && !view.current.state.doc.eq(kept.current);
    },
    show: (checked, findings) => {
      const own = view.current;
      if (own !== null && own.state.doc.toString() === checked) own.dispatch(marks(own.state, findings, (found) => change(own, found)));
    },
    goTo: (found) => { if (view.current !== null && found.range !== null) go(view.current, found.range.from, found.range.to); },
    goToLine: (line) => {
      const own = view.current;
      if (own === null) return;
      const { from } = own.state.doc.line(Math.max(1, Math.min(line, own.state.doc.lines)));
      go(own, from, from);
    },
    apply: (found) => { if (view.current !== null) change(view.current, found); },
  }), []);

  return <div ref={box} className={styles.editor} data-testid="editor-text" />;
}

function go(view: EditorView, from: number, to: number): void {
  const last = view.state.doc.length;
  const anchor = Math.min(from, last);
  view.dispatch({ selection: { anchor, head: Math.min(to, last) }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
  view.focus();
}

/** Puts a finding right. What was found of another text is found again first. */
function change(view: EditorView, found: Diagnosis): void {
  if (found.fix === null) return;
  const { range, text } = found.fix;
  if (range.to > view.state.doc.length) return;
  view.dispatch({ changes: { from: range.from, to: range.to, insert: text }, selection: { anchor: range.from + text.length }, userEvent: 'input.fix', scrollIntoView: true });
  view.focus();
}
