/** FHIRPath as views need it (SQL on FHIR v2, its subset of FHIRPath 2.0), as a tree. Parsed by hand; nothing is run as code. */
export type Path =
  | { readonly is: "this" }
  | { readonly is: "literal"; readonly value: string | number | boolean }
  | { readonly is: "constant"; readonly name: string }
  /** `of` left out: of what the path begins at */
  | { readonly is: "member"; readonly of?: Path; readonly name: string }
  | { readonly is: "index"; readonly of: Path; readonly at: Path }
  | { readonly is: "call"; readonly of?: Path; readonly name: string; readonly args: readonly Path[] }
  | { readonly is: "operation"; readonly sign: string; readonly left: Path; readonly right: Path };

/** A path that cannot be read; `at` counts characters from 1. */
export class NoPath extends Error {
  constructor(path: string, reason: string, at: number) {
    super(`“${path}” cannot be read: ${reason} at character ${at}`);
  }
}

interface Token {
  readonly is: "name" | "string" | "number" | "sign" | "constant" | "end";
  readonly text: string;
  readonly at: number;
}

const SPACE = /\s+/y;
const NAME = /[A-Za-z_$][A-Za-z0-9_]*|`[^`]+`/y;
const STRING = /'(?:[^'\\]|\\.)*'/y;
const NUMBER = /\d+(?:\.\d+)?/y;
const CONSTANT = /%[A-Za-z_][A-Za-z0-9_]*/y;
const SIGN = /<=|>=|!=|[.()[\],=<>|+\-*/&]/y;
/** Deepest nesting of a path. */
const DEEPEST = 60;
const LONGEST = 4000;

function tokensOf(path: string): Token[] {
  if (path.length > LONGEST) throw new NoPath(`${path.slice(0, 40)}…`, "it is too long", LONGEST);
  const kinds = [
    ["name", NAME],
    ["string", STRING],
    ["number", NUMBER],
    ["constant", CONSTANT],
    ["sign", SIGN],
  ] as const;
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(path)?.[0];
  };
  for (;;) {
    at += match(SPACE)?.length ?? 0;
    if (at >= path.length) break;
    const [is, text] = kinds
      .map(([kind, pattern]) => [kind, match(pattern)] as const)
      .find(([, found]) => found !== undefined) ?? ["end", undefined];
    if (text === undefined) throw new NoPath(path, `“${path[at]}” does not belong here`, at + 1);
    tokens.push({ is, text, at: at + 1 });
    at += text.length;
  }
  return [...tokens, { is: "end", text: "", at: path.length + 1 }];
}

/** By how tightly they bind, the loosest first. */
const OPERATORS: readonly (readonly string[])[] = [
  ["implies"],
  ["or", "xor"],
  ["and"],
  ["=", "!="],
  ["<", "<=", ">", ">="],
  ["|"],
  ["+", "-", "&"],
  ["*", "/", "div", "mod"],
];

/** `text` as a tree. Throws NoPath. */
export function parsePath(text: string): Path {
  return new PathParser(text).whole();
}

class PathParser {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
    this.tokens = tokensOf(text);
  }

  whole(): Path {
    const path = this.operation(0);
    if (this.next.is !== "end") throw this.wrong(`“${this.next.text}” does not belong here`);
    return path;
  }

  private get next(): Token {
    return this.tokens[this.at] as Token;
  }

  private operation(level: number): Path {
    const signs = OPERATORS[level];
    if (signs === undefined) return this.steps();
    let left = this.operation(level + 1);
    while (signs.includes(this.next.text) && (this.next.is === "sign" || this.next.is === "name")) {
      const sign = this.next.text;
      this.at++;
      left = { is: "operation", sign, left, right: this.operation(level + 1) };
    }
    return left;
  }

  private steps(): Path {
    let path = this.term();
    for (;;) {
      if (this.takes(".")) path = this.step(path);
      else if (this.takes("[")) {
        const at = this.nested();
        this.expect("]");
        path = { is: "index", of: path, at };
      } else return path;
    }
  }

  private term(): Path {
    const token = this.next;
    if (this.takes("(")) {
      const inner = this.nested();
      this.expect(")");
      return inner;
    }
    if (this.takes("-")) {
      const zero: Path = { is: "literal", value: 0 };
      return { is: "operation", sign: "-", left: zero, right: this.steps() };
    }
    if (token.is === "name") return this.step(undefined);
    this.at++;
    if (token.is === "string") return { is: "literal", value: unquoted(token.text) };
    if (token.is === "number") return { is: "literal", value: Number(token.text) };
    if (token.is === "constant") return { is: "constant", name: token.text.slice(1) };
    this.at--;
    throw this.wrong(token.is === "end" ? "it breaks off" : `“${token.text}” does not belong here`);
  }

  private step(of: Path | undefined): Path {
    const token = this.next;
    if (token.is !== "name") throw this.wrong("a name is missing");
    this.at++;
    const name = token.text.replaceAll("`", "");
    const on = of === undefined ? {} : { of };
    if (!this.takes("(")) {
      if (of !== undefined) return { is: "member", ...on, name };
      if (name === "$this") return { is: "this" };
      if (name === "true" || name === "false") return { is: "literal", value: name === "true" };
      return { is: "member", name };
    }
    const args: Path[] = [];
    if (!this.takes(")")) {
      do args.push(this.nested());
      while (this.takes(","));
      this.expect(")");
    }
    return { is: "call", ...on, name, args };
  }

  private nested(): Path {
    if (++this.depth > DEEPEST) throw this.wrong("it is nested too deeply");
    const path = this.operation(0);
    this.depth--;
    return path;
  }

  private takes(sign: string): boolean {
    if (this.next.is !== "sign" || this.next.text !== sign) return false;
    this.at++;
    return true;
  }

  private expect(sign: string): void {
    if (!this.takes(sign)) throw this.wrong(`“${sign}” is missing`);
  }

  private wrong(reason: string): NoPath {
    return new NoPath(this.text, reason, this.next.at);
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", f: "\f" };

const unquoted = (text: string): string =>
  text
    .slice(1, -1)
    .replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, sign: string) =>
      sign.length === 5 ? String.fromCharCode(Number.parseInt(sign.slice(1), 16)) : (ESCAPES[sign] ?? sign),
    );
