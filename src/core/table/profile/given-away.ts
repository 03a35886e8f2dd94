import { breathe } from "../../math/breathe.ts";
import { rocAuc } from "../../math/scores/roc-auc.ts";
import { spearman } from "../../math/scores/rank-correlation.ts";
import { quantileSorted, rSquared, sortedPresent } from "../../math/statistics.ts";
import { withPatients } from "../split.ts";
import { learnedColumns, targetColumn } from "../table.ts";
import type { Column, ColumnSchema, Table } from "../table.ts";

/** A column that tells the target by itself. */
export interface GivenAway {
  readonly column: string;
  readonly target: string;
  readonly measure: "AUROC" | "R²";
  readonly value: number;
}

/** AUROC or R² of one column from which on it gives the target away. */
const GIVES_AWAY = 0.995;
const LEAST_ROWS = 50;
const LEAST_OF_CLASS = 10;
const MOST_CLASSES = 20;
const MOST_ROWS = 5000;
const BINS = 20;
/** Of the rows whose target is known: where a column has fewer numbers, they are no account of it. */
const MOSTLY = 0.8;

/** The target in at most 5,000 evenly spaced rows in which it is known. */
interface Told {
  readonly name: string;
  readonly rows: Int32Array;
  /** of `rows`: a class, one of `classes` that have 10 rows or more; or a number */
  readonly labels?: Int32Array;
  readonly classes: readonly number[];
  readonly values?: Float64Array;
  /** which half of the rows each is in; the rows of a patient are in one */
  readonly half: Uint8Array;
}

/**
 * Asks single columns of `table` whether they give its target away: AUROC (the mean over classes) or R² of .995 or more.
 * Numbers are judged by their order and in twenty bins, levels and what is missing by their share of each class, learned
 * on one half of the rows and judged on the other. Undefined for all where there is no target, fewer than 50 rows, or
 * fewer than 10 of two classes, and for columns that are left out.
 */
export function askedOfTarget(table: Table): (at: number) => GivenAway | undefined {
  const at = targetColumn(table.schema);
  const learned = new Set(learnedColumns(table.schema));
  const told = at === undefined ? undefined : toldOf(table, at);
  if (told === undefined) return () => undefined;
  return (column) => {
    if (column === at || !learned.has(column)) return undefined;
    const value = toldBy(told, table.columns[column] as Column);
    if (!(value >= GIVES_AWAY)) return undefined;
    const { name } = table.schema.columns[column] as ColumnSchema;
    return { column: name, target: told.name, measure: told.labels ? "AUROC" : "R²", value };
  };
}

/** Every learned column that gives the target of `table` away, in the order of the columns. */
export async function givenAway(table: Table, pulse: () => Promise<void> = breathe): Promise<GivenAway[]> {
  const ask = askedOfTarget(table);
  const found: GivenAway[] = [];
  for (const column of table.columns.keys()) {
    const one = ask(column);
    if (one !== undefined) found.push(one);
    await pulse();
  }
  return found;
}

/** What a person is told of `found` before training, at the terminal and in a report; undefined where nothing was found. */
export function givenAwayWords(found: readonly GivenAway[]): string | undefined {
  const [first] = found;
  if (first === undefined) return undefined;
  const names = found
    .slice(0, 3)
    .map(({ column, measure, value }) => `“${column}” (${measure} ${value.toFixed(3)})`);
  if (found.length > 3) names.push(`${found.length - 3} more`);
  const { target } = first;
  return found.length === 1
    ? `${names.join("")} gives the target ${target} away by itself. If it is known only after the outcome, or made from it, ` +
        `leave it out; until then figures of predicting ${target} say little.`
    : `${names.slice(0, -1).join(", ")} and ${names.at(-1) as string} each give the target ${target} away. If they are known ` +
        `only after the outcome, or made from it, leave them out; until then figures of predicting ${target} say little.`;
}

function toldOf(given: Table, at: number): Told | undefined {
  const table = withPatients(given);
  const column = table.columns[at] as Column;
  const known = (row: number): boolean =>
    column.type === "numeric" ? !Number.isNaN(column.values[row]) : (column.codes[row] as number) >= 0;
  const all = Int32Array.from({ length: table.rows }, (_, row) => row).filter(known);
  const step = Math.max(1, all.length / MOST_ROWS);
  const rows = Int32Array.from(
    { length: Math.min(all.length, MOST_ROWS) },
    (_, i) => all[Math.floor(i * step)] as number,
  );
  if (rows.length < LEAST_ROWS) return undefined;
  const half = Uint8Array.from(rows, (row) => halfOf(table.patients ? (table.patients[row] as number) : row));
  const { name } = table.schema.columns[at] as ColumnSchema;
  const told = { name, rows, half };
  const labels = labelsOf(column, rows);
  if (labels === undefined) {
    const values = Float64Array.from(
      rows,
      (row) => (column.type === "numeric" ? column.values[row] : NaN) as number,
    );
    return { ...told, values, classes: [] };
  }
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const classes = [...counts].filter(([, n]) => n >= LEAST_OF_CLASS && n <= rows.length - LEAST_OF_CLASS);
  if (counts.size < 2 || classes.length === 0) return undefined;
  classes.sort(([, a], [, b]) => b - a);
  return { ...told, labels, classes: classes.slice(0, MOST_CLASSES).map(([label]) => label) };
}

/** 0 or 1 for a number, as good as at random (Knuth's multiplicative hash). */
const halfOf = (n: number): 0 | 1 => (((Math.imul(n + 1, 2654435761) >>> 15) & 1) === 1 ? 1 : 0);

/** Levels, or a number of two values, as classes. */
function labelsOf(column: Column, rows: Int32Array): Int32Array | undefined {
  if (column.type === "coded") return rows.map((row) => column.codes[row] as number);
  const different = [...new Set(Array.from(rows, (row) => column.values[row] as number))];
  return different.length === 2
    ? rows.map((row) => (column.values[row] === Math.max(...different) ? 1 : 0))
    : undefined;
}

/** The AUROC or R² of the target by `column` alone; NaN where there is none. */
function toldBy(told: Told, column: Column): number {
  const places = placesOf(column, told.rows);
  const scores = [byPlaces(told, places)];
  if (column.type === "numeric") {
    const numbers = Float64Array.from(told.rows, (row) => column.values[row] as number);
    const known = Int32Array.from(numbers.keys()).filter((i) => !Number.isNaN(numbers[i]));
    if (known.length >= Math.max(LEAST_ROWS, MOSTLY * numbers.length))
      scores.push(byOrder(told, numbers, known));
  }
  return Math.max(...scores.filter((score) => !Number.isNaN(score)));
}

function byOrder({ labels, classes, values }: Told, numbers: Float64Array, known: Int32Array): number {
  const own =
    known.length === numbers.length ? numbers : Float64Array.from(known, (i) => numbers[i] as number);
  if (values !== undefined) {
    const truth = Float64Array.from(known, (i) => values[i] as number);
    return spearman(own, truth) ** 2;
  }
  return meanOver(classes, (label) => {
    const area = rocAuc(
      own,
      Int32Array.from(known, (i) => (labels?.[i] === label ? 1 : 0)),
    );
    return Math.max(area, 1 - area);
  });
}

/** Levels as they are, numbers in twenty bins (few different ones as they are); missing is a place of its own. */
function placesOf(column: Column, rows: Int32Array): { of: Int32Array; size: number } {
  if (column.type === "coded") {
    const size = column.levels.length + 1;
    return {
      of: rows.map((row) => ((column.codes[row] as number) < 0 ? size - 1 : (column.codes[row] as number))),
      size,
    };
  }
  const sorted = sortedPresent(Float64Array.from(rows, (row) => column.values[row] as number));
  const different = new Set(sorted);
  const cuts =
    different.size <= BINS
      ? [...different]
      : [...new Set(Array.from({ length: BINS - 1 }, (_, i) => quantileSorted(sorted, (i + 1) / BINS)))];
  const of = rows.map((row) => {
    const value = column.values[row] as number;
    return Number.isNaN(value) ? cuts.length + 1 : cuts.filter((cut) => cut <= value).length;
  });
  return { of, size: cuts.length + 2 };
}

/** Each half judged by what the places hold in the other. */
function byPlaces(
  { labels, classes, values, half }: Told,
  { of, size }: { of: Int32Array; size: number },
): number {
  const predicted = (truth: (i: number) => number): Float64Array => {
    const sums = [0, 1].map(() => new Float64Array(size));
    const counts = [0, 1].map(() => new Float64Array(size));
    const all = [0, 0];
    const rows = [0, 0];
    of.forEach((place, i) => {
      const h = half[i] as 0 | 1;
      const [sum, count] = [sums[h] as Float64Array, counts[h] as Float64Array];
      sum[place] = (sum[place] as number) + truth(i);
      count[place] = (count[place] as number) + 1;
      all[h] = (all[h] as number) + truth(i);
      rows[h] = (rows[h] as number) + 1;
    });
    return Float64Array.from(of, (place, i) => {
      const other = 1 - (half[i] as number);
      const n = counts[other]?.[place] as number;
      return n > 0 ? (sums[other]?.[place] as number) / n : (all[other] as number) / (rows[other] as number);
    });
  };
  if (values !== undefined)
    return rSquared(
      values,
      predicted((i) => values[i] as number),
    );
  return meanOver(classes, (label) => {
    const own = Int32Array.from(labels as Int32Array, (one) => (one === label ? 1 : 0));
    return rocAuc(
      predicted((i) => own[i] as number),
      own,
    );
  });
}

function meanOver(classes: readonly number[], score: (label: number) => number): number {
  const asked = classes.length === 2 ? classes.slice(0, 1) : classes;
  return asked.reduce((sum, label) => sum + score(label), 0) / asked.length;
}
