import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { Column, Table } from "../../table/table.ts";
import { isMissingCell } from "../../table/table.ts";
import type { RowSource } from "./row-source.ts";
import type { Acceptance } from "../synthesizer.ts";

/** Candidates that all rows of one call are completed from. */
const POOL = 4000;
/** Weight of a given cell that the candidate does not have. */
const UNLIKE = 0.01;
/** Width of the kernel, in shares of the pool. */
const WIDTH = 0.08;

/** Log weight of a given number by the distance of its rank, at 0, 1/1024 .. 1. */
const KERNEL = Float64Array.from({ length: 1025 }, (_, i) =>
  Math.log(UNLIKE + (1 - UNLIKE) * Math.exp(-0.5 * (i / 1024 / WIDTH) ** 2)),
);

/** The pool's cells of one column as agreement is measured on them. */
interface Measure {
  /** Log weight of candidate `i` for a row whose cell is `cell` (present). */
  logWeights(cell: number, into: Float64Array): void;
  readonly present: Uint8Array;
}

/**
 * Completes rows by a hot deck of synthetic rows (Andridge & Little 2010): of a pool of 4,000 rows drawn from the model a
 * donor is drawn with weight
 *
 *     w = prod over given cells of k,  k = 1 where levels are equal, .01 where not;
 *                                      k = .01 + .99 exp(-((u - u') / .08)^2 / 2) for numbers, u a number's rank in the pool
 *
 * and gives all missing cells at once, so that they hang together; where the donor misses one itself, another is drawn
 * among those that have it. A cell that the whole pool misses stays missing.
 */
export async function completeFromPool(
  given: Table,
  rng: Rng,
  source: Pick<RowSource, "draw">,
): Promise<{ table: Table; acceptance: Acceptance }> {
  const pool = await source.draw(POOL, rng);
  const measures = pool.columns.map(measureOf);
  const columns = given.columns.map(copy);
  const used = new Set<number>();
  const logs = new Float64Array(POOL);
  const weights = new Float64Array(POOL);
  for (let row = 0; row < given.rows; row++) {
    const missing: number[] = [];
    logs.fill(0);
    given.columns.forEach((column, j) => {
      if (isMissingCell(column, row)) missing.push(j);
      else measures[j]?.logWeights(cellOf(column, row), logs);
    });
    if (missing.length === 0) continue;
    toWeights(logs, weights);
    const donor = rng.weighted(weights);
    used.add(donor);
    for (const j of missing) {
      const present = measures[j]?.present;
      if (present === undefined) continue;
      const giver = present[donor] === 1 ? donor : anotherDonor(weights, present, rng);
      if (giver !== undefined) setCell(columns[j] as Column, row, cellOf(pool.columns[j] as Column, giver));
    }
    if (row % 20 === 19) await breathe();
  }
  return { table: { ...pool, rows: given.rows, columns }, acceptance: { drawn: POOL, kept: used.size } };
}

const copy = (column: Column): Column =>
  column.type === "numeric"
    ? { type: "numeric", values: column.values.slice() }
    : { ...column, codes: column.codes.slice() };

const cellOf = (column: Column, row: number): number =>
  (column.type === "numeric" ? column.values[row] : column.codes[row]) as number;

function setCell(column: Column, row: number, cell: number): void {
  if (column.type === "numeric") column.values[row] = cell;
  else column.codes[row] = cell;
}

/** exp of the logs, the greatest weight 1. */
function toWeights(logs: Float64Array, into: Float64Array): void {
  const most = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  for (let i = 0; i < logs.length; i++) into[i] = Math.exp((logs[i] as number) - most);
}

function anotherDonor(weights: Float64Array, present: Uint8Array, rng: Rng): number | undefined {
  if (!present.includes(1)) return undefined;
  return rng.weighted(weights.map((weight, i) => (present[i] === 1 ? Math.max(weight, 1e-300) : 0)));
}

function measureOf(column: Column): Measure {
  const cells = column.type === "numeric" ? column.values : column.codes;
  const present = Uint8Array.from(cells, (_, i) => (isMissingCell(column, i) ? 0 : 1));
  if (column.type === "coded") {
    const unlike = Math.log(UNLIKE);
    const logWeights = (cell: number, into: Float64Array): void => {
      const like = cell < column.levels.length ? cell : -1;
      for (let i = 0; i < into.length; i++)
        if (column.codes[i] !== like) into[i] = (into[i] as number) + unlike;
    };
    return { logWeights, present };
  }
  const sorted = column.values.filter(Number.isFinite).sort();
  const ranks = Float64Array.from(column.values, (value, i) =>
    present[i] === 1 ? rankOf(value, sorted) : Infinity,
  );
  const logWeights = (cell: number, into: Float64Array): void => {
    const rank = rankOf(cell, sorted);
    for (let i = 0; i < into.length; i++) {
      const apart = Math.abs((ranks[i] as number) - rank) * (KERNEL.length - 1);
      into[i] = (into[i] as number) + (KERNEL[Math.min(KERNEL.length - 1, Math.round(apart))] as number);
    }
  };
  return { logWeights, present };
}

/** Middle rank of `value` among ascending values, in [0, 1]. */
function rankOf(value: number, sorted: Float64Array): number {
  return (place(sorted, value, false) + place(sorted, value, true)) / 2 / Math.max(1, sorted.length);
}

/** How many of `sorted` are below `value`, or not above it. */
function place(sorted: Float64Array, value: number, equalToo: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = sorted[middle] as number;
    if (at < value || (equalToo && at === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
