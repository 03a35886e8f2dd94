import type { Expression, FunctionName } from "../expression.ts";
import type { RuleColumn } from "./rule-columns.ts";
import { isCoded, nearestName } from "./rule-columns.ts";
import type { Token } from "./tokens.ts";
import { tokensOf, unreadable } from "./tokens.ts";

/** Where reading a rule stands. */
export interface Cursor {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** undefined: any name is a column's */
  readonly columns: ReadonlyMap<string, RuleColumn> | undefined;
  place: number;
  depth: number;
}

/** What was read, and where it begins. `word`: a bare word that is no column, and may be a level of one. */
export interface Parsed {
  readonly expression: Expression;
  readonly at: number;
  readonly word?: true;
}

const DEEPEST = 100;

/** Functions by name, with the fewest and most parts. */
export const FUNCTIONS: Readonly<Record<FunctionName, readonly [number, number]>> = {
  abs: [1, 1],
  floor: [1, 1],
  ceil: [1, 1],
  round: [1, 2],
  sqrt: [1, 1],
  log: [1, 1],
  exp: [1, 1],
  min: [1, Infinity],
  max: [1, Infinity],
  minutes: [1, 1],
  hours: [1, 1],
  days: [1, 1],
  years: [1, 1],
};

/** Words that are never a column's name without back-quotes. */
const RESERVED: ReadonlySet<string> = new Set(["and", "or", "not", "if", "then", "in", "is", "mod", "never"]);

/** Words that have a meaning somewhere: names like these are written in back-quotes. */
export const WORDS: ReadonlySet<string> = new Set([
  ...RESERVED,
  ...Object.keys(FUNCTIONS),
  ..."missing present empty one nothing of only known pairs follows from together multiple same within patient after".split(
    " ",
  ),
]);

const PLAIN_NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_]*(?:\.[\p{L}\p{M}\p{N}_]+)*$/u;

/** A column's name, in back-quotes where it could be read as something else. */
export const writeName = (name: string): string =>
  PLAIN_NAME.test(name) && !WORDS.has(name.toLowerCase()) ? name : `\`${name.replace(/[\\`]/g, "\\$&")}\``;

export function cursorOn(text: string, columns: readonly (string | RuleColumn)[] | undefined): Cursor {
  const known = columns?.map((column) => (typeof column === "string" ? { name: column } : column));
  return {
    text,
    tokens: tokensOf(text),
    columns: known && new Map(known.map((column) => [column.name, column])),
    place: 0,
    depth: 0,
  };
}

/** The piece that comes next, or one further on. */
export const peek = (c: Cursor, ahead = 0): Token =>
  c.tokens[Math.min(c.place + ahead, c.tokens.length - 1)] as Token;

export function next(c: Cursor): Token {
  const token = peek(c);
  if (token.type !== "end") c.place++;
  return token;
}

/** Whether a word of the language comes next; in capitals it is one unless a column is called so. */
export function isWord(c: Cursor, word: string, ahead = 0): boolean {
  const { type, text } = peek(c, ahead);
  return type === "word" && (text === word || (text.toLowerCase() === word && !c.columns?.has(text)));
}

export const isSign = (c: Cursor, sign: string, ahead = 0): boolean =>
  peek(c, ahead).type === "sign" && peek(c, ahead).text === sign;

export function takeWord(c: Cursor, word: string): boolean {
  if (!isWord(c, word)) return false;
  c.place++;
  return true;
}

export function takeSign(c: Cursor, sign: string): boolean {
  if (!isSign(c, sign)) return false;
  c.place++;
  return true;
}

export function fail(c: Cursor, at: number, reason: string): never {
  const bare = bareName(c, at);
  if (bare === undefined) throw unreadable(c.text, at, reason);
  throw unreadable(c.text, bare.at, `A name like this stands in back-quotes: ${writeName(bare.name)}`);
}

/** The longest column's name that stands around `at` as it is, though it needs back-quotes. */
function bareName({ text, columns }: Cursor, at: number): { name: string; at: number } | undefined {
  const around = [...(columns?.keys() ?? [])].flatMap((name) => {
    const from = text.lastIndexOf(name, at);
    const alone =
      !/[`"\p{L}\p{N}]/u.test(text[from - 1] ?? " ") &&
      !/[`"\p{L}\p{N}]/u.test(text[from + name.length] ?? " ");
    const isBare = writeName(name) !== name && !WORDS.has(name.toLowerCase());
    return from >= 0 && at < from + name.length && alone && isBare ? [{ name, at: from }] : [];
  });
  return around.sort((a, b) => b.name.length - a.name.length)[0];
}

export function isReserved(c: Cursor, ahead = 0): boolean {
  const { type, text } = peek(c, ahead);
  const lower = text.toLowerCase();
  return type === "word" && RESERVED.has(lower) && (text === lower || !c.columns?.has(text));
}

/** `text` as a message shows it: cut, in quotes. */
export const shown = (text: string): string => `“${text.length > 60 ? `${text.slice(0, 59)}…` : text}”`;

/** What stands at the cursor, for a message. */
export function found(c: Cursor): string {
  const token = peek(c);
  return token.type === "end" ? "the rule ends" : `${shown(c.text.slice(token.at, token.end))} comes`;
}

/** Runs `read` one level deeper. */
export function nested<T>(c: Cursor, read: () => T): T {
  if (++c.depth > DEEPEST) fail(c, peek(c).at, "It is nested too deeply. Split it into several rules.");
  const result = read();
  c.depth--;
  return result;
}

export const columnOf = (c: Cursor, expression: Expression): RuleColumn | undefined =>
  expression.type === "column" ? (c.columns?.get(expression.name) ?? { name: expression.name }) : undefined;

/** A column's name; throws where none comes or no column is called so. */
export function readName(c: Cursor): string {
  const token = peek(c);
  if ((token.type !== "word" && token.type !== "name") || isReserved(c))
    fail(c, token.at, `A column's name was expected, but ${found(c)}.`);
  if (c.columns && !c.columns.has(token.text)) unknownName(c, token.text, token.at);
  return next(c).text;
}

/** At least `fewest` names with commas between them. */
export function readNames(c: Cursor, fewest: number): string[] {
  const at = peek(c).at;
  const names: string[] = [];
  do {
    const place = peek(c).at;
    const name = readName(c);
    if (names.includes(name)) fail(c, place, `${shown(name)} is named twice. Name each column once.`);
    names.push(name);
  } while (takeSign(c, ","));
  if (names.length < fewest) fail(c, at, "At least two columns are needed, with a comma between them.");
  return names;
}

export function unknownName(c: Cursor, name: string, at: number, beside: readonly RuleColumn[] = []): never {
  const coded = beside.find(isCoded);
  const near = nearestName(name, [
    ...(c.columns?.keys() ?? []),
    ...beside.flatMap((column) => column.levels ?? []),
  ]);
  const lacks = `There is no column ${shown(name)}${coded ? `, and ${shown(coded.name)} has no such level` : ""}`;
  const otherwise = coded
    ? `A level can stand in double quotes: ${shownLevel(name)}.`
    : "Use a column of the table; a level stands in double quotes.";
  fail(c, at, `${lacks}. ${near === undefined ? otherwise : `Did you mean ${shown(near)}?`}`);
}

const shownLevel = (name: string): string => `"${name.slice(0, 60)}"`;

/** `parsed`, which is no bare word that names nothing. */
export function known(c: Cursor, parsed: Parsed): Parsed {
  if (parsed.word && parsed.expression.type === "column") unknownName(c, parsed.expression.name, parsed.at);
  return parsed;
}
