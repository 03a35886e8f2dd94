import type { Comparison, Expression, Operator } from "./expression.ts";

/** Cells of a column of which one is meant: levels or numbers from `low` to `high`, a missing cell, or either. */
export interface CellSet {
  readonly missing: boolean;
  /** names of levels; left out where the column holds numbers */
  readonly levels?: ReadonlySet<string>;
  /** least and greatest number, none where `low` is above `high`; NaN where some level writes no number */
  readonly low: number;
  readonly high: number;
}

/** What a condition can be, as bits: true, false, without an answer. */
export const TRUE = 1;
export const FALSE = 2;
export const UNKNOWN = 4;
const ANYTHING = TRUE | FALSE | UNKNOWN;

/** How a text beside a date is read: the times that it means. */
export type ReadDate = (text: string, column: string | undefined) => { from: number; to: number } | undefined;

/** What is known of the columns: undefined for a column of which nothing is. */
export interface Known {
  cells(column: string): CellSet | undefined;
  readonly readDate: ReadDate;
}

/**
 * All that `condition` can be where of each column only a set of cells is known, by Kleene's logic and interval
 * arithmetic (Moore 1966): never too little, now and then too much, and exact where each column has one cell.
 */
export function possible(condition: Expression, known: Known): number {
  switch (condition.type) {
    case "compare": {
      const pairs = condition.comparisons.map((comparison, i) =>
        comparedTo(
          condition.operands[i] as Expression,
          comparison,
          condition.operands[i + 1] as Expression,
          known,
        ),
      );
      return pairs.reduce(bothOf, TRUE);
    }
    case "in":
      return condition.options
        .map((option) => comparedTo(condition.of, "=", option, known))
        .reduce(eitherOf, FALSE);
    case "between": {
      const low = condition.low ? comparedTo(condition.low, "<=", condition.of, known) : TRUE;
      const high = condition.high ? comparedTo(condition.of, "<=", condition.high, known) : TRUE;
      return bothOf(low, high);
    }
    case "missing": {
      const cells = known.cells(condition.column);
      if (!cells) return TRUE | FALSE;
      return (cells.missing ? TRUE : 0) | (isPresent(cells) ? FALSE : 0);
    }
    case "not":
      return opposite(possible(condition.of, known));
    case "and":
      return condition.parts.map((part) => possible(part, known)).reduce(bothOf, TRUE);
    case "or":
      return condition.parts.map((part) => possible(part, known)).reduce(eitherOf, FALSE);
    case "if":
      return eitherOf(opposite(possible(condition.when, known)), possible(condition.then, known));
    default:
      return ANYTHING;
  }
}

const isPresent = ({ levels, low, high }: CellSet): boolean => (levels ? levels.size > 0 : low <= high);

const opposite = (outcomes: number): number =>
  (outcomes & UNKNOWN) | (outcomes & TRUE ? FALSE : 0) | (outcomes & FALSE ? TRUE : 0);

/** Of two conditions with the outcomes a and b, what both together can be. */
function bothOf(a: number, b: number): number {
  const [ta, tb] = [a & TRUE, b & TRUE];
  return (
    (ta && tb ? TRUE : 0) |
    ((a | b) & FALSE) |
    ((a & UNKNOWN && b & (TRUE | UNKNOWN)) || (b & UNKNOWN && ta) ? UNKNOWN : 0)
  );
}

const eitherOf = (a: number, b: number): number => opposite(bothOf(opposite(a), opposite(b)));

/** What a value can be. */
type Values =
  | { readonly type: "numbers"; readonly low: number; readonly high: number; readonly missing: boolean }
  | (Omit<CellSet, "levels"> & { readonly type: "levels"; readonly levels: ReadonlySet<string> })
  | { readonly type: "anything" };

const anything: Values = { type: "anything" };
const some: Values = { type: "numbers", low: -Infinity, high: Infinity, missing: true };

function valuesOf(value: Expression, beside: Expression, known: Known): Values {
  switch (value.type) {
    case "number":
      return { type: "numbers", low: value.value, high: value.value, missing: false };
    case "text": {
      if (beside.type === "column" && known.cells(beside.name)?.levels)
        return { type: "levels", levels: new Set([value.value]), missing: false, low: NaN, high: NaN };
      const period = known.readDate(value.value, beside.type === "column" ? beside.name : undefined);
      return period ? { type: "numbers", low: period.from, high: period.to, missing: false } : anything;
    }
    case "column": {
      const cells = known.cells(value.name);
      if (!cells) return anything;
      const { levels, low, high, missing } = cells;
      return levels
        ? { type: "levels", levels, missing, low, high }
        : { type: "numbers", low, high, missing };
    }
    case "negative": {
      const of = valuesOf(value.of, beside, known);
      return of.type === "numbers" ? { ...of, low: -of.high, high: -of.low } : anything;
    }
    case "arithmetic": {
      const left = valuesOf(value.left, value.right, known);
      const right = valuesOf(value.right, value.left, known);
      if (left.type !== "numbers" || right.type !== "numbers") return some;
      return calculated(value.operator, left, right);
    }
    case "call":
      return some;
    default:
      return anything;
  }
}

type Numbers = Extract<Values, { type: "numbers" }>;

/** Nothing where a side has no number. */
function calculated(operator: Operator, left: Numbers, right: Numbers): Values {
  const missing = left.missing || right.missing;
  if (left.low > left.high || right.low > right.high)
    return { type: "numbers", low: Infinity, high: -Infinity, missing: true };
  const within = (ends: readonly number[]): Values =>
    ends.some(Number.isNaN)
      ? some
      : { type: "numbers", low: Math.min(...ends), high: Math.max(...ends), missing };
  switch (operator) {
    case "+":
      return within([left.low + right.low, left.high + right.high]);
    case "-":
      return within([left.low - right.high, left.high - right.low]);
    case "*":
      return within([left.low, left.high].flatMap((a) => [a * right.low, a * right.high]));
    case "/":
      if (right.low <= 0 && right.high >= 0) return some;
      return within([left.low, left.high].flatMap((a) => [a / right.low, a / right.high]));
    default:
      return some;
  }
}

function comparedTo(left: Expression, comparison: Comparison, right: Expression, known: Known): number {
  const [a, b] = inOneSort(valuesOf(left, right, known), valuesOf(right, left, known));
  if (a.type === "anything" || b.type === "anything") return ANYTHING;
  const unknown = a.missing || b.missing ? UNKNOWN : 0;
  if (a.type === "numbers" && !(isPlain(left) && isPlain(right)))
    return comparison === "=" || comparison === "!="
      ? ANYTHING
      : unknown | calculationsCompared(a, comparison, b);
  if (a.type === "numbers") return unknown | (b.type === "numbers" ? numbersCompared(a, comparison, b) : 0);
  if (b.type === "numbers") return ANYTHING;
  if (a.levels.size === 0 || b.levels.size === 0) return unknown;
  const equal = [...a.levels].some((level) => b.levels.has(level)) ? TRUE : 0;
  const same = a.levels.size === 1 && b.levels.size === 1 && equal;
  const outcome = equal | (same ? 0 : FALSE);
  if (comparison === "=") return unknown | outcome;
  return comparison === "!=" ? unknown | opposite(outcome) : ANYTHING;
}

/** Levels beside numbers as the numbers that they write; anything where one of them writes none. */
function inOneSort(a: Values, b: Values): readonly [Values, Values] {
  if (a.type === "levels" && b.type === "numbers") return [asNumbers(a), b];
  if (a.type === "numbers" && b.type === "levels") return [a, asNumbers(b)];
  return [a, b];
}

const asNumbers = ({ low, high, missing }: CellSet): Values =>
  Number.isNaN(low) || Number.isNaN(high) ? anything : { type: "numbers", low, high, missing };

const isPlain = ({ type }: Expression): boolean => type === "column" || type === "number" || type === "text";

/** What floating point may change in a calculation, relative to its size. */
const NOISE = 1e-9;

function calculationsCompared(a: Numbers, comparison: Comparison, b: Values): number {
  if (b.type !== "numbers") return 0;
  const reach = NOISE * Math.max(1, ...[a.low, a.high, b.low, b.high].filter(Number.isFinite).map(Math.abs));
  return numbersCompared({ ...a, low: a.low - reach, high: a.high + reach }, comparison, b);
}

function numbersCompared(a: Numbers, comparison: Comparison, b: Numbers): number {
  if (a.low > a.high || b.low > b.high) return 0;
  switch (comparison) {
    case "<":
      return (a.low < b.high ? TRUE : 0) | (a.high >= b.low ? FALSE : 0);
    case "<=":
      return (a.low <= b.high ? TRUE : 0) | (a.high > b.low ? FALSE : 0);
    case ">":
      return numbersCompared(b, "<", a);
    case ">=":
      return numbersCompared(b, "<=", a);
    case "=": {
      const point = a.low === a.high && b.low === b.high;
      return (a.low <= b.high && b.low <= a.high ? TRUE : 0) | (point && a.low === b.low ? 0 : FALSE);
    }
    case "!=":
      return opposite(numbersCompared(a, "=", b));
  }
}
