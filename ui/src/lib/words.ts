// Values as people read them: with units, shortened where they are long, exact where it matters.

// Marks that turn the direction of what follows, and letters that take no room: with them a name can look like
// another. The two joiners belong to scripts and to emoji.
const UNSEEN = /(?![\t\n\r\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text with what cannot be seen in it named, as in `a<U+202E>b`, so that no name can pass for another. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (one) => `<U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`);
}

/** Cuts a long text in its middle: both ends of an id tell more than its beginning. No letter is cut in two. */
export function cutMiddle(text: string, max: number): string {
  const shown = visible(text);
  if (shown.length <= max) return shown;
  const letters = Array.from(shown);
  if (letters.length <= max) return shown;
  const head = Math.ceil((max - 1) / 2);
  const tail = Math.floor((max - 1) / 2);
  return `${letters.slice(0, head).join('')}…${letters.slice(letters.length - tail).join('')}`;
}

/** Two long texts of which the differing parts matter: what both begin with gives way. */
export function cutAlike(one: string, other: string, max: number): [string, string] {
  if (one.length <= max && other.length <= max) return [cutMiddle(one, max), cutMiddle(other, max)];
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  // From the beginning of the part that differs: a path is not cut within a name.
  const at = Math.max(one.lastIndexOf('/', same - 1), one.lastIndexOf(':', same - 1)) + 1;
  const rest = (text: string) => `${at > 0 ? '…' : ''}${cutMiddle(text.slice(at), max)}`;
  return [rest(one), rest(other)];
}

/** `340 ms`, `4.2 s`, `1 min 12 s`. */
export function durationWords(millis: number): string {
  if (millis < 1000) return `${Math.round(millis)} ms`;
  if (millis < 10_000) return `${(millis / 1000).toFixed(1)} s`;
  if (millis < 60_000) return `${Math.round(millis / 1000)} s`;
  const seconds = Math.round(millis / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
}

/** Decimal units, as AWS counts. */
export function bytesWords(count: number): string {
  if (count < 1000) return `${count} B`;
  if (count < 1_000_000) return `${(count / 1000).toFixed(1)} kB`;
  if (count < 1_000_000_000) return `${(count / 1_000_000).toFixed(1)} MB`;
  return `${(count / 1_000_000_000).toFixed(1)} GB`;
}

/** `just now`, `4 min ago`, `3 d ago`; a date beyond a month. */
export function relativeTime(at: string, now: number): string {
  const seconds = Math.floor((now - Date.parse(at)) / 1000);
  if (Number.isNaN(seconds)) return 'unknown';
  if (seconds < 10) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  if (seconds < 30 * 86_400) return `${Math.floor(seconds / 86_400)} d ago`;
  return at.slice(0, 10);
}

/** The moment in this computer's time zone, to the second. */
export function exactTime(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}

/** The time of day, with tenths of a second when they matter. */
export function clockTime(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** `1 change`, `4 changes`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
