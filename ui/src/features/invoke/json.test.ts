import { describe, expect, it } from 'vitest';
import { indented, jsonProblem } from './json';

describe('a JSON text', () => {
  const good = ['{}', ' [ ] ', '{"a": [1, -0.5, 1e9, true, false, null, "\\u00e4\\n"]}', '"x"', '0', '\n{\n"a":\t1}\r\n', '{"": {"": {}}}'];
  it.each(good)('is right: %j', (text) => {
    expect(jsonProblem(text)).toBeNull();
    expect(() => { JSON.parse(text); }).not.toThrow();
  });

  const bad: [string, number, number, string][] = [
    ['', 1, 1, 'missing'],
    ['{', 1, 2, 'double quotes'],
    ['{"a": 1,}', 1, 8, 'comma'],
    ['{"a" 1}', 1, 6, 'colon'],
    ["{'a': 1}", 1, 2, 'double quotes'],
    ['[1 2]', 1, 4, 'comma'],
    ['{"a": "x\n"}', 1, 7, 'closing quote'],
    ['{\n  "a": tru\n}', 2, 8, 'missing'],
    ['{"a": 01}', 1, 7, 'number'],
    ['{"a": 1.}', 1, 7, 'number'],
    ['"\\x"', 1, 2, 'backslash'],
    ['{} {}', 1, 4, 'follow'],
    ['"a\tb"', 1, 3, 'escaped'],
  ];
  it.each(bad)('is wrong: %j, at %i:%i', (text, line, column, words) => {
    expect(jsonProblem(text)).toMatchObject({ line, column, message: expect.stringContaining(words) });
    expect(() => { JSON.parse(text); }).toThrow();
  });

  it('nested without end is refused, and does not break the page', () => {
    expect(jsonProblem('['.repeat(100_000))?.message).toBe('Nested too deeply');
  });

  it('of a megabyte is checked while it is typed', () => {
    const text = JSON.stringify(Array.from({ length: 30_000 }, (_, index) => ({ index, name: `item ${index}` })));
    expect(jsonProblem(text)).toBeNull();
    expect(jsonProblem(`${text},`)?.at).toBe(text.length);
  });
});

it('indents what is JSON and leaves the rest alone', () => {
  expect(indented('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
  expect(indented('{"a":')).toBe('{"a":');
});
