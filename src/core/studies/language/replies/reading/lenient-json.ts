/** A value of JSON as a reply has it: scalars as the texts they are written as, null as "". */
export type LooseValue = string | LooseList | LooseObject;
export interface LooseList {
  readonly list: readonly LooseValue[];
  readonly cut: boolean;
}
export interface LooseObject {
  readonly entries: readonly (readonly [string, LooseValue])[];
  /** the text ends within it */
  readonly cut: boolean;
}

const DEEPEST = 24;
const QUOTES: ReadonlySet<string> = new Set(['"', "'", "`", "“"]);
const EMPTY = /^(null|none|nan|undefined|na|n\/a)$/i;

/**
 * The lists and objects in a text, as a person would read them: trailing and missing commas, comments, single quotes, bare
 * keys, NaN, text before and after, an end in the middle. A repairing parser would close what was cut off and not tell;
 * here `cut` says so. Reads every character once.
 */
export function looseValues(text: string): LooseValue[] {
  return new Scanner(text).values();
}

class Scanner {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  values(): LooseValue[] {
    const found: LooseValue[] = [];
    while (this.at < this.text.length) {
      const next = this.next();
      if (next < 0) break;
      this.at = next;
      found.push(this.value(0));
    }
    return found;
  }

  /** Where the next list or object opens; -1: nowhere. */
  private next(): number {
    for (let at = this.at; at < this.text.length; at++)
      if (this.text[at] === "[" || this.text[at] === "{") return at;
    return -1;
  }

  private value(depth: number): LooseValue {
    const mark = this.text[this.at] ?? "";
    if (depth < DEEPEST && mark === "{") return this.object(depth);
    if (depth < DEEPEST && mark === "[") return this.list(depth);
    if (QUOTES.has(mark)) return this.quoted(mark === "“" ? "”" : mark);
    return this.bare();
  }

  private list(depth: number): LooseList {
    const list: LooseValue[] = [];
    this.at++;
    for (;;) {
      this.skip();
      const mark = this.text[this.at];
      if (mark === undefined) return { list, cut: true };
      if (mark === "]") {
        this.at++;
        return { list, cut: false };
      }
      if (mark === "}" || mark === ":") {
        this.at++;
        continue;
      }
      list.push(this.value(depth + 1));
    }
  }

  private object(depth: number): LooseObject {
    const entries: (readonly [string, LooseValue])[] = [];
    this.at++;
    for (;;) {
      this.skip();
      const mark = this.text[this.at];
      if (mark === undefined) return { entries, cut: true };
      if (mark === "}") {
        this.at++;
        return { entries, cut: false };
      }
      // An object that is never closed before its list goes on: its end is taken as read.
      if (mark === "]" || mark === "{") return { entries, cut: false };
      if (mark === "[" || mark === ":") {
        this.at++;
        continue;
      }
      const key = QUOTES.has(mark) ? this.quoted(mark === "“" ? "”" : mark) : this.bare();
      this.skip();
      if (this.text[this.at] !== ":" && this.text[this.at] !== "=") {
        if (this.at >= this.text.length) return { entries, cut: true };
        continue;
      }
      this.at++;
      this.skip();
      if (this.at >= this.text.length) return { entries, cut: true };
      entries.push([key, this.value(depth + 1)]);
    }
  }

  /** Past blanks, commas and comments. */
  private skip(): void {
    for (;;) {
      const mark = this.text[this.at];
      if (mark === undefined) return;
      if (mark <= " " || mark === "," || mark === ";" || mark === "\u00a0") this.at++;
      else if (mark === "#" || this.text.startsWith("//", this.at)) this.to("\n");
      else if (this.text.startsWith("/*", this.at)) this.to("*/");
      else return;
    }
  }

  private to(end: string): void {
    const found = this.text.indexOf(end, this.at + 1);
    this.at = found < 0 ? this.text.length : found + end.length;
  }

  /** A text in quotes; a line's end closes it too, since no cell has one. */
  private quoted(close: string): string {
    let out = "";
    for (let at = this.at + 1; ; at++) {
      const mark = this.text[at];
      if (mark === undefined || mark === close || mark === "\n") {
        this.at = mark === undefined ? at : at + 1;
        return out;
      }
      if (mark !== "\\") {
        out += mark;
        continue;
      }
      const next = this.text[++at];
      if (next === "u" && /^[0-9a-f]{4}$/i.test(this.text.slice(at + 1, at + 5))) {
        out += String.fromCharCode(parseInt(this.text.slice(at + 1, at + 5), 16));
        at += 4;
      } else out += ESCAPES[next ?? ""] ?? next ?? "";
    }
  }

  private bare(): string {
    const from = this.at;
    while (this.at < this.text.length && !/[,:=[\]{}\n"]/.test(this.text[this.at] as string)) this.at++;
    if (this.at === from) this.at++;
    const word = this.text.slice(from, this.at).trim();
    return EMPTY.test(word) ? "" : word;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "", f: "" };
