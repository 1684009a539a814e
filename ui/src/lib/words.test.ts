import { describe, expect, it } from 'vitest';
import { bytesWords, cutAlike, cutMiddle, durationWords, plural, relativeTime, visible } from './words';

describe('values as people read them', () => {
  it('keeps both ends of a long text and never more than asked', () => {
    expect(cutMiddle('arn:aws:lambda:eu-central-1:481516234201:function:vote', 21)).toBe('arn:aws:la…ction:vote');
    expect(cutMiddle('short', 21)).toBe('short');
    expect(cutMiddle('abcdef', 4)).toHaveLength(4);
  });
  it('gives durations a unit that fits', () => {
    expect([340, 4200, 42_000, 72_000, 120_000, 3_720_000].map(durationWords)).toEqual(['340 ms', '4.2 s', '42 s', '1 min 12 s', '2 min', '1 h 2 min']);
  });
  it('counts bytes in decimal units', () => {
    expect([512, 1500, 20_300_000].map(bytesWords)).toEqual(['512 B', '1.5 kB', '20.3 MB']);
  });
  it('tells how long ago, and a date beyond a month', () => {
    const now = Date.parse('2026-11-23T12:00:00Z');
    const ago = (seconds: number) => relativeTime(new Date(now - seconds * 1000).toISOString(), now);
    expect([3, 30, 240, 7200, 200_000].map(ago)).toEqual(['just now', '30 s ago', '4 min ago', '2 h ago', '2 d ago']);
    expect(ago(90 * 86_400)).toBe('2026-08-25');
    expect(relativeTime('nonsense', now)).toBe('unknown');
  });
  it('agrees with its number', () => {
    expect([plural(1, 'change'), plural(4, 'change'), plural(2, 'entry', 'entries')]).toEqual(['1 change', '4 changes', '2 entries']);
  });
});

describe('a name', () => {
  it('cannot pass for another by what is not seen in it', () => {
    expect(visible('invoice\u202Efdp.exe')).toBe('invoice<U+202E>fdp.exe');
    expect(visible('a\u200Bb\u0007')).toBe('a<U+200B>b<U+0007>');
    expect(visible('two\nlines\tand \u{1F469}\u200D\u{1F680}')).toBe('two\nlines\tand \u{1F469}\u200D\u{1F680}');
  });

  it('is never cut within a letter', () => {
    expect(cutMiddle('\u{1F680}'.repeat(9), 5)).toBe('\u{1F680}\u{1F680}…\u{1F680}\u{1F680}');
  });

  it('beside its like gives way where both are the same', () => {
    const key = (hash: string) => `serverless/hello-world/dev/code-artifacts/with/a/long/way/to/go/${hash}.zip`;
    expect(cutAlike(key('aaa'), key('aab'), 40)).toEqual(['…aaa.zip', '…aab.zip']);
    expect(cutAlike('128', '512', 40)).toEqual(['128', '512']);
  });
});
