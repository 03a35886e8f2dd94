import type { Rng } from "../../math/rng.ts";
import { quantileSorted, sortedPresent } from "../../math/statistics.ts";
import type { AlignedColumn } from "../measuring/align.ts";

/** What a guess says of one column. A missing cell fits `missing` and nothing else. */
interface Condition {
  readonly column: number;
  readonly is: "equal" | "other" | "least" | "most" | "more" | "less" | "missing" | "present";
  /** a number, or a code of the aligned levels */
  readonly value: number;
}

/** Conditions that a row fits when it fits all of them; equal guesses have equal keys. */
export interface Guess {
  readonly key: string;
  readonly conditions: readonly Condition[];
}

const guess = (conditions: readonly Condition[]): Guess => ({
  key: conditions.map(({ column, is, value }) => `${column} ${is} ${value}`).join(" & "),
  conditions,
});

const cellsOf = (column: AlignedColumn, side: number): Float64Array | Int32Array =>
  (column.type === "numeric" ? column.values[side] : column.codes[side]) as Float64Array | Int32Array;

const isMissing = (column: AlignedColumn, value: number): boolean =>
  column.type === "numeric" ? Number.isNaN(value) : value < 0;

/** The median of each numeric column of table `side`; NaN for others. */
export const mediansOf = (columns: readonly AlignedColumn[], side: number): number[] =>
  columns.map((column) =>
    column.type === "numeric"
      ? quantileSorted(sortedPresent(column.values[side] as Float64Array), 0.5)
      : Number.NaN,
  );

/** Row `row` in the columns `chosen`: numbers as extreme or more on their side of the median, other cells as they are. */
export function guessOf(
  columns: readonly AlignedColumn[],
  side: number,
  row: number,
  chosen: Int32Array,
  medians: readonly number[],
): Guess {
  return guess(
    Array.from(chosen.slice().sort(), (at): Condition => {
      const column = columns[at] as AlignedColumn;
      const value = cellsOf(column, side)[row] as number;
      if (isMissing(column, value)) return { column: at, is: "missing", value: 0 };
      if (column.type === "coded") return { column: at, is: "equal", value };
      return { column: at, is: value > (medians[at] as number) ? "least" : "most", value };
    }),
  );
}

/** Guesses of one column: its extremes, the values that only one row has, and missing where only one cell is. */
export function rareGuesses(columns: readonly AlignedColumn[], side: number): Guess[] {
  return columns.flatMap((column, at) => {
    const counts = new Map<number, number>();
    let missing = 0;
    for (const value of cellsOf(column, side)) {
      if (isMissing(column, value)) missing++;
      else counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const found: Condition[] = [];
    if (missing === 1) found.push({ column: at, is: "missing", value: 0 });
    if (column.type === "numeric" && counts.size > 0) {
      let [least, most] = [Infinity, -Infinity];
      for (const value of counts.keys()) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
      found.push({ column: at, is: "most", value: least }, { column: at, is: "least", value: most });
    }
    for (const [value, rows] of counts) if (rows === 1) found.push({ column: at, is: "equal", value });
    return found.map((condition) => guess([condition]));
  });
}

const NUMERIC = ["equal", "other", "more", "less", "least", "most"] as const;

/** A guess of somebody who knows the columns and their values only. */
export function randomGuess(
  columns: readonly AlignedColumn[],
  side: number,
  rows: number,
  chosen: Int32Array,
  rng: Rng,
): Guess {
  return guess(
    Array.from(chosen, (at): Condition => {
      const column = columns[at] as AlignedColumn;
      const value = cellsOf(column, side)[rng.integer(rows)] as number;
      if (isMissing(column, value)) {
        return { column: at, is: rng.uniform() < 0.5 ? "missing" : "present", value: 0 };
      }
      const is = column.type === "coded" ? NUMERIC[rng.integer(2)] : NUMERIC[rng.integer(NUMERIC.length)];
      return { column: at, is: is ?? "equal", value };
    }),
  );
}

function fits(column: AlignedColumn, value: number, { is, value: asked }: Condition): boolean {
  if (isMissing(column, value)) return is === "missing";
  switch (is) {
    case "equal":
      return value === asked;
    case "other":
      return value !== asked;
    case "least":
      return value >= asked;
    case "most":
      return value <= asked;
    case "more":
      return value > asked;
    case "less":
      return value < asked;
    case "missing":
      return false;
    case "present":
      return true;
  }
}

/** One column of a table in ascending order: `rows[i]` holds `sorted[i]`; missing cells apart. */
export interface SortedColumn {
  readonly column: AlignedColumn;
  readonly cells: Float64Array | Int32Array;
  readonly sorted: Float64Array;
  readonly rows: Int32Array;
  readonly missing: Int32Array;
}

/** A table sorted by each column, so that a guess looks only at the rows of its rarest condition. */
export type GuessIndex = readonly SortedColumn[];

export function sortColumn(column: AlignedColumn, side: number): SortedColumn {
  const cells = cellsOf(column, side);
  const all = Int32Array.from(cells.keys());
  const rows = all.filter((row) => !isMissing(column, cells[row] as number));
  rows.sort((a, b) => (cells[a] as number) - (cells[b] as number));
  return {
    column,
    cells,
    rows,
    sorted: Float64Array.from(rows, (row) => cells[row] as number),
    missing: all.filter((row) => isMissing(column, cells[row] as number)),
  };
}

/** How many values are below `value`, or not above it. */
function rank(sorted: Float64Array, value: number, withEqual: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = sorted[middle] as number;
    if (at < value || (withEqual && at === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The rows that fit one condition; all that are present for `other`, which rules out few. */
function fitting({ sorted, rows, missing }: SortedColumn, { is, value }: Condition): Int32Array {
  switch (is) {
    case "missing":
      return missing;
    case "equal":
      return rows.subarray(rank(sorted, value, false), rank(sorted, value, true));
    case "least":
      return rows.subarray(rank(sorted, value, false));
    case "most":
      return rows.subarray(0, rank(sorted, value, true));
    case "more":
      return rows.subarray(rank(sorted, value, true));
    case "less":
      return rows.subarray(0, rank(sorted, value, false));
    case "other":
    case "present":
      return rows;
  }
}

/** The rows of a table that fit a guess: the first `most` that are found. */
export function matching(index: GuessIndex, { conditions }: Guess, most: number): number[] {
  const lists = conditions.map((condition) => fitting(index[condition.column] as SortedColumn, condition));
  const least = lists.reduce((a, b) => (b.length < a.length ? b : a));
  const found: number[] = [];
  for (let i = 0; i < least.length && found.length < most; i++) {
    const row = least[i] as number;
    const fit = conditions.every((condition) => {
      const { column, cells } = index[condition.column] as SortedColumn;
      return fits(column, cells[row] as number, condition);
    });
    if (fit) found.push(row);
  }
  return found;
}
