import { XIcon } from 'lucide-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem, useHost, type StorePlace, type TagView } from '@/bridge';
import { Button, ErrorPanel, IconButton, TextField } from '@/components';
import styles from './secrets.module.css';

export function Tags({ place, name, tags, onChanged }: { place: StorePlace; name: string; tags: TagView[]; onChanged: () => void }) {
  const host = useHost();
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const setting = useMutation({
    mutationFn: (change: { set: TagView[]; remove: string[] }) => host.tagSecret(place, name, change.set, change.remove),
    onSuccess: () => { setKey(''); setValue(''); onChanged(); },
  });
  return (
    <section className={styles.part}>
      <h3>Tags</h3>
      {tags.length === 0
        ? <p className={styles.quiet}>None.</p>
        : <div className={styles.chips}>{tags.map((tag) => <span key={tag.key} className={styles.chip}><span title={`${tag.key}=${tag.value}`}>{tag.key}={tag.value}</span><IconButton size="small" label={`Take the tag ${tag.key} away`} icon={<XIcon className="icon" aria-hidden />} onClick={() => setting.mutate({ set: [], remove: [tag.key] })} /></span>)}</div>}
      <form className={styles.inline} onSubmit={(event) => { event.preventDefault(); if (key !== '') setting.mutate({ set: [{ key, value }], remove: [] }); }}>
        <div><TextField label="Key" value={key} onChange={setKey} /></div>
        <div><TextField label="Value" value={value} onChange={setValue} /></div>
        <Button submit busy={setting.isPending} reason={key === '' ? 'Write a key first' : undefined}>Add</Button>
      </form>
      {setting.error !== null && <ErrorPanel problem={asProblem(setting.error)} />}
    </section>
  );
}
