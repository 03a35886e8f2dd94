import type { Comparison, Expression, FunctionName, Operator } from "../expression.ts";
import type { Cursor, Parsed } from "./cursor.ts";
import {
  columnOf,
  fail,
  found,
  FUNCTIONS,
  isReserved,
  isSign,
  isWord,
  known,
  nested,
  next,
  peek,
  readName,
  takeSign,
  takeWord,
  unknownName,
} from "./cursor.ts";
import type { RuleColumn } from "./rule-columns.ts";
import { isCoded } from "./rule-columns.ts";
import { checkArithmetic, checkComparison, checkSpan, wantCondition, wantValue } from "./sorts.ts";

/**
 * Recursive descent over
 *   whole = "if" whole "then" whole | either;  either = both { "or" both };  both = single { "and" single }
 *   single = "not" single | comparison
 *   comparison = sum { ("<" | "<=" | "=" | "!=" | ">" | ">=") sum } | sum ["not"] "in" options | sum "is" ["not"] "missing"
 *   sum = product { ("+" | "-") product };  product = signed { ("*" | "/" | "mod") signed }
 *   signed = "-" signed | power;  power = basic ["^" signed];  basic = number | text | name | call | "(" whole ")"
 */
export function parseWhole(c: Cursor): Parsed {
  return nested(c, () => {
    const { at } = peek(c);
    if (!takeWord(c, "if")) return parseJoined(c, "or");
    const when = condition(c, parseWhole(c));
    if (!takeWord(c, "then")) fail(c, peek(c).at, `“then” was expected, but ${found(c)}.`);
    const then = condition(c, parseWhole(c));
    return { at, expression: { type: "if", when, then } };
  });
}

/** `parsed`, which is true or false. */
export function condition(c: Cursor, parsed: Parsed): Expression {
  wantCondition(c, known(c, parsed));
  return parsed.expression;
}

function parseJoined(c: Cursor, word: "and" | "or"): Parsed {
  const part = (): Parsed => (word === "or" ? parseJoined(c, "and") : parseSingle(c));
  const first = part();
  if (!isWord(c, word)) return first;
  const parts = [condition(c, first)];
  while (takeWord(c, word)) parts.push(condition(c, part()));
  return { at: first.at, expression: { type: word, parts } };
}

function parseSingle(c: Cursor): Parsed {
  const { at } = peek(c);
  if (!takeWord(c, "not")) return parseComparison(c);
  return nested(c, () => ({ at, expression: { type: "not", of: condition(c, parseSingle(c)) } }));
}

const COMPARISONS: ReadonlySet<string> = new Set<Comparison>(["<", "<=", "=", "!=", ">", ">="]);

const comparisonNext = (c: Cursor): boolean => peek(c).type === "sign" && COMPARISONS.has(peek(c).text);

function parseComparison(c: Cursor): Parsed {
  const first = parseSum(c);
  const negated = isWord(c, "not") && isWord(c, "in", 1);
  if (negated) next(c);
  if (takeWord(c, "in")) {
    const options = parseOptions(c, first);
    return { at: first.at, expression: negated ? { type: "not", of: options } : options };
  }
  if (takeWord(c, "is")) return { at: first.at, expression: parseIs(c, first) };
  if (!comparisonNext(c)) return first;
  const operands = [first];
  const comparisons: Comparison[] = [];
  while (comparisonNext(c)) {
    comparisons.push(next(c).text as Comparison);
    operands.push(parseBeside(c, columnOf(c, (operands.at(-1) as Parsed).expression)));
  }
  const settled = operands.map((operand, i) => levelOr(c, operand, [operands[i - 1], operands[i + 1]]));
  comparisons.forEach((comparison, i) =>
    checkComparison(c, settled[i] as Parsed, comparison, settled[i + 1] as Parsed),
  );
  return {
    at: first.at,
    expression: { type: "compare", operands: settled.map(({ expression }) => expression), comparisons },
  };
}

/** After `is`: missing, present, empty, or with not before them. */
function parseIs(c: Cursor, of: Parsed): Expression {
  const { expression, at } = known(c, of);
  const negated = takeWord(c, "not");
  const missing = takeWord(c, "missing") || takeWord(c, "empty");
  if (!missing && !takeWord(c, "present"))
    fail(
      c,
      peek(c).at,
      `“missing” or “present” was expected after “is”, but ${found(c)}. Values stand after =.`,
    );
  if (expression.type !== "column") fail(c, at, "Only a column can be missing or present.");
  const absent: Expression = { type: "missing", column: expression.name };
  return missing === negated ? { type: "not", of: absent } : absent;
}

/** After `in`: levels or numbers in brackets, or a range. */
function parseOptions(c: Cursor, of: Parsed): Expression {
  const { expression } = known(c, of);
  wantNoCondition(c, of);
  const column = columnOf(c, expression);
  const one = (): Parsed => {
    const option = levelOr(c, parseBeside(c, column), [of]);
    checkComparison(c, of, "=", option);
    return option;
  };
  if (isSign(c, "(") && !rangeAfterBracket(c)) {
    next(c);
    const options = [one().expression];
    while (takeSign(c, ",")) options.push(one().expression);
    closeBracket(c);
    return { type: "in", of: expression, options };
  }
  const end = (): Expression => {
    const bound = levelOr(c, parseBeside(c, column), [of]);
    checkComparison(c, of, "<=", bound);
    return bound.expression;
  };
  const { at } = peek(c);
  const low = isSign(c, "..") ? undefined : end();
  if (!takeSign(c, ".."))
    fail(
      c,
      peek(c).at,
      `“..” between two ends was expected, as in 12..55, but ${found(c)}. Single values stand in brackets: in (1, 2).`,
    );
  const high = startsValue(c) ? end() : undefined;
  if (low === undefined && high === undefined) fail(c, at, "A range needs at least one end: 12.. or ..55.");
  return { type: "between", of: expression, ...(low && { low }), ...(high && { high }) };
}

/** Whether the bracket that opens next is part of a range's low end: (a + b)..c */
function rangeAfterBracket(c: Cursor): boolean {
  let open = 0;
  for (let ahead = 0; peek(c, ahead).type !== "end"; ahead++) {
    if (isSign(c, "(", ahead)) open++;
    if (isSign(c, ")", ahead) && --open === 0) {
      const { type, text } = peek(c, ahead + 1);
      return (
        (type === "sign" && ["..", "+", "-", "*", "/", "^"].includes(text)) || isWord(c, "mod", ahead + 1)
      );
    }
  }
  return false;
}

const startsValue = (c: Cursor): boolean =>
  ["number", "text", "name"].includes(peek(c).type) ||
  isSign(c, "-") ||
  isSign(c, "(") ||
  (peek(c).type === "word" && !isReserved(c));

function wantNoCondition(c: Cursor, parsed: Parsed): void {
  checkComparison(c, parsed, "=", parsed);
}

/** What stands beside `column` in a comparison: a sum, or a level of several words without quotes. */
function parseBeside(c: Cursor, column: RuleColumn | undefined): Parsed {
  const token = peek(c);
  const level = token.type === "word" && !c.columns?.has(token.text) && longestLevel(c, column);
  if (!level) return parseSum(c);
  while (peek(c).type !== "end" && peek(c).at < token.at + level.length) next(c);
  return { at: token.at, expression: { type: "text", value: level } };
}

/** The longest of the column's levels of several words that the text goes on with. */
function longestLevel(c: Cursor, column: RuleColumn | undefined): string | undefined {
  const { at } = peek(c);
  const ends = new Set(c.tokens.map(({ end }) => end));
  const fits = (column?.levels ?? []).filter(
    (level) => level.includes(" ") && c.text.startsWith(level, at) && ends.has(at + level.length),
  );
  return fits.sort((a, b) => b.length - a.length)[0];
}

/** `parsed`, or the level that its bare word is of a column beside it. */
function levelOr(c: Cursor, parsed: Parsed, beside: readonly (Parsed | undefined)[]): Parsed {
  if (!parsed.word || parsed.expression.type !== "column") return parsed;
  const { name } = parsed.expression;
  const columns = beside.flatMap((other) => (other && columnOf(c, other.expression)) ?? []);
  const isLevel = columns.some((column) => column.levels?.includes(name) ?? isCoded(column));
  if (isLevel) return { at: parsed.at, expression: { type: "text", value: name } };
  return unknownName(c, name, parsed.at, columns);
}

function parseSum(c: Cursor): Parsed {
  let left = parseProduct(c);
  while (isSign(c, "+") || isSign(c, "-"))
    left = arithmetic(c, next(c).text as Operator, left, parseProduct(c));
  return left;
}

function parseProduct(c: Cursor): Parsed {
  let left = parseSigned(c);
  for (;;) {
    if (isSign(c, "*") || isSign(c, "/"))
      left = arithmetic(c, next(c).text as Operator, left, parseSigned(c));
    else if (takeWord(c, "mod")) left = arithmetic(c, "mod", left, parseSigned(c));
    else return left;
  }
}

function arithmetic(c: Cursor, operator: Operator, left: Parsed, right: Parsed): Parsed {
  checkArithmetic(c, operator, known(c, left), known(c, right));
  return {
    at: left.at,
    expression: { type: "arithmetic", operator, left: left.expression, right: right.expression },
  };
}

function parseSigned(c: Cursor): Parsed {
  const { at } = peek(c);
  if (!takeSign(c, "-")) return parsePower(c);
  if (peek(c).type === "number" && !isSign(c, "^", 1))
    return { at, expression: { type: "number", value: -next(c).value } };
  return nested(c, () => {
    const of = known(c, parseSigned(c));
    wantValue(c, of);
    return { at, expression: { type: "negative", of: of.expression } };
  });
}

function parsePower(c: Cursor): Parsed {
  const base = parseBasic(c);
  if (!takeSign(c, "^")) return base;
  return nested(c, () => arithmetic(c, "^", base, parseSigned(c)));
}

function parseBasic(c: Cursor): Parsed {
  const token = peek(c);
  const { at } = token;
  if (token.type === "number") return { at, expression: { type: "number", value: next(c).value } };
  if (token.type === "text") return { at, expression: { type: "text", value: next(c).text } };
  if (token.type === "name") return { at, expression: { type: "column", name: readName(c) } };
  if (token.type === "word" && !isReserved(c)) {
    if (isSign(c, "(", 1)) return parseCall(c);
    next(c);
    const word = c.columns !== undefined && !c.columns.has(token.text);
    return { at, expression: { type: "column", name: token.text }, ...(word && { word }) };
  }
  if (
    token.type === "word" &&
    [...(c.columns?.values() ?? [])].some(({ levels }) => levels?.includes(token.text))
  )
    fail(
      c,
      at,
      `“${token.text}” is a word of rules. The level of that name stands in double quotes: "${token.text}".`,
    );
  if (!takeSign(c, "(")) return fail(c, at, `A number, a column or a text was expected, but ${found(c)}.`);
  const { expression, word } = parseWhole(c);
  closeBracket(c);
  return { at, expression, ...(word && { word }) };
}

function parseCall(c: Cursor): Parsed {
  const { text, at } = next(c);
  const name = text.toLowerCase() as FunctionName;
  if (!Object.hasOwn(FUNCTIONS, name))
    fail(
      c,
      at,
      `There is no function “${text.slice(0, 60)}”. There are ${Object.keys(FUNCTIONS).join(", ")}.`,
    );
  next(c);
  const part = (): Parsed => nested(c, () => parseSum(c));
  const parts = [part()];
  while (takeSign(c, ",")) parts.push(part());
  closeBracket(c);
  const [fewest, most] = FUNCTIONS[name];
  if (parts.length < fewest || parts.length > most)
    fail(c, at, `${name} takes ${most === 1 ? "one number" : "one or two numbers"}.`);
  for (const given of parts) wantValue(c, known(c, given));
  if (["minutes", "hours", "days", "years"].includes(name)) checkSpan(c, name, parts[0] as Parsed);
  return { at, expression: { type: "call", name, parts: parts.map(({ expression }) => expression) } };
}

function closeBracket(c: Cursor): void {
  if (!takeSign(c, ")")) fail(c, peek(c).at, `A closing bracket “)” was expected, but ${found(c)}.`);
}
