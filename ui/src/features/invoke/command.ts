// The commands that do the same as a button here.
import type { Place, ProjectView } from '@/bridge';

/** A word as a POSIX shell takes it. */
export function quoted(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

export function invokeCommand(project: ProjectView | undefined, place: Place, fn: string, data: string): string {
  const words = ['pilothouse', 'invoke', quoted(fn)];
  // A home folder is left to the shell: in quotes, `~` would be a name.
  if (project !== undefined) words.push('--dir', project.folder.startsWith('~') ? `~${quoted(project.folder.slice(1))}` : quoted(project.folder));
  if (place.stage !== null) words.push('--stage', quoted(place.stage));
  if (place.target.kind === 'sandbox') words.push('--sandbox');
  else if (place.target.profile !== null) words.push('--profile', quoted(place.target.profile));
  const compact = squeezed(data);
  if (compact !== '{}') words.push('--data', quoted(compact));
  return words.join(' ');
}

function squeezed(data: string): string {
  if (data.trim() === '') return '{}';
  try {
    return JSON.stringify(JSON.parse(data));
  } catch {
    return data;
  }
}
