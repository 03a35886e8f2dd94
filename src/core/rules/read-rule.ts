import { gridOf, stepOf } from "../codec/columns/grid.ts";
import type { ColumnSchema } from "../table/table.ts";
import type { Constraint } from "./constraint.ts";
import type { Comparison, Expression } from "./expression.ts";
import { REVERSED } from "./language/logic.ts";
import { namesIn } from "./language/names-in.ts";
import type { Cursor } from "./language/cursor.ts";
import {
  columnOf,
  cursorOn,
  fail,
  found,
  isSign,
  isWord,
  peek,
  readName,
  readNames,
  takeSign,
  takeWord,
} from "./language/cursor.ts";
import { firstFrom, lastUpTo, readPeriod } from "./language/date-text.ts";
import { condition, parseWhole } from "./language/parse-expression.ts";
import type { RuleColumn } from "./language/rule-columns.ts";
import { isCoded } from "./language/rule-columns.ts";

export type { RuleColumn } from "./language/rule-columns.ts";
export { ruleColumns } from "./language/rule-columns.ts";

/**
 * The tree of a text that gives a number, a date or a level, or is true or false. With `columns` (names, schemas, or
 * `ruleColumns` of a table), names must be among them. Throws FaultError `rule-unreadable`.
 */
export function readExpression(text: string, columns?: readonly (string | RuleColumn)[]): Expression {
  const c = cursorOn(text, columns);
  const { expression, at, word } = parseWhole(c);
  if (word) condition(c, { expression, at, word });
  expectEnd(c);
  return expression;
}

/**
 * A rule's text as the constraint that its shape says. `columns`: those of the table, as schemas or names; `ruleColumns`
 * of a table also knows levels, which then need no quotes. Throws FaultError `rule-unreadable`.
 */
export function readRule(text: string, columns: readonly (string | RuleColumn)[]): Constraint {
  const c = cursorOn(text, columns);
  const constraint = readForm(c) ?? ofShape(c, condition(c, parseWhole(c)));
  expectEnd(c);
  return constraint;
}

function expectEnd(c: Cursor): void {
  const { type, at } = peek(c);
  if (type === "end") return;
  fail(
    c,
    at,
    `Nothing was expected here, but ${found(c)}. Join conditions with and, or, or write two rules.`,
  );
}

/** The forms that are no conditions; undefined where none begins here. */
function readForm(c: Cursor): Constraint | undefined {
  if (takeWord(c, "never")) return { kind: "never", when: condition(c, parseWhole(c)) };
  if (isWord(c, "nothing") && isWord(c, "after", 1)) {
    expectWords(c, "nothing after");
    return { kind: "nothing-after", column: dateName(c) };
  }
  if (isWord(c, "one") && isWord(c, "of", 1)) return readOneHot(c);
  if (isSign(c, ",", 1)) return readTogether(c);
  if (isWord(c, "follows", 1)) {
    const column = readName(c);
    expectWords(c, "follows from");
    const at = peek(c).at;
    const from = readName(c);
    if (from === column) fail(c, at, "A column cannot follow from itself. Name another one.");
    return { kind: "follows", column, from };
  }
  if (isWord(c, "multiple", 1)) return readMultiple(c);
  if (isWord(c, "same", 1)) {
    const column = readName(c);
    expectWords(c, "same within patient");
    return { kind: "same-within-patient", column };
  }
  return undefined;
}

function expectWords(c: Cursor, words: string): void {
  for (const word of words.split(" "))
    if (!takeWord(c, word)) fail(c, peek(c).at, `“${words}” was expected, but ${found(c)}.`);
}

function dateName(c: Cursor): string {
  const { at } = peek(c);
  const column = readName(c);
  const kind = c.columns?.get(column)?.kind;
  if (kind !== undefined && kind !== "datetime")
    fail(c, at, `“${column}” is no date. Name a column of dates.`);
  return column;
}

function readOneHot(c: Cursor): Constraint {
  expectWords(c, "one of");
  const columns = readNames(c, 2);
  expectWords(c, "is");
  const { type, value, at } = peek(c);
  if (type !== "number" || value !== 1) fail(c, at, `“is 1” was expected, but ${found(c)}.`);
  c.place++;
  return { kind: "one-hot", columns };
}

function readTogether(c: Cursor): Constraint {
  const columns = readNames(c, 2);
  if (isWord(c, "missing")) {
    expectWords(c, "missing together");
    return { kind: "missing-together", columns };
  }
  if (!isWord(c, "only"))
    fail(c, peek(c).at, `“missing together” or “only in known pairs” was expected, but ${found(c)}.`);
  expectWords(c, "only in known");
  if (!takeWord(c, "combinations")) expectWords(c, "pairs");
  return { kind: "combinations", columns };
}

function readMultiple(c: Cursor): Constraint {
  const { at: place } = peek(c);
  const column = readName(c);
  const known = c.columns?.get(column);
  if (known?.kind === "datetime") fail(c, place, `“${column}” is a date, and so no multiple of a number.`);
  expectWords(c, "multiple of");
  const negative = takeSign(c, "-");
  const { type, value, at } = peek(c);
  if (type !== "number" || value === 0 || negative)
    fail(c, at, `A number above 0 was expected, but ${negative ? "it is below 0" : found(c)}.`);
  c.place++;
  return { kind: "multiple", column, of: value };
}

/** What a condition is by its shape. */
function ofShape(c: Cursor, holds: Expression): Constraint {
  if (holds.type === "if") return { kind: "implies", when: holds.when, then: holds.then };
  return orderIn(holds) ?? rangeIn(c, holds) ?? formulaIn(holds) ?? { kind: "expression", holds };
}

/** A chain of columns in one direction. */
function orderIn(holds: Expression): Constraint | undefined {
  if (holds.type !== "compare") return undefined;
  const columns = holds.operands.flatMap((operand) => (operand.type === "column" ? [operand.name] : []));
  if (columns.length < holds.operands.length) return undefined;
  const rising = holds.comparisons.every((comparison) => comparison === "<" || comparison === "<=");
  const falling = holds.comparisons.every((comparison) => comparison === ">" || comparison === ">=");
  const strict = holds.comparisons.map((comparison) => comparison === "<" || comparison === ">");
  if (rising) return { kind: "order", columns, strict };
  return falling ? { kind: "order", columns: columns.reverse(), strict: strict.reverse() } : undefined;
}

interface Bounds {
  readonly low?: number;
  readonly high?: number;
}

/** One column between constants. Strict ends become the next value of a column whose values are known to lie on a grid. */
function rangeIn(c: Cursor, holds: Expression): Constraint | undefined {
  if (holds.type === "between") {
    const column = columnOf(c, holds.of);
    const low = holds.low && column && boundOf(column, ">=", holds.low);
    const high = holds.high && column && boundOf(column, "<=", holds.high);
    if (!column || (holds.low && !low) || (holds.high && !high)) return undefined;
    return { kind: "range", column: column.name, ...low, ...high };
  }
  if (holds.type !== "compare" || holds.operands.length > 3) return undefined;
  const at = holds.operands.length === 3 ? 1 : holds.operands.findIndex(({ type }) => type === "column");
  const column = columnOf(c, holds.operands[at] ?? { type: "number", value: 0 });
  if (!column) return undefined;
  let range: Bounds = {};
  for (let i = 0; i < holds.comparisons.length; i++) {
    const own =
      i === at ? (holds.comparisons[i] as Comparison) : REVERSED[holds.comparisons[i] as Comparison];
    const bound = boundOf(column, own, holds.operands[i === at ? i + 1 : i] as Expression);
    if (!bound || Object.keys(bound).some((end) => end in range)) return undefined;
    range = { ...range, ...bound };
  }
  return { kind: "range", column: column.name, ...range };
}

/** The ends that `column comparison constant` sets; undefined where it is no range. */
function boundOf(column: RuleColumn, comparison: Comparison, constant: Expression): Bounds | undefined {
  if (comparison === "!=" || (comparison === "=" && (column.kind === undefined || isCoded(column))))
    return undefined;
  if (constant.type === "text")
    return column.kind === "datetime" ? dateBound(column, comparison, constant.value) : undefined;
  if (constant.type !== "number") return undefined;
  const { value } = constant;
  const step = stepBeside(column);
  switch (comparison) {
    case "=":
      return { low: value, high: value };
    case "<=":
      return { high: value };
    case ">=":
      return { low: value };
    case "<":
      return step === undefined ? undefined : { high: clean(Math.ceil(clean(value / step)) - 1, step) };
    case ">":
      return step === undefined ? undefined : { low: clean(Math.floor(clean(value / step)) + 1, step) };
  }
}

/** `value` times `step` without the last digits that floating point adds. */
const clean = (value: number, step = 1): number => Number((value * step).toPrecision(14));

/** Decimal places up to which every value of a column lies on the grid that its format says. */
const SURE_PLACES = 6;

function stepBeside(column: RuleColumn): number | undefined {
  if (column.kind === "integer") return 1;
  if (column.kind === "datetime") return 1;
  const places = column.kind === "decimal" ? column.number?.decimals : undefined;
  return places === undefined || places > SURE_PLACES
    ? undefined
    : stepOf(gridOf({ kind: "decimal", number: column.number } as ColumnSchema));
}

function dateBound(column: RuleColumn, comparison: Comparison, text: string): Bounds | undefined {
  const period = readPeriod(text, column);
  if (!period) return undefined;
  switch (comparison) {
    case "=":
      return { low: firstFrom(period.from, column), high: lastUpTo(period.to, column) };
    case "<=":
      return { high: lastUpTo(period.to, column) };
    case ">=":
      return { low: firstFrom(period.from, column) };
    case "<":
      return { high: lastUpTo(period.from - 1, column) };
    case ">":
      return { low: firstFrom(period.to + 1, column) };
    case "!=":
      return undefined;
  }
}

/** One column that equals a calculation of others, on either side of the sign. */
function formulaIn(holds: Expression): Constraint | undefined {
  if (holds.type !== "compare" || holds.comparisons.length > 1 || holds.comparisons[0] !== "=")
    return undefined;
  const [left, right] = holds.operands as [Expression, Expression];
  for (const [own, equals] of [
    [left, right],
    [right, left],
  ] as const) {
    if (own.type !== "column") continue;
    const names = namesIn(equals);
    if (names.length > 0 && !names.includes(own.name)) return { kind: "formula", column: own.name, equals };
  }
  return undefined;
}
