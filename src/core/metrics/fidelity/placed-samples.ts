import type { Points } from "../../math/space/nearest.ts";
import { squaredDistances } from "../../math/space/nearest.ts";
import type { Rng } from "../../math/rng.ts";
import { alignColumns } from "../measuring/align.ts";
import { atMost, columnNames } from "../measuring/bounds.ts";
import type { Table } from "../../table/table.ts";
import type { Pulse, Tables } from "../metric.ts";
import { placeRows } from "../measuring/space.ts";
import { count } from "../measuring/verdict.ts";

const LEAST_ROWS = 20;
const MOST_ROWS = 3000;
/** Cells that are compared when each row of one sample meets each of another. */
const WORK = 6e7;

/** As many rows of each table, drawn at random, in the space of `placeRows`. */
export interface PlacedSamples {
  readonly rows: number;
  readonly real: Points;
  readonly holdout: Points;
  readonly synthetic: Points;
}

/** Rows of each table that can be compared with each of another. */
export const mostPlaced = ({ columns }: Table): number =>
  Math.min(MOST_ROWS, Math.max(300, Math.floor(Math.sqrt(WORK / columns.length))));

/** Samples of one size, because neighbourhoods shrink with rows; `reason` in words where the least table has under 20 rows. */
export function placeSamples(
  { train, holdout, synthetic }: Tables,
  rng: Rng,
): PlacedSamples | { readonly reason: string } {
  const least = Math.min(train.rows, holdout.rows, synthetic.rows);
  if (least < LEAST_ROWS) {
    const words = least === 1 ? "1 row" : `${count(least)} rows`;
    return { reason: `The smallest of the three tables has ${words}; at least ${LEAST_ROWS} are needed.` };
  }
  const rows = Math.min(least, mostPlaced(train));
  const given = [train, holdout, synthetic];
  const taken = given.map((table, i) => atMost(table, rows, rng.fork(`rows ${i}`)));
  const [real, held, other] = placeRows(alignColumns(taken, columnNames(train)), 3) as [
    Points,
    Points,
    Points,
  ];
  return { rows, real, holdout: held, synthetic: other };
}

/** For each point the squared distance to its `k`-th nearest other point; with fewer than k others Infinity. */
export async function squaredRadii(points: Points, k: number, pulse: Pulse): Promise<Float32Array> {
  const radii = new Float32Array(points.rows);
  const distances = new Float32Array(points.rows);
  for (let row = 0; row < points.rows; row++) {
    squaredDistances(points, row, points, distances);
    distances[row] = Infinity;
    radii[row] = smallest(distances, k);
    await pulse();
  }
  return radii;
}

/** The `k`-th smallest of `values`. */
function smallest(values: Float32Array, k: number): number {
  const best = new Float32Array(k).fill(Infinity);
  let bound = Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!(value < bound)) continue;
    let at = k - 1;
    for (; at > 0 && (best[at - 1] as number) > value; at--) best[at] = best[at - 1] as number;
    best[at] = value;
    bound = best[k - 1] as number;
  }
  return bound;
}
