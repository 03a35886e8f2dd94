import type { Binning, Layout } from "./bins.ts";

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

/**
 * The split with the greatest gain G²/H left + right - whole, each side with at least `leastRows` rows; undefined when
 * none gains. Numbers: both directions for missing are tried. Categories: ordered by gradient over hessian (Fisher 1958),
 * then cut as numbers are.
 */
export function bestSplit(
  layout: Layout,
  histogram: Float64Array,
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
  layout.binnings.forEach((binning, feature) => {
    const offset = layout.offsets[feature] as number;
    if (binning.type === "coded") {
      scanCategories(histogram, offset, binning.bins, feature, node, best);
    } else {
      scanNumbers(histogram, offset, binning.bins, feature, node, best);
    }
  });
  if (best.feature < 0) return undefined;
  const goesLeft = sides(layout.binnings[best.feature] as Binning, best);
  return { feature: best.feature, gain: best.gain, goesLeft, gradient: best.gradient, hessian: best.hessian };
}

interface Node {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
  readonly leastRows: number;
  readonly whole: number;
}

/** The gain of a split with these sums on its left; -1 when a side is too small. */
function gainOf(node: Node, gradient: number, hessian: number, rows: number): number {
  const restHessian = node.hessian - hessian;
  if (rows < node.leastRows || node.rows - rows < node.leastRows) return -1;
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
  for (let pass = 0; pass < (missingRows > 0 ? 2 : 1); pass++) {
    let gradient = pass === 1 ? (histogram[missing] as number) : 0;
    let hessian = pass === 1 ? (histogram[missing + 1] as number) : 0;
    let rows = pass === 1 ? missingRows : 0;
    const last = pass === 1 || missingRows === 0 ? bins - 1 : bins;
    for (let bin = 0; bin < last; bin++) {
      const at = offset + 3 * bin;
      gradient += histogram[at] as number;
      hessian += histogram[at + 1] as number;
      rows += histogram[at + 2] as number;
      const gain = gainOf(node, gradient, hessian, rows);
      if (gain > best.gain) {
        Object.assign(best, {
          gain,
          feature,
          cut: bin,
          missingLeft: pass === 1 || (missingRows === 0 && 2 * rows > node.rows),
          order: undefined,
          gradient,
          hessian,
        });
      }
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
  const support = node.rows / node.hessian;
  const order: number[] = [];
  for (let bin = 0; bin <= bins; bin++) {
    const hessian = histogram[offset + 3 * bin + 1] as number;
    const rows = histogram[offset + 3 * bin + 2] as number;
    if (rows > 0 && hessian * support >= CATEGORY_SUPPORT) order.push(bin);
  }
  if (order.length === 0) return;
  const key = (bin: number): number =>
    (histogram[offset + 3 * bin] as number) /
    ((histogram[offset + 3 * bin + 1] as number) + CATEGORY_SUPPORT);
  order.sort((a, b) => key(a) - key(b) || a - b);
  for (const way of [order, order.toReversed()]) {
    let gradient = 0;
    let hessian = 0;
    let rows = 0;
    way.forEach((bin, i) => {
      gradient += histogram[offset + 3 * bin] as number;
      hessian += histogram[offset + 3 * bin + 1] as number;
      rows += histogram[offset + 3 * bin + 2] as number;
      const gain = gainOf(node, gradient, hessian, rows);
      if (gain > best.gain) {
        Object.assign(best, {
          gain,
          feature,
          cut: i + 1,
          missingLeft: false,
          order: way,
          gradient,
          hessian,
        });
      }
    });
  }
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
