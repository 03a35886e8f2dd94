/** A number that JavaScript's would change: "0.10", "9007199254740993". */
export class ExactNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Json = string | number | boolean | null | ExactNumber | Json[] | JsonObject;
export type JsonObject = Map<string, Json>;

/** Deepest nesting that is followed. */
const DEEPEST = 100;

/** Thrown for what is no JSON: what is wrong, and the line of the text, from 1. */
export class NoJson extends Error {
  readonly line: number;
  constructor(reason: string, line: number) {
    super(reason);
    this.line = line;
  }
}

/**
 * The value that `text` is, by RFC 8259. Unlike `JSON.parse` it keeps numbers as they are written, says on which line it fails,
 * and takes no key for anything but a key. Throws NoJson.
 */
export function parseJson(text: string): Json {
  const parser = new Parser(text);
  const value = parser.value(0);
  parser.end();
  return value;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS: readonly (readonly [string, Json])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
  // What Python's json writes for a missing number.
  ["NaN", null],
];
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class Parser {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
    if (text.charCodeAt(0) === 0xfeff) this.at = 1;
  }

  value(depth: number): Json {
    this.space();
    if (depth > DEEPEST) throw this.wrong(`it is nested more than ${DEEPEST} levels deep`);
    const sign = this.text[this.at];
    if (sign === "{") return this.object(depth);
    if (sign === "[") return this.array(depth);
    if (sign === '"') return this.string();
    const word = WORDS.find(([name]) => this.text.startsWith(name, this.at));
    if (word !== undefined) {
      this.at += word[0].length;
      return word[1];
    }
    return this.number();
  }

  end(): void {
    this.space();
    if (this.at < this.text.length) throw this.wrong("something follows the end of its value");
  }

  private object(depth: number): JsonObject {
    const members: JsonObject = new Map();
    this.at++;
    this.space();
    if (this.takes("}")) return members;
    for (;;) {
      this.space();
      if (this.text[this.at] !== '"') throw this.wrong("a name in double quotes is missing");
      const name = this.string();
      this.space();
      if (!this.takes(":")) throw this.wrong("a colon is missing behind a name");
      members.set(name, this.value(depth + 1));
      this.space();
      if (this.takes("}")) return members;
      if (!this.takes(",")) throw this.wrong("a comma or } is missing");
    }
  }

  private array(depth: number): Json[] {
    const items: Json[] = [];
    this.at++;
    this.space();
    if (this.takes("]")) return items;
    for (;;) {
      items.push(this.value(depth + 1));
      this.space();
      if (this.takes("]")) return items;
      if (!this.takes(",")) throw this.wrong("a comma or ] is missing");
    }
  }

  private string(): string {
    const { text } = this;
    let from = ++this.at;
    let found = "";
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (Number.isNaN(code)) throw this.wrong("a text is not closed");
      if (code === 34) {
        found += text.slice(from, this.at++);
        return found;
      }
      if (code < 32) throw this.wrong("a text breaks off at the end of its line");
      if (code !== 92) {
        this.at++;
        continue;
      }
      found += text.slice(from, this.at) + this.escape();
      from = this.at;
    }
  }

  private escape(): string {
    const sign = this.text[this.at + 1] ?? "";
    if (sign === "u") {
      const hex = this.text.slice(this.at + 2, this.at + 6);
      if (!/^[\da-fA-F]{4}$/.test(hex)) throw this.wrong("an escape \\u lacks its four digits");
      this.at += 6;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    const found = ESCAPES[sign];
    if (found === undefined) throw this.wrong("a backslash is followed by what it cannot be");
    this.at += 2;
    return found;
  }

  private number(): number | ExactNumber {
    NUMBER.lastIndex = this.at;
    const [text] = NUMBER.exec(this.text) ?? [];
    if (text === undefined) {
      throw this.wrong(
        this.at < this.text.length
          ? `“${this.text.slice(this.at, this.at + 12)}” is no value`
          : "it breaks off",
      );
    }
    this.at += text.length;
    const value = Number(text);
    return String(value) === text ? value : new ExactNumber(text);
  }

  private takes(sign: string): boolean {
    if (this.text[this.at] !== sign) return false;
    this.at++;
    return true;
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.at++;
    }
  }

  private wrong(reason: string): NoJson {
    let line = 1;
    for (let at = this.text.indexOf("\n"); at >= 0 && at < this.at; at = this.text.indexOf("\n", at + 1))
      line++;
    return new NoJson(reason, line);
  }
}
