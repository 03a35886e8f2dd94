import { normalQuantile } from "../math/normal.ts";
import type { Matrix } from "./codec.ts";
import type { NumericBins } from "./columns/numeric-bins.ts";
import type { AnyColumnCode, TableCode } from "./columns/table-code.ts";

/** One column's tokens as inputs of a network: row t of `data` (count x width, row-major) stands for token t. */
export interface FeatureTable {
  readonly width: number;
  readonly data: Float32Array;
}

const SEGMENTS = 12;

/**
 * Coded columns, numbers that are codes and those of at most 12 tokens: one-hot. Other numbers: a piecewise-linear code
 * of u, the middle of the bin's share of the distribution, over 12 segments; half its normal score; a flag for each of up
 * to four spikes of more than 3% of the rows; a flag for missing, where the rest is zero. Source: Gorishniy et al. (2022).
 */
export function featureTable(column: AnyColumnCode): FeatureTable {
  const { count, missing } = column.code;
  if (column.type === "coded" || column.nominal || count <= SEGMENTS) return oneHot(count);
  const { cdf } = column.code;
  const flagged = frequentSpikes(column.code, 0.03).slice(0, 4);
  if (missing >= 0) flagged.push(missing);
  const width = SEGMENTS + 1 + flagged.length;
  const data = new Float32Array(count * width);
  for (let token = 0; token < count; token++) {
    const at = token * width;
    if (token !== missing) {
      const u = ((cdf[token] as number) + (cdf[token + 1] as number)) / 2;
      for (let k = 0; k < SEGMENTS; k++) data[at + k] = Math.min(1, Math.max(0, SEGMENTS * u - k));
      data[at + SEGMENTS] = 0.5 * normalQuantile(Math.min(0.999, Math.max(0.001, u)));
    }
    flagged.forEach((flag, k) => {
      if (flag === token) data[at + SEGMENTS + 1 + k] = 1;
    });
  }
  return { width, data };
}

function oneHot(count: number): FeatureTable {
  if (count < 2) return { width: 0, data: new Float32Array(0) };
  const data = new Float32Array(count * count);
  for (let token = 0; token < count; token++) data[token * count + token] = 1;
  return { width: count, data };
}

/** Spikes with more than `share` of the present rows, the most frequent first. */
function frequentSpikes(bins: NumericBins, share: number): number[] {
  const mass = (bin: number): number => (bins.cdf[bin + 1] as number) - (bins.cdf[bin] as number);
  return bins.bins
    .flatMap((bin, i) => (bin.knots.length === 1 && mass(i) > share ? [i] : []))
    .sort((a, b) => mass(b) - mass(a));
}

/** The input features of rows of tokens (row-major rows x columns), all columns side by side. */
export function encodeFeatures(code: TableCode, tokens: Int32Array): Matrix {
  const tables = code.columns.map(featureTable);
  const width = tables.reduce((sum, table) => sum + table.width, 0);
  const breadth = code.columns.length;
  const rows = breadth === 0 ? 0 : tokens.length / breadth;
  const data = new Float32Array(rows * width);
  let start = 0;
  tables.forEach((table, j) => {
    for (let i = 0; i < rows; i++) {
      const token = tokens[i * breadth + j] as number;
      data.set(table.data.subarray(token * table.width, (token + 1) * table.width), i * width + start);
    }
    start += table.width;
  });
  return { rows, width, data };
}

/**
 * Knots in [0, 1] for a piecewise-linear code of u = Phi(z): an even grid of 12, and both edges of every spike of more
 * than 3% of the rows, so that a network can tell a spike from its neighbours. Knots closer than .004 are dropped.
 */
export function positionKnots(bins: NumericBins): number[] {
  const edges = new Set<number>();
  for (const bin of frequentSpikes(bins, 0.03))
    for (const edge of [bins.cdf[bin], bins.cdf[bin + 1]])
      edges.add(Math.round((edge as number) * 1e4) / 1e4);
  const near = (at: number): boolean => [...edges].some((edge) => Math.abs(edge - at) <= 0.5 / SEGMENTS);
  const grid = Array.from({ length: SEGMENTS + 1 }, (_, i) => i / SEGMENTS);
  const knots = [...new Set([...edges, ...grid.filter((at) => at === 0 || at === 1 || !near(at))])];
  knots.sort((a, b) => a - b);
  const apart = knots.filter((at, i) => i === 0 || at - (knots[i - 1] as number) > 0.004);
  return apart.at(-1) === 1 ? apart : [...apart.slice(0, Math.max(1, apart.length - 1)), 1];
}
