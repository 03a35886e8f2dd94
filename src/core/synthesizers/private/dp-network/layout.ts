import type { SparseTokens } from "./features.ts";

/**
 * Where everything of the network lies in one array of weights. Columns stand at places 0, 1, ... in the order in which they
 * are drawn. The head of a place reads the features of the places before it, directly and through hidden units (Germain et
 * al. 2015, MADE, with a skip connection): unit u of degree g(u) reads places 0 .. g(u) and is read by the places behind.
 * Weights that this forbids do not exist, so that no noise falls on them.
 */
export interface Layout {
  readonly features: readonly SparseTokens[];
  readonly counts: readonly number[];
  /** first feature of each place, and their number at the end */
  readonly featureFrom: Int32Array;
  /** first logit of each place, and their number at the end */
  readonly logitFrom: Int32Array;
  readonly units: number;
  /** first unit that reads each place: units are in rising order of degree */
  readonly unitFrom: Int32Array;
  readonly degrees: Int32Array;
  /** a row of logits, from `logitFrom[k + 1]` on, for each feature of place k */
  readonly skip: Int32Array;
  /** a row of units, from `unitFrom[k]` on, for each feature of place k */
  readonly input: Int32Array;
  /** a row of logits, from `logitFrom[g(u) + 1]` on, for each unit */
  readonly output: Int32Array;
  /** of all logits */
  readonly logitBias: number;
  /** of all units */
  readonly unitBias: number;
  /** weights in all */
  readonly size: number;
}

export function layoutOf(features: readonly SparseTokens[], units: number): Layout {
  const places = features.length;
  const featureFrom = startsOf(features.map(({ width }) => width));
  const logitFrom = startsOf(features.map(({ count }) => count));
  const logits = logitFrom[places] as number;
  const hidden = places > 1 ? units : 0;
  const degrees = Int32Array.from({ length: hidden }, (_, u) => Math.floor((u * (places - 1)) / hidden));
  const unitFrom = Int32Array.from(features, (_, k) => degrees.filter((degree) => degree < k).length);
  let size = 0;
  const rowsOf = (lengths: readonly number[]): Int32Array =>
    Int32Array.from(lengths, (length) => {
      size += length;
      return size - length;
    });
  const perFeature = (length: (place: number) => number): number[] =>
    features.flatMap(({ width }, k) => Array.from({ length: width }, () => length(k)));
  const skip = rowsOf(perFeature((k) => logits - (logitFrom[k + 1] as number)));
  const input = rowsOf(perFeature((k) => hidden - (unitFrom[k] as number)));
  const output = rowsOf(Array.from(degrees, (degree) => logits - (logitFrom[degree + 1] as number)));
  const [logitBias, unitBias] = rowsOf([logits, hidden]) as ArrayLike<number> as [number, number];
  return {
    features,
    counts: features.map(({ count }) => count),
    featureFrom,
    logitFrom,
    units: hidden,
    unitFrom,
    degrees,
    skip,
    input,
    output,
    logitBias,
    unitBias,
    size,
  };
}

function startsOf(lengths: readonly number[]): Int32Array {
  const starts = new Int32Array(lengths.length + 1);
  lengths.forEach((length, i) => (starts[i + 1] = (starts[i] as number) + length));
  return starts;
}
