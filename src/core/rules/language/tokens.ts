import { FaultError } from "../../fault.ts";

/** A piece of a rule's text. `at` and `end` are places in that text. */
export interface Token {
  /** `name` stood in back-quotes; a `word` is a column's name, a word of the language or a level */
  readonly type: "number" | "text" | "word" | "name" | "sign" | "end";
  /** what a text or name says without its quotes; a sign as the grammar writes it */
  readonly text: string;
  readonly value: number;
  readonly at: number;
  readonly end: number;
}

/** A rule's longest text, and the most pieces it may have. */
const MOST_CHARACTERS = 20_000;
const MOST_TOKENS = 4000;

const SPACE = /[\s\uFEFF]+/uy;
const NUMBER = /(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}_][\p{L}\p{M}\p{N}_]*(?:\.[\p{L}\p{M}\p{N}_]+)*/uy;
const SIGN = /\.\.|<=|>=|!=|<>|==|[-+*/^<>=(),≤≥≠−–×·÷]/uy;

const WRITTEN: Readonly<Record<string, string>> = {
  "≤": "<=",
  "≥": ">=",
  "≠": "!=",
  "<>": "!=",
  "==": "=",
  "−": "-",
  "–": "-",
  "×": "*",
  "·": "*",
  "÷": "/",
};

const QUOTES: Readonly<Record<string, string>> = { '"': '"', "“": "”", "`": "`" };

const ADVICE: Readonly<Record<string, string>> = {
  "&": "Write and.",
  "|": "Write or.",
  "!": "Write not, or != for “is not”.",
  "%": "Write mod for the remainder of a division.",
  "'": 'A level stands in double quotes ("male"), a column\'s name in back-quotes (`name`).',
  "[": "Levels stand in round brackets: in (1, 2).",
  "{": "Levels stand in round brackets: in (1, 2).",
  ";": "Write one rule at a time.",
  ":": "A column's name with other signs than letters, digits, _ and dots stands in back-quotes: `name`.",
  "#": "A column's name with other signs than letters, digits, _ and dots stands in back-quotes: `name`.",
};

export function unreadable(text: string, at: number, reason: string): FaultError {
  return new FaultError({ code: "rule-unreadable", text, at, reason });
}

/** The pieces of `text`, the last of type `end`. Throws FaultError `rule-unreadable`. */
export function tokensOf(text: string): Token[] {
  if (text.trim() === "")
    throw unreadable(text, 0, "It is empty. Write a rule such as discharged >= admitted.");
  if (text.length > MOST_CHARACTERS) throw unreadable(text, MOST_CHARACTERS, tooLong);
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const push = (type: Token["type"], said: string, end: number, value = NaN): void => {
    tokens.push({ type, text: said, value, at, end });
    at = end;
  };
  for (;;) {
    at += match(SPACE)?.length ?? 0;
    if (at >= text.length) break;
    if (tokens.length >= MOST_TOKENS) throw unreadable(text, at, tooLong);
    const first = text[at] as string;
    const number = match(NUMBER);
    const word = match(WORD);
    const sign = match(SIGN);
    if (number !== undefined) push("number", number, at + number.length, numberAt(text, at, number));
    else if (word !== undefined) push("word", word, at + word.length);
    else if (first in QUOTES) {
      const { said, end } = quoted(text, at);
      push(first === "`" ? "name" : "text", said, end);
    } else if (sign !== undefined) push("sign", WRITTEN[sign] ?? sign, at + sign.length);
    else
      throw unreadable(
        text,
        at,
        `“${characterAt(text, at)}” has no meaning here. ${ADVICE[first] ?? ""}`.trim(),
      );
  }
  push("end", "", at);
  return tokens;
}

const tooLong = "It is too long. Split it into several rules.";

const characterAt = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 0);

function numberAt(text: string, at: number, number: string): number {
  const value = Number(number);
  if (!Number.isFinite(value)) throw unreadable(text, at, `The number ${number} is too large.`);
  WORD.lastIndex = at + number.length;
  const glued = WORD.exec(text)?.[0];
  if (glued !== undefined)
    throw unreadable(
      text,
      at,
      `A name that begins with a digit stands in back-quotes: \`${number}${glued}\`. Between two numbers a sign is missing.`,
    );
  return value;
}

/** What stands in the quotes that open at `at`; a backslash before a quote or a backslash takes it as it is. */
function quoted(text: string, at: number): { said: string; end: number } {
  const close = QUOTES[text[at] as string] as string;
  let said = "";
  for (let i = at + 1; i < text.length; i++) {
    const next = text[i + 1];
    if (text[i] === close) return { said, end: i + 1 };
    const escapes = text[i] === "\\" && (next === close || next === "\\");
    if (escapes) i++;
    said += text[i];
  }
  throw unreadable(text, at, `The quote that opens here is never closed. Close it with ${close}.`);
}
