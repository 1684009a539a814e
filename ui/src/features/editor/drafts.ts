// Texts that were written and not saved, of files that are not in sight just now.
import type { Host, Place, TextFile } from '@/bridge';
import { unsaved, type Unsaved } from '@/shared/unsaved';

export interface Draft {
  /** The file as the text began with it. */
  base: TextFile;
  text: string;
}

const PREFIX = 'text ';
const drafts = new Map<string, Draft>();

/** The id of a text among all that is not saved. */
export function idOf(place: Place, file: string): string {
  return `${PREFIX}${place.project} ${file}`;
}

export function draftOf(id: string): Draft | undefined {
  return drafts.get(id);
}

export function keepDraft(id: string, draft: Draft): void {
  drafts.set(id, draft);
}

export function dropDraft(id: string): void {
  drafts.delete(id);
}

/** The texts of a project that are not saved. */
export function textsOf(project: string): Unsaved[] {
  return unsaved().filter((one) => one.project === project && one.id.startsWith(PREFIX));
}

/** Saves a text that is not in sight; answers whether the file has it now. */
export async function saveDraft(host: Host, place: Place, id: string): Promise<boolean> {
  const draft = drafts.get(id);
  if (draft === undefined) return true;
  const saved = await host.saveText(place, draft.base.file, draft.base.digest, draft.text);
  if (saved.kind === 'conflict') return false;
  drafts.delete(id);
  return true;
}
