import { SaveIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { asProblem, useHost, useRefresh, type Place, type Problem, type TextFile } from '@/bridge';
import { Badge, Banner, Button, ErrorPanel, PageHeader, Select, useActions, useToast } from '@/components';
import { useGo, useView } from '@/lib/place';
import { visible } from '@/lib/words';
import { holdUnsaved, letGo, useUnsaved } from '@/shared/unsaved';
import { CodeEditor, type EditorHandle } from './CodeEditor';
import { Conflict } from './Conflict';
import { draftOf, dropDraft, idOf, keepDraft, saveDraft, textsOf } from './drafts';
import styles from './editor.module.css';
import { Problems } from './Problems';
import { useChecks } from './useChecks';

/** A file in the editor, what is wrong with it beside it, and what becomes of it. */
export default function Workbench({ place, file }: { place: Place; file: TextFile }) {
  const host = useHost();
  const go = useGo();
  const refresh = useRefresh();
  const toast = useToast();
  const [opened, setOpen] = useView('open');
  const [line, setLine] = useView('line');
  const editor = useRef<EditorHandle>(null);
  const id = idOf(place, file.file);
  // What was written before another file was looked at.
  const [draft] = useState(() => draftOf(id));
  const [base, setBase] = useState(draft?.base ?? file);
  const [dirty, setDirty] = useState(draft !== undefined);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [clash, setClash] = useState<{ mine: string; theirs: TextFile } | null>(null);
  const checks = useChecks(place, file.file, editor);
  const [outside, setOutside] = useState<TextFile | null>(null);
  // What this window has read or written: an answer that was under way while it saved is no news.
  const known = useRef(new Set([base.digest]));
  const isDirty = useRef(false);
  useEffect(() => { isDirty.current = dirty; });

  // What is on the disk is shown as long as nobody writes here.
  useEffect(() => {
    if (known.current.has(file.digest)) return;
    if (isDirty.current) { setOutside(file); return; }
    known.current.add(file.digest);
    editor.current?.replace(file.text);
    setBase(file);
  }, [file]);

  // Another page asked for a line of this file.
  useEffect(() => {
    const number = Number(line);
    if (line === undefined || !Number.isInteger(number)) return;
    editor.current?.goToLine(number);
    setLine(undefined);
  }, [line, setLine]);

  const save = async (before = base.digest): Promise<boolean> => {
    const text = editor.current?.text();
    if (text === undefined || saving) return false;
    setSaving(true);
    try {
      const saved = await host.saveText(place, base.file, before, text);
      if (saved.kind === 'conflict') { setClash({ mine: text, theirs: saved.theirs }); return false; }
      known.current.add(saved.digest);
      setBase({ ...base, text, digest: saved.digest });
      setOutside(null);
      setProblem(null);
      setClash(null);
      setDirty(editor.current?.keep(text) ?? false);
      toast('ok', `${visible(base.file)} is saved`);
      refresh();
      return true;
    } catch (thrown) {
      setProblem(asProblem(thrown));
      return false;
    } finally {
      setSaving(false);
    }
  };
  const take = () => {
    if (clash === null) return;
    const { theirs } = clash;
    editor.current?.replace(theirs.text);
    known.current.add(theirs.digest);
    setBase(theirs);
    setOutside(null);
    setDirty(false);
    setClash(null);
  };
  const giveUp = () => { editor.current?.replace(base.text); setOutside(null); setDirty(false); };
  const ways = useRef({ save, giveUp });
  useEffect(() => { ways.current = { save, giveUp }; });
  useEffect(() => {
    if (!dirty) { dropDraft(id); letGo(id); return; }
    const saved = async () => ((await ways.current.save()) ? { kind: 'saved' as const } : { kind: 'not' as const, show: () => undefined });
    holdUnsaved({ id, project: place.project, name: visible(base.file), save: saved, discard: () => ways.current.giveUp() });
  }, [dirty, id, place.project, base.file]);
  const gone = (text: string) => {
    if (!dirty || !textsOf(place.project).some((one) => one.id === id)) return;
    keepDraft(id, { base, text });
    const show = () => go.editor(place.project, base.file === base.config ? undefined : base.file);
    const saved = () => saveDraft(host, place, id).then(
      (done) => (done ? { kind: 'saved' as const } : { kind: 'not' as const, show }),
      (thrown: unknown) => { toast('danger', `${visible(base.file)} is not saved: ${asProblem(thrown).title}`); return { kind: 'not' as const, show }; },
    );
    holdUnsaved({ id, project: place.project, name: visible(base.file), save: saved, discard: () => dropDraft(id) });
  };
  const others = new Set(useUnsaved().map((one) => one.id));
  useActions([
    { id: 'editor-save', label: `Save ${visible(base.file)}`, group: 'Editor', reason: dirty ? undefined : 'Nothing was changed', run: () => void save() },
    { id: 'editor-check', label: 'Check the text again', group: 'Editor', run: checks.again },
    { id: 'editor-service', label: 'Go to the service', group: 'Editor', run: () => go.service(place.project) },
  ]);
  const files = [base.config, ...base.others];
  return (
    <div className={styles.page}>
      <PageHeader
        title={visible(base.file)}
        marks={dirty ? <Badge tone="warn">not saved</Badge> : <Badge>saved</Badge>}
        subtitle="What is wrong is found while you write. Nothing is run, and nothing is deployed."
        actions={<>
          {files.length > 1 && <span className={styles.file}><Select label="File" value={opened ?? base.file} options={files.map((name) => ({ value: name, label: others.has(idOf(place, name)) ? `${visible(name)} (not saved)` : visible(name) }))} onChange={(name) => setOpen(name === base.config ? undefined : name)} testId="editor-file" /></span>}
          <Button onClick={() => go.service(place.project)} data-testid="editor-service">Service</Button>
          <Button variant="primary" icon={<SaveIcon className="icon" aria-hidden />} busy={saving} reason={dirty ? undefined : 'Nothing was changed'} onClick={() => void save()} title="Ctrl S" data-testid="editor-save">Save</Button>
        </>}
      />
      {problem !== null && <ErrorPanel problem={problem} actions={<Button onClick={() => void save()}>Save again</Button>} testId="not-saved" />}
      {outside !== null && <Banner tone="warn" title={`${visible(base.file)} was changed on the disk`} actions={<Button size="small" onClick={() => setClash({ mine: editor.current?.text() ?? '', theirs: outside })} data-testid="editor-compare">Compare</Button>}>Saving will ask which of the two texts stays.</Banner>}
      <div className={styles.work}>
        <CodeEditor ref={editor} place={place} file={base.file} text={draft?.text ?? file.text} saved={base.text} onEdit={(isDirty) => { setDirty(isDirty); checks.later(); }} onSave={() => void save()} onGone={gone} />
        <Problems place={place} isDirty={dirty} checks={checks} file={base.file} files={files} onGo={(found) => editor.current?.goTo(found)} onFix={(found) => editor.current?.apply(found)} onOpen={(name, at) => go.editor(place.project, name === base.config ? undefined : name, at)} />
      </div>
      <p className={styles.keys}>Ctrl Space suggests, Ctrl F finds, Ctrl S saves. Esc, then Tab leaves the text.</p>
      {clash !== null && <Conflict mine={clash.mine} theirs={clash.theirs} busy={saving} onMine={() => void save(clash.theirs.digest)} onTheirs={take} onClose={() => setClash(null)} />}
    </div>
  );
}
