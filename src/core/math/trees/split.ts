import type { Binning } from "./bins.ts";

/** One way to part a node's rows: bins b of `feature` with `goesLeft[b]` = 1 go left. The sums are the left side's. */
export interface Split {
  readonly feature: number;
  readonly gain: number;
  readonly goesLeft: Uint8Array;
  readonly gradient: number;
  readonly hessian: number;
}

interface Found {
  gain: number;
  feature: number;
  /** numeric: bins up to this one go left; coded: this many of the ordered bins go left */
  cut: number;
  missingLeft: boolean;
  order: number[] | undefined;
  gradient: number;
  hessian: number;
}

/** Categories with less support than this many rows' worth of hessian stay right; it also smooths their order. */
const CATEGORY_SUPPORT = 10;
const LEAST_HESSIAN = 1e-3;

/** Writes the histogram of `feature` in a node, if it is not there; where it begins. */
export type HistogramOf = (feature: number) => number;

/**
 * The split with the greatest gain G²/H left + right - whole, each side with at least `leastRows` rows; undefined when
 * none gains. Numbers: both directions for missing are tried. Categories: ordered by gradient over hessian (Fisher 1958),
 * then cut as numbers are.
 */
export function bestSplit(
  binnings: readonly Binning[],
  histogram: Float64Array,
  histogramOf: HistogramOf,
  gradient: number,
  hessian: number,
  rows: number,
  leastRows: number,
): Split | undefined {
  if (rows < 2 * leastRows) return undefined;
  const node = { gradient, hessian, rows, leastRows, whole: (gradient * gradient) / hessian };
  const best: Found = {
    gain: 1e-9,
    feature: -1,
    cut: 0,
    missingLeft: false,
    order: undefined,
    gradient: 0,
    hessian: 0,
  };
  for (let feature = 0; feature < binnings.length; feature++) {
    const { type, bins } = binnings[feature] as Binning;
    const scan = type === "coded" ? scanCategories : scanNumbers;
    scan(histogram, histogramOf(feature), bins, feature, node, best);
  }
  if (best.feature < 0) return undefined;
  const goesLeft = sides(binnings[best.feature] as Binning, best);
  return { feature: best.feature, gain: best.gain, goesLeft, gradient: best.gradient, hessian: best.hessian };
}

interface Node {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
  readonly leastRows: number;
  readonly whole: number;
}

/** The gain of a split with these sums on its left; -1 when a side is too light. */
function gainOf(node: Node, gradient: number, hessian: number): number {
  const restHessian = node.hessian - hessian;
  if (hessian < LEAST_HESSIAN || restHessian < LEAST_HESSIAN) return -1;
  const rest = node.gradient - gradient;
  return (gradient * gradient) / hessian + (rest * rest) / restHessian - node.whole;
}

function scanNumbers(
  histogram: Float64Array,
  offset: number,
  bins: number,
  feature: number,
  node: Node,
  best: Found,
): void {
  const missing = offset + 3 * bins;
  const missingRows = histogram[missing + 2] as number;
  const least = node.leastRows;
  const most = node.rows - least;
  for (let pass = 0; pass < (missingRows > 0 ? 2 : 1); pass++) {
    let gradient = pass === 1 ? (histogram[missing] as number) : 0;
    let hessian = pass === 1 ? (histogram[missing + 1] as number) : 0;
    let rows = pass === 1 ? missingRows : 0;
    const last = pass === 1 || missingRows === 0 ? bins - 1 : bins;
    for (let bin = 0, at = offset; bin < last; bin++, at += 3) {
      const own = histogram[at + 2] as number;
      // A bin without rows here parts them as the one before it does.
      if (own === 0) continue;
      gradient += histogram[at] as number;
      hessian += histogram[at + 1] as number;
      rows += own;
      if (rows < least) continue;
      if (rows > most) break;
      const gain = gainOf(node, gradient, hessian);
      if (!(gain > best.gain)) continue;
      best.gain = gain;
      best.feature = feature;
      best.cut = bin;
      best.missingLeft = pass === 1 || (missingRows === 0 && 2 * rows > node.rows);
      best.order = undefined;
      best.gradient = gradient;
      best.hessian = hessian;
    }
  }
}

function scanCategories(
  histogram: Float64Array,
  offset: number,
  bins: number,
  feature: number,
  node: Node,
  best: Found,
): void {
  const order = categoriesInOrder(histogram, offset, bins, node.rows / node.hessian);
  const least = node.leastRows;
  const most = node.rows - least;
  for (let pass = 0; pass < 2; pass++) {
    if (pass === 1) order.reverse();
    let gradient = 0;
    let hessian = 0;
    let rows = 0;
    for (let i = 0; i < order.length; i++) {
      const at = offset + 3 * (order[i] as number);
      gradient += histogram[at] as number;
      hessian += histogram[at + 1] as number;
      rows += histogram[at + 2] as number;
      if (rows < least) continue;
      if (rows > most) break;
      const gain = gainOf(node, gradient, hessian);
      if (!(gain > best.gain)) continue;
      best.gain = gain;
      best.feature = feature;
      best.cut = i + 1;
      best.missingLeft = false;
      best.order = order.slice();
      best.gradient = gradient;
      best.hessian = hessian;
    }
  }
}

/** The bins with enough support, by gradient over smoothed hessian; the missing are one of them. */
function categoriesInOrder(histogram: Float64Array, offset: number, bins: number, support: number): number[] {
  const order: number[] = [];
  const keys: number[] = [];
  for (let bin = 0, at = offset; bin <= bins; bin++, at += 3) {
    const hessian = histogram[at + 1] as number;
    if (!((histogram[at + 2] as number) > 0 && hessian * support >= CATEGORY_SUPPORT)) continue;
    const key = (histogram[at] as number) / (hessian + CATEGORY_SUPPORT);
    let place = order.length;
    while (place > 0 && (keys[place - 1] as number) > key) place--;
    order.splice(place, 0, bin);
    keys.splice(place, 0, key);
  }
  return order;
}

/** Which bins go left. Where none was missing in this node, missing goes to the larger side. */
function sides(binning: Binning, best: Found): Uint8Array {
  const goesLeft = new Uint8Array(256);
  if (best.order) {
    for (const bin of best.order.slice(0, best.cut)) goesLeft[bin] = 1;
    return goesLeft;
  }
  for (let bin = 0; bin <= best.cut && bin < binning.bins; bin++) goesLeft[bin] = 1;
  goesLeft[binning.bins] = best.missingLeft ? 1 : 0;
  return goesLeft;
}
