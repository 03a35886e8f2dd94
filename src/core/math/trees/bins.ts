import { quantileSorted, sortedPresent } from "../statistics.ts";

/** A predictor: numbers (missing = NaN) or codes below `levels` (missing = -1). */
export type Feature =
  | { readonly type: "numeric"; readonly values: Float64Array }
  | { readonly type: "coded"; readonly codes: Int32Array; readonly levels: number };

/** How one feature's cells become bins 0 .. bins-1; missing is bin `bins`. */
export type Binning =
  | { readonly type: "numeric"; readonly bins: number; readonly edges: Float64Array }
  | { readonly type: "coded"; readonly bins: number; readonly binOf: Uint8Array };

/** What a byte can tell apart, one kept for missing. */
export const MOST_BINS = 254;

/** Bins by the cells of `rows`: quantiles of numbers, one bin per level (the rarest beyond 254 share the last). */
export function fitBinning(feature: Feature, rows: Int32Array, mostBins: number = MOST_BINS): Binning {
  return feature.type === "numeric" ? binNumbers(feature.values, rows, mostBins) : binLevels(feature, rows);
}

function binNumbers(values: Float64Array, rows: Int32Array, mostBins: number): Binning {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i] as number] as number;
  const sorted = sortedPresent(taken);
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  const cuts: number[] = [];
  if (distinct.length <= mostBins) {
    for (let i = 1; i < distinct.length; i++) {
      cuts.push(midway(distinct[i - 1] as number, distinct[i] as number));
    }
  } else {
    for (let bin = 1; bin < mostBins; bin++) {
      const cut = quantileSorted(sorted, bin / mostBins);
      if (cut > (cuts.at(-1) ?? -Infinity)) cuts.push(cut);
    }
  }
  return { type: "numeric", bins: cuts.length + 1, edges: Float64Array.from(cuts) };
}

const midway = (a: number, b: number): number => a / 2 + b / 2;

function binLevels(
  { codes, levels }: Extract<Feature, { type: "coded" }>,
  rows: Int32Array,
): Extract<Binning, { type: "coded" }> {
  const binOf = new Uint8Array(levels);
  if (levels <= MOST_BINS) {
    for (let level = 0; level < levels; level++) binOf[level] = level;
    return { type: "coded", bins: Math.max(1, levels), binOf };
  }
  const counts = new Float64Array(levels);
  for (const row of rows) {
    const code = codes[row] as number;
    if (code >= 0) counts[code] = (counts[code] as number) + 1;
  }
  const order = Array.from(counts, (_, i) => i).sort((a, b) => (counts[b] as number) - (counts[a] as number));
  order.forEach((level, place) => (binOf[level] = Math.min(place, MOST_BINS - 1)));
  return { type: "coded", bins: MOST_BINS, binOf };
}

/** The bin of every cell of `feature`. */
export function applyBinning(feature: Feature, binning: Binning): Uint8Array {
  const missing = binning.bins;
  if (feature.type === "coded" && binning.type === "coded") {
    const { binOf } = binning;
    return Uint8Array.from(feature.codes, (code) =>
      code < 0 || code >= binOf.length ? missing : (binOf[code] as number),
    );
  }
  if (feature.type === "numeric" && binning.type === "numeric") {
    const { edges } = binning;
    return Uint8Array.from(feature.values, (value) => (value !== value ? missing : above(edges, value)));
  }
  throw new TypeError("A feature is numeric on one side and coded on the other.");
}

/** How many edges lie below `value`. */
function above(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edges[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where each feature's cells stand in a histogram of [gradient, hessian, count] triples. */
export interface Layout {
  readonly binnings: readonly Binning[];
  readonly columns: readonly Uint8Array[];
  readonly offsets: readonly number[];
  readonly size: number;
}

export function layOut(binnings: readonly Binning[], columns: readonly Uint8Array[]): Layout {
  const offsets: number[] = [];
  let size = 0;
  for (const { bins } of binnings) {
    offsets.push(size);
    size += 3 * (bins + 1);
  }
  return { binnings, columns, offsets, size };
}
