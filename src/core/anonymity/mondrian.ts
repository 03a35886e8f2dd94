import { breathe } from "../math/breathe.ts";
import type { Table } from "../table/table.ts";
import {
  allRows,
  certaintyPenalty,
  countPlaces,
  groupColumns,
  rangeOf,
  type GroupColumn,
} from "./group-columns.ts";

/** How the rows of a table are dealt to groups of at least k patients. */
export interface Groups {
  /** the rows of each group, ascending */
  readonly groups: readonly Int32Array[];
  /** rows of no group: the whole table, where it has fewer than k patients */
  readonly leftOut: Int32Array;
}

type Cut = readonly [Int32Array, Int32Array];

/**
 * Groups of at least `k` patients that are alike in the columns `known`, by strict multidimensional Mondrian (LeFevre,
 * DeWitt & Ramakrishnan 2006): a group is cut in two, in the column in which it is widest, for as long as both parts keep k
 * patients. Numbers and dates are cut at their median, ordered levels at their median level, other levels into two sets of
 * about as many rows. Missing cells are cut off first where they are enough, else they stay with the smaller numbers.
 * Same table, same groups.
 */
export async function mondrian(
  table: Table,
  known: readonly number[],
  k: number,
  pulse: () => Promise<void> = breathe,
): Promise<Groups> {
  const all = allRows(table.rows);
  const enough = ([left, right]: Cut): boolean =>
    hasPatients(left, k, table.patients) && hasPatients(right, k, table.patients);
  if (!hasPatients(all, k, table.patients)) return { groups: [], leftOut: all };
  const columns = groupColumns(table, known);
  const groups: Int32Array[] = [];
  const waiting = [all];
  for (let rows = waiting.pop(); rows !== undefined; rows = waiting.pop()) {
    await pulse();
    const cut = firstCut(columns, rows, enough);
    if (cut === undefined) groups.push(rows);
    else waiting.push(cut[1], cut[0]);
  }
  return { groups, leftOut: new Int32Array() };
}

/** Whether `rows` are of `k` patients or more. */
function hasPatients(rows: Int32Array, k: number, patients: Int32Array | undefined): boolean {
  if (rows.length < k) return false;
  if (patients === undefined) return true;
  const seen = new Set<number>();
  for (const row of rows) {
    seen.add(patients[row] as number);
    if (seen.size >= k) return true;
  }
  return false;
}

/** The cut in the widest column that can be cut at all; equally wide ones in their order. */
function firstCut(
  columns: readonly GroupColumn[],
  rows: Int32Array,
  enough: (cut: Cut) => boolean,
): Cut | undefined {
  const wide = columns
    .map((column, at) => ({ column, at, width: certaintyPenalty(column, rows) }))
    .filter(({ width }) => width > 0)
    .sort((a, b) => b.width - a.width || a.at - b.at);
  for (const { column } of wide) {
    const cut = cutsOf(column, rows).find(enough);
    if (cut !== undefined) return cut;
  }
  return undefined;
}

/** The cuts of a group in one column, best first. */
function cutsOf({ type, places }: GroupColumn, rows: Int32Array): Cut[] {
  if (type === "number") return numberCuts(places, rows);
  const counts = countPlaces(places, rows);
  if (counts.size < 2) return [];
  const left = type === "ordered" ? lowerLevels(counts, rows.length) : lighterLevels(counts);
  return [dealt(rows, (row) => left.has(places[row] as number))];
}

function numberCuts(places: ArrayLike<number>, rows: Int32Array): Cut[] {
  const { low, high, missing } = rangeOf(places, rows);
  const absent = (row: number): boolean => Number.isNaN(places[row]);
  const apart = missing > 0 && missing < rows.length ? [dealt(rows, absent)] : [];
  if (!(high > low)) return apart;
  const present = Float64Array.from(rows, (row) => places[row] as number)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const median = present[(present.length - 1) >> 1] as number;
  const upTo = dealt(rows, (row) => absent(row) || (places[row] as number) <= median);
  const below = dealt(rows, (row) => absent(row) || (places[row] as number) < median);
  const uneven = ([left, right]: Cut): number => Math.abs(left.length - right.length);
  return [...apart, ...[upTo, below].sort((a, b) => uneven(a) - uneven(b))];
}

/** The levels from the first to that of the middle row; never all of them. */
function lowerLevels(counts: ReadonlyMap<number, number>, rows: number): Set<number> {
  const order = [...counts.keys()].sort((a, b) => a - b);
  const lower = new Set<number>();
  let taken = 0;
  for (const level of order.slice(0, -1)) {
    const next = taken + (counts.get(level) as number);
    if (lower.size > 0 && Math.abs(rows / 2 - next) >= Math.abs(rows / 2 - taken)) break;
    lower.add(level);
    taken = next;
  }
  return lower;
}

/** One of two sets of levels with about as many rows: from the most frequent on, each goes to the lighter set. */
function lighterLevels(counts: ReadonlyMap<number, number>): Set<number> {
  const left = new Set<number>();
  let [own, other] = [0, 0];
  for (const [level, rows] of [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    if (own <= other) {
      left.add(level);
      own += rows;
    } else other += rows;
  }
  return left;
}

const dealt = (rows: Int32Array, goesLeft: (row: number) => boolean): Cut => [
  rows.filter((row) => goesLeft(row)),
  rows.filter((row) => !goesLeft(row)),
];
