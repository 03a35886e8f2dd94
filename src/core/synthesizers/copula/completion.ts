import type { NumericBins } from "../../codec/columns/numeric-bins.ts";
import type { AnyColumnCode, TableCode } from "../../codec/columns/table-code.ts";
import { assembleTable, cellsOf } from "../../codec/columns/table-code.ts";
import { breathe } from "../../math/breathe.ts";
import { normalCdf, normalQuantile } from "../../math/normal.ts";
import type { Rng } from "../../math/rng.ts";
import type { Column, Table } from "../../table/table.ts";
import type { Dimension } from "./dimensions.ts";
import { emptyCells, writeRow } from "./rows.ts";

/** Rounds of Gibbs sampling for each row. */
const ROUNDS = 30;

/** What is known of one dimension in one row: its score lies in (low, high); equal where it is known exactly. */
interface Bounds {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Draws missing cells given the present ones, by Gibbs sampling of the normals: each in turn from
 * N(-sum_j Q_ij z_j / Q_ii, 1 / Q_ii), Q the inverse correlation, cut to the bin of a given value or level (a given
 * number within an interval is its score; a missing cell is free, but not missing). Source: Hoff (2007), Extending the
 * rank likelihood.
 */
export function createCompletion(
  code: TableCode,
  dimensions: readonly Dimension[],
  factor: Float32Array,
): (given: Table, rng: Rng) => Promise<Table> {
  let precision: Float64Array | undefined;
  return async (given, rng) => {
    precision ??= inverseOf(factor, dimensions.length);
    const cells = emptyCells(code, given.rows);
    const sources = code.columns.map((own, j) => cellsOf(given.columns[j] as Column, own));
    const scores = new Float64Array(dimensions.length);
    for (let row = 0; row < given.rows; row++) {
      const bounds = boundsOf(code, dimensions, sources, row, rng);
      gibbs(precision, bounds, scores, rng);
      writeRow(code, dimensions, scores, cells, row, rng);
      await breathe();
    }
    return assembleTable(code, given.rows, cells);
  };
}

function boundsOf(
  code: TableCode,
  dimensions: readonly Dimension[],
  sources: readonly (Float64Array | Int32Array)[],
  row: number,
  rng: Rng,
): Bounds {
  const low = new Float64Array(dimensions.length);
  const high = new Float64Array(dimensions.length);
  dimensions.forEach((dimension, k) => {
    const own = code.columns[dimension.column] as AnyColumnCode;
    const [from, to] = rangeOf(dimension, own, sources[dimension.column]?.[row] as number, rng);
    low[k] = from;
    high[k] = to;
  });
  return { low, high };
}

function rangeOf(dimension: Dimension, own: AnyColumnCode, cell: number, rng: Rng): [number, number] {
  const { cuts, part, whole, places } = dimension;
  const bin = (k: number): [number, number] => [cuts[k] as number, cuts[k + 1] as number];
  if (part === "missing") return bin(isWithheld(own, cell) ? 1 : 0);
  if (own.type === "numeric") {
    if (!Number.isFinite(cell)) return [-Infinity, Infinity];
    const code: NumericBins = own.code;
    const at = code.binOf(cell);
    if (whole[at] === 1) return bin(at);
    const score = normalQuantile(code.positionOf(cell, rng));
    return [score, score];
  }
  const place = cell < 0 ? -1 : (places?.[own.code.tokenOf(cell)] ?? -1);
  return place < 0 ? [-Infinity, Infinity] : bin(place);
}

/** A given level that the model does not know, in a column where such levels come out missing. */
const isWithheld = ({ type, code }: AnyColumnCode, cell: number): boolean =>
  type === "coded" && cell >= 0 && code.tokenOf(cell) === code.missing;

function gibbs(precision: Float64Array, { low, high }: Bounds, scores: Float64Array, rng: Rng): void {
  const d = scores.length;
  for (let i = 0; i < d; i++) scores[i] = within(0, 1, low[i] as number, high[i] as number, rng);
  for (let round = 0; round < ROUNDS; round++)
    for (let i = 0; i < d; i++) {
      if (low[i] === high[i]) continue;
      const own = precision[i * d + i] as number;
      let sum = 0;
      for (let j = 0; j < d; j++) sum += (precision[i * d + j] as number) * (scores[j] as number);
      const mean = (scores[i] as number) - sum / own;
      scores[i] = within(mean, 1 / Math.sqrt(own), low[i] as number, high[i] as number, rng);
    }
}

/** A normal draw cut to [low, high]. */
function within(mean: number, spread: number, low: number, high: number, rng: Rng): number {
  if (low === high) return low;
  if (low === -Infinity && high === Infinity) return mean + spread * rng.normal();
  const flip = low > mean;
  const [a, b] = flip ? [2 * mean - high, 2 * mean - low] : [low, high];
  const from = normalCdf((a - mean) / spread);
  const to = normalCdf((b - mean) / spread);
  const drawn = mean + spread * normalQuantile(from + (to - from) * rng.uniform());
  const held = Math.min(b, Math.max(a, Number.isNaN(drawn) ? b : drawn));
  return flip ? 2 * mean - held : held;
}

/** (L L')^-1 of a lower triangular factor. */
function inverseOf(factor: Float32Array, d: number): Float64Array {
  const inverse = new Float64Array(d * d);
  for (let column = 0; column < d; column++)
    for (let i = column; i < d; i++) {
      let sum = i === column ? 1 : 0;
      for (let k = column; k < i; k++)
        sum -= (factor[i * d + k] as number) * (inverse[k * d + column] as number);
      inverse[i * d + column] = sum / (factor[i * d + i] as number);
    }
  const out = new Float64Array(d * d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < d; k++) sum += (inverse[k * d + i] as number) * (inverse[k * d + j] as number);
      out[i * d + j] = out[j * d + i] = sum;
    }
  return out;
}
