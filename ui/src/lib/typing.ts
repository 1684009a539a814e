/** Whether a key goes into a field: then it is a letter, and no command. Fields may stand in a root of their own. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0] ?? event.target;
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}
