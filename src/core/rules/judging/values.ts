import type { Expression, FunctionName } from "../expression.ts";
import { readPeriod } from "../language/date-text.ts";
import type { Scope } from "./scope.ts";
import { isDateIn, numbersIn } from "./scope.ts";

/** A value by row; NaN: there is none, since a cell is missing or nothing can be calculated. */
export type Value = (row: number) => number;

const finite = (value: number): number => (Number.isFinite(value) ? value : NaN);

/** `expression` as a function of the row. Throws FaultError `unknown-column`. */
export function valueOf(scope: Scope, expression: Expression): Value {
  switch (expression.type) {
    case "number": {
      const { value } = expression;
      return () => value;
    }
    case "text": {
      const from = readPeriod(expression.value)?.from ?? NaN;
      return () => from;
    }
    case "column":
      return columnValue(scope, expression.name);
    case "negative": {
      const of = valueOf(scope, expression.of);
      return (row) => -of(row);
    }
    case "arithmetic":
      return arithmeticOf(scope, expression);
    case "call":
      return callOf(scope, expression);
    default:
      return () => NaN;
  }
}

function columnValue(scope: Scope, name: string): Value {
  const values = numbersIn(scope, name);
  const { shift } = scope;
  if (shift) return (row) => (values[row] as number) + (shift.column === name ? shift.by : 0);
  return (row) => values[row] as number;
}

function arithmeticOf(
  scope: Scope,
  { operator, left, right }: Extract<Expression, { type: "arithmetic" }>,
): Value {
  const [a, b] = [valueOf(scope, left), valueOf(scope, right)];
  switch (operator) {
    case "+":
      return (row) => a(row) + b(row);
    case "-":
      return (row) => a(row) - b(row);
    case "*":
      return (row) => finite(a(row) * b(row));
    case "/":
      return (row) => finite(a(row) / b(row));
    case "^":
      return (row) => power(a(row), b(row));
    case "mod":
      return (row) => remainder(a(row), b(row));
  }
}

/** NaN ** 0 is 1 in JavaScript, and a missing cell is no number here. */
const power = (base: number, exponent: number): number =>
  Number.isNaN(base) ? NaN : finite(base ** exponent);

/** a - b floor(a / b), of the sign of b; 0 where floating point only just misses it. */
function remainder(a: number, b: number): number {
  const rest = a - b * Math.floor(a / b);
  const whole = Math.abs(rest - b) <= 1e-9 * Math.abs(b) || Math.abs(rest) <= 1e-9 * Math.abs(b);
  return whole ? 0 : finite(rest);
}

const UNIT: Partial<Readonly<Record<FunctionName, number>>> = {
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  years: 365.25 * 86_400_000,
};

function callOf(scope: Scope, { name, parts }: Extract<Expression, { type: "call" }>): Value {
  const [part] = parts as [Expression];
  if (name === "years" && isBetweenDates(scope, part)) {
    const [to, from] = [valueOf(scope, part.left), valueOf(scope, part.right)];
    return (row) => yearsBetween(from(row), to(row));
  }
  const values = parts.map((one) => valueOf(scope, one));
  const [of, digits] = values as [Value, Value | undefined];
  const unit = UNIT[name];
  if (unit !== undefined) return (row) => of(row) / unit;
  if (name === "min" || name === "max") {
    const best = name === "min" ? Math.min : Math.max;
    return (row) => values.reduce((so, value) => best(so, value(row)), name === "min" ? Infinity : -Infinity);
  }
  if (name === "round" && digits) return (row) => roundTo(of(row), digits(row));
  const single = SINGLE[name as keyof typeof SINGLE];
  return (row) => single(of(row));
}

const SINGLE = {
  abs: Math.abs,
  floor: (value: number): number => Math.floor(nearWhole(value)),
  ceil: (value: number): number => Math.ceil(nearWhole(value)),
  round: Math.round,
  sqrt: Math.sqrt,
  log: (value: number): number => finite(Math.log(value)),
  exp: (value: number): number => finite(Math.exp(value)),
} as const;

/** The whole number that floating point only just misses, else `value`. */
function nearWhole(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) <= 1e-11 * Math.max(1, Math.abs(value)) ? whole : value;
}

function roundTo(value: number, digits: number): number {
  const scale = 10 ** digits;
  return finite(Math.round(value * scale) / scale);
}

function isBetweenDates(
  scope: Scope,
  part: Expression,
): part is Extract<Expression, { type: "arithmetic" }> & { operator: "-" } {
  const dated = (side: Expression): boolean =>
    side.type === "text" || (side.type === "column" && isDateIn(scope, side.name));
  return part.type === "arithmetic" && part.operator === "-" && dated(part.left) && dated(part.right);
}

/** Years by the calendar: a whole number on each anniversary, the share of the current year in between. */
function yearsBetween(from: number, to: number): number {
  if (Number.isNaN(from) || Number.isNaN(to)) return NaN;
  if (to < from) return -yearsBetween(to, from);
  const start = new Date(from);
  const anniversary = (years: number): number => {
    const day = new Date(from);
    return day.setUTCFullYear(start.getUTCFullYear() + years);
  };
  let years = new Date(to).getUTCFullYear() - start.getUTCFullYear();
  if (anniversary(years) > to) years--;
  const last = anniversary(years);
  return finite(years + (to - last) / (anniversary(years + 1) - last));
}
