import type { Table } from "../../table/table.ts";
import type { Constraint } from "../constraint.ts";
import { namesIn } from "../language/names-in.ts";
import type { Answer } from "./conditions.ts";
import { answerOf, UNANSWERED } from "./conditions.ts";
import type { Scope } from "./scope.ts";
import { columnIn, holdsWords, isDateIn, numbersIn, scopeOf, stepIn } from "./scope.ts";
import type { Value } from "./values.ts";
import { valueOf } from "./values.ts";

type Formula = Extract<Constraint, { kind: "formula" }>;

/** Floating point, relative to the calculated value. */
const NOISE = 1e-9;
/** Rows that are looked at to see what rounding explains, and the fewest that must miss. */
const MOST_ROWS = 5000;
const LEAST_MISSES = 5;

/**
 * Whether the column is what its formula gives, rounded to its own decimals. `rounded`: or as far from it as the rounding
 * of the columns in the formula allows, each moved by half a step.
 */
export function formulaAnswer(scope: Scope, { column, equals }: Formula, rounded: boolean): Answer {
  const wordy =
    columnIn(scope, column).type === "coded" &&
    (holdsWords(scope, column) || (equals.type === "column" && holdsWords(scope, equals.name)));
  if (wordy)
    return answerOf(scope, {
      type: "compare",
      operands: [{ type: "column", name: column }, equals],
      comparisons: ["="],
    });
  const own = numbersIn(scope, column);
  const whole = valueOf(scope, equals);
  const fits = fitting(scope, column);
  const give = rounded ? giveOf(scope, equals) : undefined;
  return (row) => {
    const [given, made] = [own[row] as number, whole(row)];
    if (!Number.isFinite(given) || !Number.isFinite(made)) return UNANSWERED;
    if (fits(given, made, 0)) return 1;
    return give && fits(given, made, sum(give.map((one) => one(row, made)))) ? 1 : 0;
  };
}

const sum = (values: readonly number[]): number => values.reduce((so, value) => so + value, 0);

/** Whether `given` is `made` as the column writes it; a date may also be cut off to its day, month or year. */
function fitting(scope: Scope, column: string): (given: number, made: number, more: number) => boolean {
  const step = stepIn(scope, column);
  if (isDateIn(scope, column))
    return (given, made, more) => {
      const after = made - given;
      return after >= -step / 2 - more - 0.5 && after < Math.max(step, 1) + more;
    };
  return (given, made, more) =>
    Math.abs(given - made) <= step / 2 + more + NOISE * Math.max(1, Math.abs(made), Math.abs(given));
}

/** For each column of numbers in the formula: how far half a step of it moves the result. */
function giveOf(scope: Scope, equals: Formula["equals"]): ((row: number, made: number) => number)[] {
  return namesIn(equals).flatMap((name) => {
    const step = isDateIn(scope, name) ? 0 : stepIn(scope, name);
    if (step === 0) return [];
    const shift = { column: name, by: 0 };
    const moved: Value = valueOf({ ...scope, shift }, equals);
    return [
      (row: number, made: number): number => {
        shift.by = step / 2;
        const up = Math.abs(moved(row) - made);
        shift.by = -step / 2;
        const down = Math.abs(moved(row) - made);
        return Math.max(Number.isFinite(up) ? up : 0, Number.isFinite(down) ? down : 0);
      },
    ];
  });
}

/**
 * Whether rows miss the formula because the columns it is made of were rounded: as many as rounding explains, at least
 * half as many as it would make miss. A total of whole numbers that is wrong in a few rows is wrong, not rounded; a BMI of
 * unrounded weights misses in about as many as expected (E|e| / step, e the sum of uniform roundings, taken as normal).
 */
export function roundingExplains(formula: Formula, table: Table): boolean {
  const scope = scopeOf(table);
  const exact = formulaAnswer(scope, formula, false);
  const rounded = formulaAnswer(scope, formula, true);
  const made = valueOf(scope, formula.equals);
  const give = giveOf(scope, formula.equals);
  const step = stepIn(scope, formula.column);
  const apart = Math.max(1, Math.floor(table.rows / MOST_ROWS));
  let [misses, expected] = [0, 0];
  for (let row = 0; row < table.rows; row += apart) {
    const answer = exact(row);
    if (answer === UNANSWERED) continue;
    if (answer === 0 && rounded(row) === 1) misses++;
    const squared = sum(give.map((one) => one(row, made(row)) ** 2 / 3));
    const size = Math.sqrt((2 / Math.PI) * squared);
    expected += step > 0 ? Math.min(1, size / step) : size > 0 ? 1 : 0;
  }
  return misses >= LEAST_MISSES && misses >= expected / 2;
}
