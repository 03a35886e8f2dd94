import type { Points } from "../../math/space/nearest.ts";
import { squaredDistances } from "../../math/space/nearest.ts";
import { principalAxes } from "../../math/space/principal-axes.ts";
import type { Rng } from "../../math/rng.ts";
import { mean, standardDeviation } from "../../math/statistics.ts";
import { trustworthiness } from "../../math/space/trustworthiness.ts";
import { umap } from "../../math/space/umap.ts";
import { alignColumns } from "../../metrics/measuring/align.ts";
import { atMost, columnNames } from "../../metrics/measuring/bounds.ts";
import type { Pulse } from "../../metrics/metric.ts";
import { placeRows } from "../../metrics/measuring/space.ts";
import type { Table } from "../../table/table.ts";
import type { MapComparison, MapOfRows } from "../../report/report.ts";
import { LEAST_PATIENTS, isSmall } from "../small-cells.ts";

const LEAST_ROWS = 50;
/** Real rows behind the grid of the principal components; UMAP's own are fewer. */
const PCA_ROWS = 5000;
const UMAP_ROWS = 750;
const MOST_POINTS = 1000;
/** Cells whose distances make UMAP's graph. */
const WORK = 6e7;
/** Real rows to a cell of the grid if they were spread evenly. */
const ROWS_A_CELL = 7;
const NEIGHBOURS = 15;
/** Rows whose neighbours on the map are compared with those in fact. */
const TRUST_ROWS = 200;

/**
 * Two maps for the eye, principal components and UMAP, of train and synthetic rows in the space in which rows are near or
 * far. Train is shares of a grid's cells of at least 5 patients, never a point; synthetic rows are points. Undefined where
 * either table is too small for a map, or no cell holds 5 patients.
 */
export async function mapRows(
  train: Table,
  synthetic: Table,
  rng: Rng,
  pulse: Pulse,
): Promise<MapComparison | undefined> {
  if (train.rows < LEAST_ROWS || synthetic.rows < LEAST_ROWS) return undefined;
  const given = [
    atMost(train, PCA_ROWS, rng.fork("train")),
    atMost(synthetic, MOST_POINTS, rng.fork("synthetic")),
  ] as const;
  const [real, made] = placeRows(alignColumns(given, columnNames(train)), 2) as [Points, Points];
  const axes = await principalAxes(real, 2, rng.fork("axes"), pulse);
  if (axes.shares.length < 2) return undefined;
  const places = [axes.project(real), axes.project(made)] as [Float64Array[], Float64Array[]];
  const patients = given[0].patients;
  const drawn = [
    mapOf("pca", placesOf(places[0]), placesOf(places[1]), patients, {
      variance: axes.shares.map((share) => round(share, 3)),
    }),
    await umapOf(real, made, places, patients, rng.fork("umap"), pulse),
  ];
  const maps = drawn.filter((map) => map !== undefined);
  return maps.length > 0 ? { maps } : undefined;
}

interface Places {
  readonly x: Float64Array;
  readonly y: Float64Array;
}
const placesOf = ([x, y]: readonly Float64Array[]): Places => ({
  x: x ?? new Float64Array(),
  y: y ?? new Float64Array(),
});

/** Both tables on one map; its neighbours are found among at most 1,500 rows. */
async function umapOf(
  real: Points,
  made: Points,
  places: readonly [Float64Array[], Float64Array[]],
  patients: Int32Array | undefined,
  rng: Rng,
  pulse: Pulse,
): Promise<MapOfRows | undefined> {
  const columns = real.numbers.length + real.codes.length;
  const most = Math.min(UMAP_ROWS, Math.max(200, Math.floor(Math.sqrt(WORK / columns) / 2)));
  const ours = rng.fork("real").choose(real.rows, Math.min(most, real.rows));
  const theirs = rng.fork("made").choose(made.rows, Math.min(most, made.rows));
  const together = joined(taken(real, ours), taken(made, theirs));
  const rows = together.rows;
  const start = new Float64Array(2 * rows);
  for (let axis = 0; axis < 2; axis++) {
    ours.forEach((row, i) => (start[axis * rows + i] = places[0][axis]?.[row] as number));
    theirs.forEach((row, i) => (start[axis * rows + ours.length + i] = places[1][axis]?.[row] as number));
  }
  const inSpace = (row: number, out: Float32Array): void => {
    squaredDistances(together, row, together, out);
    for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(out[i] as number);
  };
  const flat = await umap(rows, inSpace, start, rng, undefined, pulse);
  const x = flat.subarray(0, rows);
  const y = flat.subarray(rows);
  const onMap = (row: number, out: Float32Array): void => {
    for (let i = 0; i < out.length; i++)
      out[i] = Math.hypot((x[i] as number) - (x[row] as number), (y[i] as number) - (y[row] as number));
  };
  const asked = rng.fork("trust").choose(rows, Math.min(rows, TRUST_ROWS));
  const trust = await trustworthiness(rows, inSpace, onMap, NEIGHBOURS, pulse, asked);
  const whose = patients && Int32Array.from(ours, (row) => patients[row] as number);
  const n = ours.length;
  return mapOf(
    "umap",
    { x: x.subarray(0, n), y: y.subarray(0, n) },
    { x: x.subarray(n), y: y.subarray(n) },
    whose,
    {
      trustworthiness: round(trust, 3),
    },
  );
}

const taken = ({ numbers, codes }: Points, rows: Int32Array): Points => ({
  rows: rows.length,
  numbers: numbers.map((column) => Float32Array.from(rows, (row) => column[row] as number)),
  codes: codes.map((column) => Int32Array.from(rows, (row) => column[row] as number)),
});

const joined = (a: Points, b: Points): Points => ({
  rows: a.rows + b.rows,
  numbers: a.numbers.map((column, k) => Float32Array.of(...column, ...(b.numbers[k] ?? []))),
  codes: a.codes.map((column, k) => Int32Array.of(...column, ...(b.codes[k] ?? []))),
});

function mapOf(
  method: MapOfRows["method"],
  real: Places,
  made: Places,
  patients: Int32Array | undefined,
  facts: Pick<MapOfRows, "variance" | "trustworthiness">,
): MapOfRows | undefined {
  const side = Math.max(6, Math.min(24, Math.floor(Math.sqrt(real.x.length / ROWS_A_CELL))));
  const [x, y] = [extentOf(real.x, made.x), extentOf(real.y, made.y)];
  const cells = cellsOf(real, x, y, side, patients);
  if (!cells) return undefined;
  const points = Array.from(made.x, (at, i): [number, number] => [
    roundTo(at, x, side),
    roundTo(made.y[i] as number, y, side),
  ]);
  return { method, x, y, side, cells, points, ...facts };
}

/** What holds all synthetic points and train's mean ± 2.5 deviations: no end of it is a patient's place. */
function extentOf(real: Float64Array, made: Float64Array): readonly [number, number] {
  const [centre, reach] = [mean(real), 2.5 * standardDeviation(real)];
  let [low, high] = [centre - reach, centre + reach];
  for (const at of made) [low, high] = [Math.min(low, at), Math.max(high, at)];
  if (!(high > low)) [low, high] = [low - 1, high + 1];
  const digits = Math.ceil(-Math.log10(high - low)) + 2;
  const unit = 10 ** digits;
  return [Math.floor(low * unit) / unit, Math.ceil(high * unit) / unit];
}

/**
 * Each cell's share of the rows that are shown, row by row from the low corner; what lies beyond an end counts in the last
 * cell. Cells of 1 to 4 patients are 0, and the smallest other too where all that is hidden were 1 to 4 patients.
 */
function cellsOf(
  { x, y }: Places,
  across: readonly [number, number],
  up: readonly [number, number],
  side: number,
  patients: Int32Array | undefined,
): number[] | undefined {
  const rows = new Float64Array(side * side);
  const whose = Array.from(rows, () => new Set<number>());
  x.forEach((at, i) => {
    const cell = cellAt(y[i] as number, up, side) * side + cellAt(at, across, side);
    rows[cell] = (rows[cell] as number) + 1;
    whose[cell]?.add(patients ? (patients[i] as number) : i);
  });
  const shown = rows.map((count, cell) => ((whose[cell]?.size ?? 0) < LEAST_PATIENTS ? 0 : count));
  const hidden = new Set(whose.flatMap((set, cell) => (shown[cell] === 0 ? [...set] : []))).size;
  if (isSmall(hidden)) {
    const least = shown.reduce(
      (best, count, cell) => (count > 0 && (best < 0 || count < (shown[best] as number)) ? cell : best),
      -1,
    );
    if (least >= 0) shown[least] = 0;
  }
  const total = shown.reduce((a, b) => a + b, 0);
  return total === 0 ? undefined : Array.from(shown, (count) => round(count / total, 4));
}

const cellAt = (at: number, [low, high]: readonly [number, number], side: number): number =>
  Math.max(0, Math.min(side - 1, Math.floor((side * (at - low)) / (high - low))));

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** To a hundredth of a cell. */
function roundTo(value: number, [low, high]: readonly [number, number], side: number): number {
  const unit = (high - low) / (100 * side);
  return round(low + unit * Math.round((value - low) / unit), Math.max(0, Math.ceil(-Math.log10(unit)) + 1));
}
