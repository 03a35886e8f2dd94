import type { Grid } from "../../codec/columns/grid.ts";
import { stepOf } from "../../codec/columns/grid.ts";
import type { CodedColumn } from "../../table/table.ts";
import type { Comparison, Expression } from "../expression.ts";
import { flooredTo, readPeriod } from "../language/date-text.ts";
import { REVERSED } from "../language/logic.ts";
import { namesIn } from "../language/names-in.ts";
import type { Scope } from "./scope.ts";
import {
  columnIn,
  gridIn,
  holdsWords,
  isDateIn,
  missingIn,
  numbersIn,
  schemaIn,
  scopeOf,
  stepIn,
} from "./scope.ts";
import type { Value } from "./values.ts";
import { valueOf } from "./values.ts";

/** 1 true, 0 false, -1 no answer. */
export type Answer = (row: number) => number;

export const UNANSWERED = -1;

/** `expression`, which is true or false, as a function of the row (Kleene 1938). Throws FaultError `unknown-column`. */
export function answerOf(scope: Scope, expression: Expression): Answer {
  return answerByLevel(scope, expression) ?? plainAnswer(scope, expression);
}

function plainAnswer(scope: Scope, expression: Expression): Answer {
  switch (expression.type) {
    case "compare":
      return both(
        expression.comparisons.map((comparison, i) =>
          comparisonOf(
            scope,
            expression.operands[i] as Expression,
            comparison,
            expression.operands[i + 1] as Expression,
          ),
        ),
      );
    case "in":
      return either(expression.options.map((option) => comparisonOf(scope, expression.of, "=", option)));
    case "between":
      return both([
        ...(expression.low ? [comparisonOf(scope, expression.of, ">=", expression.low)] : []),
        ...(expression.high ? [comparisonOf(scope, expression.of, "<=", expression.high)] : []),
      ]);
    case "missing": {
      const missing = missingIn(scope, expression.column);
      return (row) => (missing(row) ? 1 : 0);
    }
    case "not":
      return not(answerOf(scope, expression.of));
    case "and":
      return both(expression.parts.map((part) => answerOf(scope, part)));
    case "or":
      return either(expression.parts.map((part) => answerOf(scope, part)));
    case "if":
      return either([not(answerOf(scope, expression.when)), answerOf(scope, expression.then)]);
    default:
      return () => UNANSWERED;
  }
}

/** A condition on one column of levels is answered once for each level. */
function answerByLevel(scope: Scope, expression: Expression): Answer | undefined {
  const names = namesIn(expression);
  const [name] = names;
  const column = names.length === 1 ? columnIn(scope, name as string) : undefined;
  if (column?.type !== "coded" || column.codes.length <= column.levels.length + 1) return undefined;
  const { codes, levels } = column;
  const place = scope.places.get(name as string) as number;
  const each: CodedColumn = {
    type: "coded",
    codes: Int32Array.from({ length: levels.length + 1 }, (_, i) => (i < levels.length ? i : -1)),
    levels,
  };
  const small = scopeOf({
    ...scope.table,
    rows: levels.length + 1,
    columns: [each],
    schema: { ...scope.table.schema, columns: [scope.table.schema.columns[place] as never] },
  });
  const answer = plainAnswer(small, expression);
  const answers = Int8Array.from(each.codes, (_, i) => answer(i));
  const absent = answers[levels.length] as number;
  return (row) => answers[codes[row] as number] ?? absent;
}

function not(of: Answer): Answer {
  return (row) => {
    const answer = of(row);
    return answer < 0 ? answer : 1 - answer;
  };
}

function both(parts: readonly Answer[]): Answer {
  if (parts.length === 1) return parts[0] as Answer;
  return (row) => {
    let all = 1;
    for (const part of parts) {
      const answer = part(row);
      if (answer === 0) return 0;
      if (answer < 0) all = UNANSWERED;
    }
    return all;
  };
}

const either = (parts: readonly Answer[]): Answer =>
  parts.length === 1 ? (parts[0] as Answer) : not(both(parts.map(not)));

function comparisonOf(scope: Scope, left: Expression, comparison: Comparison, right: Expression): Answer {
  if (left.type === "text" && right.type !== "text")
    return comparisonOf(scope, right, REVERSED[comparison], left);
  if (left.type === "column" && right.type === "text")
    return besideText(scope, left.name, comparison, right.value);
  if (right.type === "text") return besideDate(valueOf(scope, left), comparison, right.value);
  if (left.type === "column" && right.type === "column") {
    if (holdsWords(scope, left.name) || holdsWords(scope, right.name))
      return betweenWords(scope, left.name, comparison, right.name);
    return betweenColumns(scope, left.name, comparison, right.name);
  }
  const slack = comparison === "=" || comparison === "!=" ? slackOf(scope, left, right) : 0;
  const exact = isPlain(left) && isPlain(right);
  return betweenNumbers(valueOf(scope, left), comparison, valueOf(scope, right), slack, exact);
}

const isPlain = ({ type }: Expression): boolean => type === "column" || type === "number";

/** Half a step of the one column that is compared with a calculation: as far as its rounding goes. */
function slackOf(scope: Scope, left: Expression, right: Expression): number {
  const own = left.type === "column" ? left : right.type === "column" ? right : undefined;
  const other = own === left ? right : left;
  return own === undefined || isPlain(other) ? 0 : stepIn(scope, own.name) / 2;
}

/** What floating point may have changed in a calculation, relative to its larger side. */
const NOISE = 1e-11;

function betweenNumbers(a: Value, comparison: Comparison, b: Value, slack: number, exact: boolean): Answer {
  const holds = HOLDS[comparison];
  return (row) => {
    const [x, y] = [a(row), b(row)];
    if (!Number.isFinite(x) || !Number.isFinite(y)) return UNANSWERED;
    const within = exact ? 0 : slack + NOISE * Math.max(1, Math.abs(x), Math.abs(y));
    return holds(x - y, within) ? 1 : 0;
  };
}

const HOLDS: Readonly<Record<Comparison, (apart: number, within: number) => boolean>> = {
  "<": (apart, within) => apart < -within,
  "<=": (apart, within) => apart <= within,
  "=": (apart, within) => Math.abs(apart) <= within,
  "!=": (apart, within) => Math.abs(apart) > within,
  ">": (apart, within) => apart > within,
  ">=": (apart, within) => apart >= -within,
};

/** Two columns of words: equal or not, by name. */
function betweenWords(scope: Scope, left: string, comparison: Comparison, right: string): Answer {
  const [a, b] = [columnIn(scope, left), columnIn(scope, right)];
  if (a.type !== "coded" || b.type !== "coded" || (comparison !== "=" && comparison !== "!="))
    return () => UNANSWERED;
  const place = new Map(a.levels.map((level, code) => [level, code]));
  const same = b.levels.map((level) => place.get(level) ?? -2);
  const equal = comparison === "=" ? 1 : 0;
  return (row) => {
    const [x, y] = [a.codes[row] as number, b.codes[row] as number];
    if (x < 0 || y < 0) return UNANSWERED;
    return x === same[y] ? equal : 1 - equal;
  };
}

function besideText(scope: Scope, name: string, comparison: Comparison, text: string): Answer {
  const column = columnIn(scope, name);
  if (column.type === "numeric")
    return isDateIn(scope, name)
      ? besideDate(valueOf(scope, { type: "column", name }), comparison, text, schemaIn(scope, name))
      : () => UNANSWERED;
  if (comparison !== "=" && comparison !== "!=") return () => UNANSWERED;
  const wanted = column.levels.indexOf(text);
  const equal = comparison === "=" ? 1 : 0;
  const { codes } = column;
  return (row) => {
    const code = codes[row] as number;
    return code < 0 ? UNANSWERED : code === wanted ? equal : 1 - equal;
  };
}

/** A moment beside a date's text, which stands for the whole day, month or year that it names. */
function besideDate(
  value: Value,
  comparison: Comparison,
  text: string,
  schema?: Parameters<typeof readPeriod>[1],
): Answer {
  const period = readPeriod(text, schema);
  if (!period) return () => UNANSWERED;
  const { from, to } = period;
  const holds: Readonly<Record<Comparison, (ms: number) => boolean>> = {
    "<": (ms) => ms < from,
    "<=": (ms) => ms <= to,
    "=": (ms) => ms >= from && ms <= to,
    "!=": (ms) => ms < from || ms > to,
    ">": (ms) => ms > to,
    ">=": (ms) => ms >= from,
  };
  const test = holds[comparison];
  return (row) => {
    const ms = value(row);
    return Number.isFinite(ms) ? (test(ms) ? 1 : 0) : UNANSWERED;
  };
}

function betweenColumns(scope: Scope, left: string, comparison: Comparison, right: string): Answer {
  const apart = differenceOf(scope, left, right);
  const { mixed } = apart;
  return (row) => {
    const by = apart.by(row);
    if (Number.isNaN(by)) return UNANSWERED;
    const holds = mixed && by === 0 ? comparison !== "!=" : HOLDS[comparison](by, 0);
    return holds ? 1 : 0;
  };
}

/** How far one column is from another, by row. */
export interface Difference {
  /** left - right; NaN where a cell is missing */
  readonly by: Value;
  /** Dates of two precisions: 0 says that they may be equal, or either the earlier. */
  readonly mixed: boolean;
}

/**
 * Two columns as they are written. A date without a time may be any time of its day: it is compared with one that has a
 * time by day, and so with months and years.
 */
export function differenceOf(scope: Scope, left: string, right: string): Difference {
  const [a, b] = [numbersIn(scope, left), numbersIn(scope, right)];
  const coarser =
    isDateIn(scope, left) && isDateIn(scope, right)
      ? coarserOf(gridIn(scope, left), gridIn(scope, right))
      : undefined;
  const by: Value = coarser
    ? (row) => floored(coarser, a[row] as number) - floored(coarser, b[row] as number)
    : (row) => (a[row] as number) - (b[row] as number);
  return { by, mixed: coarser !== undefined };
}

const floored = (grid: Grid, value: number): number =>
  Number.isFinite(value) ? flooredTo(grid, value) : NaN;

/** The coarser of two grids of dates; undefined where they are the same. */
function coarserOf(a: Grid, b: Grid): Grid | undefined {
  const [x, y] = [stepOf(a), stepOf(b)];
  if (x === y || x === 0 || y === 0) return undefined;
  return x > y ? a : b;
}
