import { asIndex, asList, asNumber, asOneOf, asRecord, damaged } from "../saved-state.ts";

const OPERATORS = ["+", "-", "*", "/", "^", "mod"] as const;
const FUNCTIONS = [
  "abs",
  "floor",
  "ceil",
  "round",
  "sqrt",
  "log",
  "exp",
  "min",
  "max",
  "minutes",
  "hours",
  "days",
  "years",
] as const;

type TermOperator = (typeof OPERATORS)[number];
type TermFunction = (typeof FUNCTIONS)[number];

/** A formula over number columns as a tree; a column is its place in the table. Dates are milliseconds. */
export type Term =
  | { readonly type: "number"; readonly value: number }
  | { readonly type: "column"; readonly column: number }
  | {
      readonly type: "arithmetic";
      readonly operator: TermOperator;
      readonly left: Term;
      readonly right: Term;
    }
  | { readonly type: "negative"; readonly of: Term }
  | { readonly type: "call"; readonly name: TermFunction; readonly parts: readonly Term[] };

export const num = (value: number): Term => ({ type: "number", value });
export const cell = (column: number): Term => ({ type: "column", column });
export const joined = (left: Term, operator: TermOperator, right: Term): Term => ({
  type: "arithmetic",
  operator,
  left,
  right,
});
export const call = (name: TermFunction, ...parts: readonly Term[]): Term => ({ type: "call", name, parts });

/** The columns that `term` names, rising, each once. */
export function columnsOf(term: Term): number[] {
  const found = new Set<number>();
  const walk = (one: Term): void => {
    if (one.type === "column") found.add(one.column);
    else if (one.type === "negative") walk(one.of);
    else if (one.type === "call") one.parts.forEach(walk);
    else if (one.type === "arithmetic") [one.left, one.right].forEach(walk);
  };
  walk(term);
  return [...found].sort((a, b) => a - b);
}

const DAY = 86_400_000;
/** Milliseconds in a unit; a year is 365.25 days. */
export const UNITS = { minutes: 60_000, hours: 3_600_000, days: DAY, years: 365.25 * DAY } as const;

const OPERATE: Readonly<Record<TermOperator, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
  mod: (a, b) => a - b * Math.floor(a / b),
};

const CALL: Readonly<Record<TermFunction, (...parts: number[]) => number>> = {
  abs: Math.abs,
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
  sqrt: Math.sqrt,
  log: Math.log,
  exp: Math.exp,
  min: Math.min,
  max: Math.max,
  minutes: (ms) => ms / UNITS.minutes,
  hours: (ms) => ms / UNITS.hours,
  days: (ms) => ms / UNITS.days,
  years: (ms) => ms / UNITS.years,
};

/** `term` in every row; NaN where a cell that it names is missing or it has no finite value, as after a division by 0. */
export function evaluate(term: Term, values: (column: number) => Float64Array, rows: number): Float64Array {
  const walk = (one: Term): Float64Array => {
    switch (one.type) {
      case "number":
        return new Float64Array(rows).fill(one.value);
      case "column":
        return values(one.column);
      case "negative":
        return walk(one.of).map((value) => -value);
      case "arithmetic": {
        const [left, right] = [walk(one.left), walk(one.right)];
        const operate = OPERATE[one.operator];
        return left.map((value, i) => operate(value, right[i] as number));
      }
      case "call": {
        const parts = one.parts.map(walk);
        const of = CALL[one.name];
        if (parts.length === 1) return (parts[0] as Float64Array).map((value) => of(value));
        return new Float64Array(rows).map((_, i) => of(...parts.map((part) => part[i] as number)));
      }
    }
  };
  const made = walk(term);
  const needed = columnsOf(term).map(values);
  return made.map((value, i) =>
    Number.isFinite(value) && needed.every((x) => Number.isFinite(x[i])) ? value : NaN,
  );
}

const DEEPEST = 64;

/** Inverse of a term's JSON, in a table of `columns` columns; throws FaultError `model-damaged`. */
export function loadTerm(saved: unknown, columns: number, depth = 0): Term {
  if (depth > DEEPEST) return damaged("formula");
  const state = asRecord(saved, "formula");
  const below = (item: unknown): Term => loadTerm(item, columns, depth + 1);
  switch (state["type"]) {
    case "number":
      return num(asNumber(state["value"], "formula"));
    case "column":
      return cell(asIndex(state["column"], columns, "formula"));
    case "negative":
      return { type: "negative", of: below(state["of"]) };
    case "arithmetic":
      return joined(
        below(state["left"]),
        asOneOf(state["operator"], OPERATORS, "formula"),
        below(state["right"]),
      );
    case "call": {
      const parts = asList(state["parts"], "formula").map(below);
      const name = asOneOf(state["name"], FUNCTIONS, "formula");
      const several = name === "min" || name === "max";
      return parts.length === 1 || (several && parts.length > 1) ? call(name, ...parts) : damaged("formula");
    }
    default:
      return damaged("formula");
  }
}

/** Whether `term` ends in a rounding of its own. */
const isRounded = (term: Term): boolean =>
  term.type === "call" && (term.name === "floor" || term.name === "ceil" || term.name === "round");

/** `term` without the roundings in it: what it moves with. */
export function smooth(term: Term): Term {
  if (term.type === "negative") return { ...term, of: smooth(term.of) };
  if (term.type === "arithmetic") return { ...term, left: smooth(term.left), right: smooth(term.right) };
  if (term.type !== "call") return term;
  return isRounded(term) ? smooth(term.parts[0] as Term) : { ...term, parts: term.parts.map(smooth) };
}

/** w1 x1 + w2 x2 + ... + c, or c x1^w1 x2^w2 ..., written as a person would: x / 12, 100 - a - b, 10000 w / h^2. */
export function lineTerm(
  parents: readonly number[],
  weights: readonly number[],
  constant: number,
  scale: "linear" | "log",
): Term {
  return scale === "linear" ? sumTerm(parents, weights, constant) : productTerm(parents, weights, constant);
}

function sumTerm(parents: readonly number[], weights: readonly number[], constant: number): Term {
  const parts = parents.map((parent, k) => {
    const weight = weights[k] as number;
    const size = Math.abs(weight);
    const inverse = Math.round(1 / size);
    const whole = size < 1 && Math.abs(inverse * size - 1) < 1e-12;
    const term = size === 1 ? cell(parent) : whole ? joined(cell(parent), "/", num(inverse)) : undefined;
    return { plus: weight > 0, term: term ?? joined(num(size), "*", cell(parent)) };
  });
  const first = parts.findIndex(({ plus }) => plus);
  const start = first >= 0 && constant <= 0 ? (parts.splice(first, 1)[0]?.term as Term) : num(constant);
  const sum = parts.reduce((left, { plus, term }) => joined(left, plus ? "+" : "-", term), start);
  if (start.type === "number" || constant === 0) return sum;
  return joined(sum, "-", num(-constant));
}

function productTerm(parents: readonly number[], weights: readonly number[], constant: number): Term {
  const power = (k: number): Term => {
    const size = Math.abs(weights[k] as number);
    const base = cell(parents[k] as number);
    return size === 1 ? base : size === 0.5 ? call("sqrt", base) : joined(base, "^", num(size));
  };
  const above = parents.flatMap((_, k) => ((weights[k] as number) > 0 ? [power(k)] : []));
  const below = parents.flatMap((_, k) => ((weights[k] as number) < 0 ? [power(k)] : []));
  const factors = constant === 1 && above.length > 0 ? above : [num(constant), ...above];
  const top = factors.reduce((left, right) => joined(left, "*", right));
  return below.reduce((left, right) => joined(left, "/", right), top);
}
