// What the sandbox page says, from how the sandbox stands.
import type { SandboxView, TaskView } from '@/bridge';
import type { Mark } from '@/components';

export const states: Record<SandboxView['standing'], { mark: Mark; word: string; text: string }> = {
  stopped: { mark: 'off', word: 'Stopped', text: 'Nothing of it runs. Your projects can be planned all the same.' },
  starting: { mark: 'working', word: 'Starting', text: 'It answers in a moment.' },
  running: { mark: 'ok', word: 'Running', text: 'The local AWS and PostgreSQL answer.' },
  stopping: { mark: 'working', word: 'Stopping', text: 'What it holds is put away first.' },
  failed: { mark: 'danger', word: 'Failed', text: 'A part of it does not stay up.' },
};

/** Whether only programs of this computer reach it. */
export function isLocalOnly(listensOn: string[]): boolean {
  return listensOn.every((address) => address.startsWith('127.') || address.startsWith('[::1]') || address.startsWith('localhost:'));
}

/** A sentence with what stands between backticks told apart: `[text, code, text]`. */
export function codeParts(sentence: string): string[] {
  const parts = sentence.split('`');
  // An odd backtick is meant as one.
  return parts.length % 2 === 1 ? parts : [sentence];
}

/** What is lost when it is stopped. */
export function stopWords(view: SandboxView): string {
  return view.keepsState
    ? 'What is in it is kept for its next run.'
    : 'What is in it goes with it: stacks, secrets and databases. Your projects are not touched.';
}

/** Why it cannot be emptied, if it cannot. */
export function emptyReason(view: SandboxView): string | undefined {
  if (view.standing === 'starting' || view.standing === 'stopping') return `It is ${view.standing}`;
  if (view.standing === 'stopped' && !view.keepsState) return 'It is stopped and keeps nothing: it is empty';
  return undefined;
}

/** The newest task about the sandbox. Tasks come newest first. */
export function newest(tasks: TaskView[]): TaskView | null {
  return tasks.find((task) => task.kind.startsWith('sandbox')) ?? null;
}
