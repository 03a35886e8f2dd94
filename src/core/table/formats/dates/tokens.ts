/** The tokens of a date pattern; every other character stands for itself, and so does what is in brackets. */

export type Token =
  | "YYYY"
  | "YY"
  | "MMMM"
  | "MMM"
  | "MON"
  | "mon"
  | "MM"
  | "M"
  | "DD"
  | "D"
  | "HH"
  | "H"
  | "kk"
  | "k"
  | "hh"
  | "h"
  | "mm"
  | "ss"
  | "S"
  | "F"
  | "ZZ"
  | "ZZZ"
  | "A"
  | "a"
  | "SERIAL";

export interface Piece {
  readonly token: Token;
  /** digits of a fraction; 0 for every other token */
  readonly digits: number;
  /** what stands between it and the next token */
  readonly literal: string;
}

export interface Pattern {
  /** what stands before the first token */
  readonly head: string;
  readonly pieces: readonly Piece[];
  /** has a day, month or year: else a time of day */
  readonly dated: boolean;
  readonly fraction: boolean;
}

const TOKEN =
  /\[([^\]]*)\]|SERIAL|YYYY|YY|MMMM|MMM|MON|mon|MM|M|DD|D|HH|H|kk|k|hh|h|mm|ss|S{1,9}|F|ZZZ|ZZ|A|a/g;

const known = new Map<string, Pattern>();
const MOST_KNOWN = 5000;

/** `pattern` in pieces. */
export function piecesOf(pattern: string): Pattern {
  const before = known.get(pattern);
  if (before !== undefined) return before;
  const tokens: { token: Token; digits: number }[] = [];
  const literals = [""];
  let at = 0;
  const literal = (text: string): void => {
    literals[literals.length - 1] += text;
  };
  for (const match of pattern.matchAll(TOKEN)) {
    literal(pattern.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[0].startsWith("[")) {
      literal(match[1] as string);
      continue;
    }
    const fraction = match[0].startsWith("S") && match[0] !== "SERIAL";
    tokens.push({ token: (fraction ? "S" : match[0]) as Token, digits: fraction ? match[0].length : 0 });
    literals.push("");
  }
  literal(pattern.slice(at));
  const made: Pattern = {
    head: literals[0] as string,
    pieces: tokens.map((it, i) => ({ ...it, literal: literals[i + 1] as string })),
    dated: tokens.some(({ token }) => DATED.has(token)),
    fraction: tokens.some(({ token }) => token === "S" || token === "F"),
  };
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(pattern, made);
  return made;
}

const DATED: ReadonlySet<Token> = new Set<Token>([
  "YYYY",
  "YY",
  "MMMM",
  "MMM",
  "MON",
  "mon",
  "MM",
  "M",
  "DD",
  "D",
  "SERIAL",
]);

/** How finely a pattern tells a moment. */
export const LEVELS = ["year", "month", "day", "hour", "minute", "second", "fraction"] as const;
export type Level = (typeof LEVELS)[number];

/** The finest of what `pattern` tells; digits that are always zero tell nothing. */
export function levelOf(pattern: string): Level {
  const tokens = new Set(piecesOf(pattern).pieces.map(({ token }) => token));
  const has = (...some: Token[]): boolean => some.some((token) => tokens.has(token));
  if (has("S", "F")) return "fraction";
  if (has("ss")) return "second";
  if (has("mm")) return "minute";
  if (has("HH", "H", "hh", "h", "kk", "k")) return "hour";
  if (has("DD", "D", "SERIAL")) return "day";
  return has("MM", "M", "MMM", "MMMM", "MON", "mon") ? "month" : "year";
}

/** Whether moments written so have a day, month or year: else they are times of day. */
export const isDated = (pattern: string): boolean => piecesOf(pattern).dated;

/** `pattern` with day and month the other way round. */
export const swapped = (pattern: string): string =>
  pattern.replace(/MM|M|DD|D/g, (token) => (token.startsWith("M") ? "D" : "M").repeat(token.length));
