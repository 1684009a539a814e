// Checks a JSON text and says where it goes wrong. The engines of the three systems word this differently, and some
// name no place at all, so the place is found here. Strict: RFC 8259, nothing more.

export interface JsonProblem {
  message: string;
  /** From one. */
  line: number;
  /** From one. */
  column: number;
  /** How many characters stand before it. */
  at: number;
}

/** None when the text is JSON. */
export function jsonProblem(text: string): JsonProblem | null {
  const reader = new Reader(text);
  try {
    reader.space();
    reader.value(0);
    reader.space();
    if (reader.at < text.length) reader.fail(`Nothing may follow the value, found ${reader.shown()}`);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof Wrong)) throw thrown;
    return { message: thrown.message, at: thrown.at, ...placeOf(text, thrown.at) };
  }
}

function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}

class Wrong extends Error {
  constructor(message: string, readonly at: number) {
    super(message);
  }
}

const DEEPEST = 500;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// Control characters are what a JSON text must not hold.
// eslint-disable-next-line no-control-regex
const STRING_PART = /[^"\\\u0000-\u001f]+/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

class Reader {
  at = 0;

  constructor(private readonly text: string) {}

  fail(message: string, at = this.at): never {
    throw new Wrong(message, at);
  }

  /** The character in front, as people name it. */
  shown(): string {
    const found = this.text[this.at];
    if (found === undefined) return 'the end';
    return found === '\n' ? 'a new line' : `“${found}”`;
  }

  space(): void {
    while (this.at < this.text.length && ' \t\n\r'.includes(this.text.charAt(this.at))) this.at += 1;
  }

  value(depth: number): void {
    if (depth > DEEPEST) this.fail('Nested too deeply');
    const first = this.text[this.at];
    if (first === '{') return this.object(depth);
    if (first === '[') return this.list(depth);
    if (first === '"') return this.string();
    if (first !== undefined && /[-\d]/.test(first)) return this.number();
    for (const word of ['true', 'false', 'null']) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return;
      }
    }
    if (first === "'") this.fail('Text stands in double quotes');
    this.fail(`A value is missing, found ${this.shown()}`);
  }

  private object(depth: number): void {
    this.at += 1;
    this.space();
    if (this.take('}')) return;
    for (;;) {
      if (this.text[this.at] !== '"') this.fail(`A name in double quotes is missing, found ${this.shown()}`);
      this.string();
      this.space();
      if (!this.take(':')) this.fail(`A colon is missing after the name, found ${this.shown()}`);
      this.space();
      this.value(depth + 1);
      if (this.isEnd('}', 'name')) return;
    }
  }

  private list(depth: number): void {
    this.at += 1;
    this.space();
    if (this.take(']')) return;
    for (;;) {
      this.value(depth + 1);
      if (this.isEnd(']', 'value')) return;
    }
  }

  /** After one part of an object or a list: its end, or a comma with another part behind it. */
  private isEnd(end: string, part: string): boolean {
    this.space();
    if (this.take(end)) return true;
    const comma = this.at;
    if (!this.take(',')) this.fail(`A comma or ${end} is missing, found ${this.shown()}`);
    this.space();
    if (this.text[this.at] === end) this.fail(`No comma may stand before ${end}: a ${part} is missing`, comma);
    return false;
  }

  private string(): void {
    const start = this.at;
    this.at += 1;
    for (;;) {
      this.skip(STRING_PART);
      if (this.take('"')) return;
      const found = this.text[this.at];
      if (found === undefined || found === '\n') this.fail('This text has no closing quote', start);
      if (found !== '\\') this.fail('A control character must be escaped, such as \\t');
      if (!this.skip(ESCAPE)) this.fail('After a backslash stands one of " \\ / b f n r t u');
    }
  }

  private number(): void {
    const start = this.at;
    if (!this.skip(NUMBER)) this.fail('This is not a number', start);
    if (/[\d.]/.test(this.text[this.at] ?? '')) this.fail('A number does not begin with 0 and has digits after its point', start);
  }

  private take(letter: string): boolean {
    if (this.text[this.at] !== letter) return false;
    this.at += 1;
    return true;
  }

  private skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return false;
    this.at += found[0].length;
    return true;
  }
}

/** The same JSON, indented. What is no JSON stays as it is. */
export function indented(text: string): string {
  if (jsonProblem(text) !== null) return text;
  return JSON.stringify(JSON.parse(text), null, 2);
}
