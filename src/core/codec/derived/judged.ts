import type { Grid } from "../columns/grid.ts";
import { snap, stepOf } from "../columns/grid.ts";
import type { Column, Table } from "../../table/table.ts";
import { decimalsAsWritten, decimalWays, gridIn, numbersOf } from "./number-column.ts";
import type { Relation } from "./relation.ts";
import { spreadRows } from "./search/candidates.ts";
import type { Term } from "./term.ts";
import { evaluate, smooth } from "./term.ts";

/** R² above which what is left of a relation is learned in the column's place; for two dates, one the time since the other. */
const LEAST_FIT = 0.995;
const DATES_FIT = 0.9;
/** Share of the rows whose error the rounding of all columns explains: an identity, not a close regression. */
const BY_ROUNDING = 0.8;
/** The same for a plain formula, and R² of those rows alone, where a few are far off. */
const BY_ROUNDING_ALONE = 0.9;
const LEAST_PLAIN_FIT = 0.93;
const LEAST_ROWS = 60;
/** Share of the rows that must agree, and of those without the column's most frequent value, for an exact relation. */
const EXACT = 0.998;
const EXACT_MINORITY = 0.985;
const LEAST_EXACT_ROWS = 12;
const LEAST_MINORITY = 10;
/** Nats that speak for an exact relation before it is one, and what each parent costs that is chosen from all columns. */
const LEAST_EVIDENCE = 30;
const PER_CHOICE = 3;
const SHIFTS = 4;
const ON_GRID = 0.98;
const SLOPE_ROWS = 300;

export interface Judged {
  readonly exact: boolean;
  readonly partial: boolean;
  readonly ways: readonly number[];
  /** the lower, the rather: error that comes over from the parents, and what else speaks against the relation */
  readonly cost: number;
}

/** Error of arithmetic, relative to a number; of a date's milliseconds, which are many, less: a thousandth of one. */
const NOISE = 1e-9;
const DATE_NOISE = 1e-15;
const noiseOf = ({ schema }: Table, column: number): number =>
  schema.columns[column]?.kind === "datetime" ? DATE_NOISE : NOISE;

const near = (a: number, b: number, noise: number): boolean =>
  Math.abs(a - b) <= noise * Math.max(1, Math.abs(a), Math.abs(b));

/** What is judged of a relation: which column is told by what. */
type Told = Pick<Relation, "column" | "parents" | "equals">;

/** How `relation` holds in `table`; undefined where it does not, and where levels that are numbers are not exactly so. */
export function judged(relation: Told, table: Table): Judged | undefined {
  const numbers = (j: number): Float64Array => numbersOf(table.columns[j] as Column);
  const y = numbers(relation.column);
  const made = evaluate(relation.equals, numbers, table.rows);
  const rows = Array.from(y.keys()).filter((i) => Number.isFinite(y[i]) && Number.isFinite(made[i]));
  if (rows.length < LEAST_EXACT_ROWS) return undefined;
  const present = y.reduce((count, value) => count + (Number.isFinite(value) ? 1 : 0), 0);
  const answered = made.reduce((count, value) => count + (Number.isFinite(value) ? 1 : 0), 0);
  const grid = gridIn(table, relation.column);
  const cost = (): number =>
    carried(relation, table, rows) / (variance(y, rows) + 1e-300) +
    oddity(relation.equals) +
    relation.parents.length / 4;
  const rounded = { y, made, rows, half: () => halfStep(stepOf(grid)), grid };
  if (isExact(relation, table, rounded)) {
    const apart = present + answered - 2 * rows.length;
    const open = isClosed(relation, table, rows) ? 0 : OPEN;
    return { exact: true, partial: apart > (1 - EXACT) * table.rows, ways: [], cost: cost() + open };
  }
  if (table.columns[relation.column]?.type === "coded") return undefined;
  const ways = decimalWays(table, relation.column) ?? [];
  const finely = ways.length > 0;
  const asWritten = finely
    ? {
        ...rounded,
        half: (i: number) => halfStep(10 ** -decimalsAsWritten(y[i] as number, ways)),
        grid: { type: "free" } as const,
      }
    : rounded;
  if (finely && isExact(relation, table, asWritten))
    return { exact: true, partial: true, ways, cost: cost() };
  const fit = rows.length < LEAST_ROWS ? 0 : nearFit(relation, table, asWritten);
  if (!(fit > 0)) return undefined;
  const partial = finely || present - rows.length > (1 - EXACT) * table.rows;
  return { exact: false, partial, ways, cost: LEARNED + cost() + 200 * (1 - fit) };
}

const halfStep = (step: number): number => 0.5 * step * (1 + 1e-6);

/** What it costs that something is left to learn, and that what is on the column's grid would not be in other rows. */
const LEARNED = 6;
const OPEN = 8;

interface Rows {
  readonly y: Float64Array;
  readonly made: Float64Array;
  /** in which both are there */
  readonly rows: readonly number[];
  /** half of the distance between the numbers that a row's y could have been */
  half(row: number): number;
  readonly grid: Grid;
}

/**
 * R² of a relation that holds up to rounding, 0 where it does not: of all rows, or, for plain formulas in which a few rows are far off, of those that rounding explains.
 */
function nearFit(relation: Told, table: Table, given: Rows): number {
  const { y, made, rows } = given;
  const fitOf = (some: readonly number[]): number => {
    const error = some.reduce(
      (sum, i) => sum + ((y[i] as number) - (made[i] as number)) ** 2 / some.length,
      0,
    );
    return 1 - error / (variance(y, some) + 1e-300);
  };
  const all = fitOf(rows);
  if (isTimeSince(relation, table)) return all > DATES_FIT ? all : 0;
  const plain = isPlain(relation.equals);
  if (!(all > LEAST_FIT) && !plain) return 0;
  const explained = byRounding(relation, table, given);
  if (all > LEAST_FIT && explained.length >= BY_ROUNDING * rows.length) return all;
  if (!plain || explained.length < BY_ROUNDING_ALONE * rows.length) return 0;
  const fit = fitOf(explained);
  return fit > LEAST_PLAIN_FIT ? fit : 0;
}

/**
 * Whether the formula gives the column in nearly every row, also in those without its most frequent value, and would not
 * by chance: the column beside the formula of other rows agrees in a share p of them, so that n rows weigh n log(1 / p).
 */
function isExact({ column, parents }: Told, table: Table, { y, made, rows, half, grid }: Rows): boolean {
  const noise = noiseOf(table, column);
  const hits = (row: number, whole: number): boolean =>
    Math.abs((y[row] as number) - whole) <= half(row) + noise * Math.abs(whole) ||
    near(y[row] as number, snap(whole, grid), noise);
  const agrees = rows.map((i) => hits(i, made[i] as number));
  const agreeing = agrees.filter(Boolean).length;
  if (agreeing < EXACT * rows.length) return false;
  const counts = new Map<number, number>();
  for (const i of rows) counts.set(y[i] as number, (counts.get(y[i] as number) ?? 0) + 1);
  const [most] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  const minority = rows.flatMap((i, k) => (y[i] === most ? [] : [agrees[k]]));
  if (minority.length < LEAST_MINORITY) return false;
  if (minority.filter(Boolean).length < EXACT_MINORITY * minority.length) return false;
  let byChance = 0;
  for (let shift = 1; shift <= SHIFTS; shift++) {
    const by = Math.floor((shift * rows.length) / (SHIFTS + 1));
    rows.forEach((i, k) => {
      const other = rows[(k + by) % rows.length] as number;
      if (hits(i, made[other] as number)) byChance++;
    });
  }
  const chance = Math.max(1, byChance) / (SHIFTS * rows.length);
  const needed = LEAST_EVIDENCE + PER_CHOICE * parents.length * Math.log(table.columns.length);
  return -rows.length * Math.log(chance) >= needed;
}

/** The rows whose error the rounding of the column and of its parents explains. */
function byRounding(relation: Told, table: Table, { y, made, rows, half }: Rows): number[] {
  const noise = noiseOf(table, relation.column);
  const slopes = relation.parents.map((parent) => movedByRounding(relation.equals, table, parent));
  return rows.filter((i) => {
    const parts = slopes.map((by) => by[i] as number);
    const own = half(i);
    const sum = parts.reduce((a, b) => a + b, own);
    // Of more than three errors that are spread evenly the sum is nearly normal, and rarely as far off as it can be.
    const likely = 2.5 * Math.sqrt(parts.reduce((a, b) => a + b * b, own * own) / 3);
    const tolerance = Math.min(sum, parts.length > 2 ? likely : Infinity) * (1 + 1e-6);
    return (
      Math.abs((y[i] as number) - (made[i] as number)) <= tolerance + noise * Math.abs(made[i] as number)
    );
  });
}

/** By how much the formula moves with half a step of one parent, each cell's as it is written. */
function movedByRounding(equals: Term, table: Table, parent: number): Float64Array {
  const term = smooth(equals);
  const step = stepOf(gridIn(table, parent));
  const ways = decimalWays(table, parent);
  const numbers = (j: number): Float64Array => numbersOf(table.columns[j] as Column);
  const shifted = (by: number): Float64Array =>
    evaluate(
      term,
      (j) =>
        j === parent
          ? numbers(j).map((value) => value + by * (ways ? 10 ** -decimalsAsWritten(value, ways) : step))
          : numbers(j),
      table.rows,
    );
  const [low, high] = [shifted(-0.5), shifted(0.5)];
  return high.map((value, i) => Math.abs(value - (low[i] as number)) / 2);
}

/** Sum over the parents of slope^2 var(x), on at most 300 of the rows `asked`. */
function carried({ equals, parents }: Told, table: Table, asked: readonly number[]): number {
  const rows = spreadRows(asked, SLOPE_ROWS);
  const all = (j: number): Float64Array => numbersOf(table.columns[j] as Column);
  const some = new Map(parents.map((j) => [j, Float64Array.from(rows, (i) => all(j)[i] as number)]));
  const term = smooth(equals);
  const at = (changed: number, by: number): Float64Array =>
    evaluate(
      term,
      (j) =>
        j === changed
          ? (some.get(j) as Float64Array).map((value) => value + by)
          : (some.get(j) as Float64Array),
      rows.length,
    );
  return parents.reduce((sum, parent) => {
    const values = some.get(parent) as Float64Array;
    const present = Array.from(values.keys()).filter((i) => Number.isFinite(values[i]));
    const spread = Math.sqrt(variance(values, present));
    const by = 0.01 * spread || 1;
    const [low, high] = [at(parent, -by), at(parent, by)];
    const squares = high.map((value, i) => ((value - (low[i] as number)) / (2 * by)) ** 2);
    return sum + middle(squares.filter(Number.isFinite)) * spread * spread;
  }, 0);
}

const middle = (values: Float64Array): number => values.sort()[values.length >> 1] ?? 0;

/**
 * Whether the formula needs rounding in the rows as they are, or needs none where parents of different rows meet either:
 * a total of whole numbers does not, a part that is a third of what is left of the total does.
 */
function isClosed({ column, equals, parents }: Told, table: Table, asked: readonly number[]): boolean {
  const rows = spreadRows(asked, SLOPE_ROWS);
  const grid = gridIn(table, column);
  const onGrid = (shift: number): number => {
    const made = evaluate(
      equals,
      (j) => {
        const values = numbersOf(table.columns[j] as Column);
        const by = shift * parents.indexOf(j);
        return Float64Array.from(rows, (_, k) => values[rows[(k + by) % rows.length] as number] as number);
      },
      rows.length,
    );
    const present = made.filter(Number.isFinite);
    return (
      present.filter((value) => near(value, snap(value, grid), NOISE)).length / Math.max(1, present.length)
    );
  };
  return onGrid(0) < ON_GRID || onGrid(1 + Math.floor(rows.length / (parents.length + 1))) >= ON_GRID;
}

/** What a root costs: it is most often a formula turned round, a height told by weight and body mass index. */
const TURNED_ROUND = 1;

/** Numbers in the formula that are neither whole nor half, and roots. */
function oddity(term: Term): number {
  if (term.type === "number") return Number.isInteger(2 * term.value) ? 0 : 0.3;
  if (term.type === "negative") return oddity(term.of);
  if (term.type === "call")
    return term.parts.reduce((sum, part) => sum + oddity(part), term.name === "sqrt" ? TURNED_ROUND : 0);
  return term.type === "arithmetic" ? oddity(term.left) + oddity(term.right) : 0;
}

/** Nothing but columns, the four operations and powers of ten. */
function isPlain(term: Term): boolean {
  if (term.type === "number") return Number.isInteger(Math.log10(Math.abs(term.value)));
  if (term.type !== "arithmetic") return term.type === "column";
  return term.operator !== "^" && term.operator !== "mod" && isPlain(term.left) && isPlain(term.right);
}

function variance(values: Float64Array, rows: readonly number[]): number {
  const centre = rows.reduce((sum, i) => sum + (values[i] as number) / rows.length, 0);
  return rows.reduce((sum, i) => sum + ((values[i] as number) - centre) ** 2 / rows.length, 0);
}

/** One date some time after another. */
function isTimeSince({ column, parents, equals }: Told, { schema }: Table): boolean {
  const dates = [column, ...parents].every((j) => schema.columns[j]?.kind === "datetime");
  if (!dates || parents.length !== 1) return false;
  const term =
    equals.type === "arithmetic" && equals.operator !== "*" ? [equals.left, equals.right] : [equals];
  return term.every(({ type }) => type === "column" || type === "number");
}

/** `relation` as it holds in the whole table, or undefined where it does not. */
export function confirmRelation(relation: Relation, table: Table): Relation | undefined {
  const found = judged(relation, table);
  const y = numbersOf(table.columns[relation.column] as Column);
  const positive = y.every((value) => !(value < 0));
  if (!found) return undefined;
  const { exact, partial, ways } = found;
  return { ...relation, exact, partial, ways, positive };
}
