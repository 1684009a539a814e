import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem, useHost, type ImportPreview, type ImportRowView } from '@/bridge';
import { Button, ErrorPanel, Fit, useToast } from '@/components';
import { plural } from '@/lib/words';
import { relative } from './model';
import styles from './secrets.module.css';

const MOST = 300;
const words: Record<string, { word: string; style: string | undefined }> = {
  added: { word: 'New', style: styles.added }, changed: { word: 'Changed', style: styles.changed }, same: { word: 'The same', style: styles.quiet }, refused: { word: 'Refused', style: styles.refused },
};

/** What would be written, row by row, and the button that writes it once. */
export function Preview({ preview, onDone }: { preview: ImportPreview; onDone: () => void }) {
  const host = useHost();
  const tell = useToast();
  const [told, setTold] = useState('');
  const { view } = preview;
  const writes = view.added + view.changed;
  const writing = useMutation({
    mutationFn: () => host.applyImport(preview.id, preview.token, (said) => {
      if (said.kind === 'done') setTold(`${said.done} of ${said.of} written`);
      else if (said.kind === 'waiting') setTold(said.words);
    }),
    onSuccess: (done) => {
      tell(done.moved.length === 0 ? 'ok' : 'warn', `${plural(done.written.length, 'parameter')} written${done.moved.length === 0 ? '' : `, ${done.moved.length} left alone: somebody changed them since`}`);
      onDone();
    },
  });
  const reason = view.refused > 0 ? `${view.refused} cannot be stored like this` : writes === 0 ? 'All of it is there already' : undefined;
  const order = ['refused', 'changed', 'added', 'same'];
  const rows = [...view.rows].sort((a, b) => order.indexOf(a.fate) - order.indexOf(b.fate));
  return (
    <>
      <p>From <b>{preview.from}</b> into <code>{preview.path}</code>: {plural(view.added, 'new one', 'new ones')}, {view.changed} changed, {view.same} the same{view.refused > 0 ? `, ${view.refused} refused` : ''}.</p>
      {/* What scrolls must be reachable by keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className={styles.preview} tabIndex={0} aria-label="What would change" data-testid="preview">{rows.slice(0, MOST).map((row, index) => <Row key={`${row.name}${index}`} row={row} path={preview.path.replace(/\/+$/, '')} />)}</ul>
      {rows.length > MOST && <p className={styles.quiet}>And {(rows.length - MOST).toLocaleString('en')} more.</p>}
      {told !== '' && writing.isPending && <p role="status">{told}</p>}
      {writing.error !== null && <ErrorPanel problem={asProblem(writing.error)} testId="preview-problem" />}
      <div><Button variant="primary" busy={writing.isPending} reason={reason} onClick={() => writing.mutate()} data-testid="write-all">Write {plural(writes, 'parameter')}</Button></div>
    </>
  );
}

function Row({ row, path }: { row: ImportRowView; path: string }) {
  const fate = words[row.fate];
  return (
    <li>
      <span className={fate?.style}>{fate?.word ?? row.fate}</span>
      <code><Fit text={relative(row.name, path)} /></code>
      <span className={styles.quiet}>{row.before !== null ? `${row.before} → ${row.after ?? ''}` : `${row.bytes} B`}</span>
      {row.broken.map((one) => <span key={one.what} className={styles.why}>{row.line === null ? '' : `Line ${row.line}: `}{one.what}. {one.wayOut}.</span>)}
    </li>
  );
}
