import { applyBinning, fitBinning } from "./bins.ts";
import type { Binning, Feature } from "./bins.ts";
import type { Booster, Target } from "./boosting.ts";
import { breathe } from "../breathe.ts";
import type { Rng } from "../rng.ts";

export interface ForestSettings {
  readonly trees: number;
  /** rows in the smallest leaf, repeats of the bootstrap counted (scikit-learn counts different rows) */
  readonly leastRows: number;
  /** bins of a number, at most 254 */
  readonly mostBins: number;
}

export const forestDefaults: ForestSettings = { trees: 50, leastRows: 5, mostBins: 64 };

interface Tree {
  readonly feature: number[];
  readonly goesLeft: (Uint8Array | undefined)[];
  /** the left child; the right one follows it */
  readonly child: number[];
  readonly values: Float64Array[];
}

/**
 * A random forest (Breiman 2001) on binned features: every tree on a bootstrap of `rows`, every split the best (Gini, or
 * squared error) among sqrt(features) drawn ones, a third of them for a number, and more only until one of them parts the rows; categories ordered by their mean, missing
 * at either end of the numbers. Predicts the mean of the leaves: see `Booster.predict`.
 * @param pulse called after every tree: lets other work through, may throw to cancel
 */
export async function fitForest(
  features: readonly Feature[],
  target: Target,
  rows: Int32Array,
  rng: Rng,
  settings: ForestSettings = forestDefaults,
  pulse: () => Promise<void> = breathe,
): Promise<Booster> {
  const binnings = features.map((feature) => fitBinning(feature, rows, settings.mostBins));
  const columns = features.map((feature, f) => applyBinning(feature, binnings[f] as Binning));
  const outputs = outputsOf(target);
  const tried = Math.max(
    1,
    Math.round(target.type === "classes" ? Math.sqrt(features.length) : features.length / 3),
  );
  const mostBins = 1 + Math.max(...binnings.map(({ bins }) => bins));
  const counts = new Float64Array(mostBins);
  const sums = new Float64Array(mostBins * outputs.length);
  const data: Data = { binnings, columns, outputs, tried, leastRows: settings.leastRows, counts, sums };
  const trees: Tree[] = [];
  for (let t = 0; t < settings.trees; t++) {
    const drawn = Int32Array.from(rows, () => rows[rng.integer(rows.length)] as number);
    trees.push(growTree(data, drawn, rng));
    await pulse();
  }
  return {
    predict: (given) => {
      const binned = given.map((feature, f) => applyBinning(feature, binnings[f] as Binning));
      return meanOfLeaves(trees, binned, outputs.length);
    },
  };
}

/** What leaves average: a number, the share of class 1 of two, or the share of each class. */
function outputsOf(target: Target): Float64Array[] {
  if (target.type === "number") return [target.values];
  const wanted = target.classes === 2 ? [1] : Array.from({ length: target.classes }, (_, k) => k);
  return wanted.map((k) => Float64Array.from(target.labels, (label) => (label === k ? 1 : 0)));
}

interface Data {
  readonly binnings: readonly Binning[];
  readonly columns: readonly Uint8Array[];
  readonly outputs: readonly Float64Array[];
  readonly tried: number;
  readonly leastRows: number;
  /** rows and sums of each bin, used by one split after the other */
  readonly counts: Float64Array;
  readonly sums: Float64Array;
}

function growTree(data: Data, order: Int32Array, rng: Rng): Tree {
  const tree: Tree = { feature: [], goesLeft: [], child: [], values: [] };
  const addNode = (from: number, to: number): number => {
    tree.feature.push(-1);
    tree.goesLeft.push(undefined);
    tree.child.push(-1);
    return tree.values.push(sumsOf(data.outputs, order, from, to).map((sum) => sum / (to - from))) - 1;
  };
  const open = [{ node: addNode(0, order.length), from: 0, to: order.length }];
  const spare = new Int32Array(order.length);
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, from, to } = next;
    const split = bestOf(data, order, from, to, rng);
    if (!split) continue;
    const column = data.columns[split.feature] as Uint8Array;
    let middle = from;
    let right = 0;
    for (let i = from; i < to; i++) {
      const row = order[i] as number;
      if (split.goesLeft[column[row] as number] === 1) order[middle++] = row;
      else spare[right++] = row;
    }
    order.set(spare.subarray(0, right), middle);
    tree.feature[node] = split.feature;
    tree.goesLeft[node] = split.goesLeft;
    const left = addNode(from, middle);
    tree.child[node] = left;
    const other = addNode(middle, to);
    open.push({ node: left, from, to: middle }, { node: other, from: middle, to });
  }
  return tree;
}

function sumsOf(outputs: readonly Float64Array[], order: Int32Array, from: number, to: number): Float64Array {
  return Float64Array.from(outputs, (values) => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[order[i] as number] as number;
    return sum;
  });
}

interface Split {
  readonly feature: number;
  readonly goesLeft: Uint8Array;
  readonly gain: number;
}

function bestOf(data: Data, order: Int32Array, from: number, to: number, rng: Rng): Split | undefined {
  if (to - from < 2 * data.leastRows) return undefined;
  const whole = sumsOf(data.outputs, order, from, to);
  let best: Split | undefined;
  let tried = 0;
  for (const feature of rng.permutation(data.columns.length)) {
    if (best && tried >= data.tried) break;
    tried++;
    const found = splitOn(data, feature, order, from, to, whole);
    if (found && (!best || found.gain > best.gain)) best = found;
  }
  return best;
}

const LEAST_GAIN = 1e-12;

function splitOn(
  { binnings, columns, outputs, leastRows, counts, sums }: Data,
  feature: number,
  order: Int32Array,
  from: number,
  to: number,
  whole: Float64Array,
): Split | undefined {
  const { type, bins } = binnings[feature] as Binning;
  const column = columns[feature] as Uint8Array;
  const width = outputs.length;
  counts.fill(0, 0, bins + 1);
  sums.fill(0, 0, (bins + 1) * width);
  for (let i = from; i < to; i++) {
    const bin = column[order[i] as number] as number;
    counts[bin] = (counts[bin] as number) + 1;
  }
  outputs.forEach((values, k) => {
    for (let i = from; i < to; i++) {
      const row = order[i] as number;
      const at = (column[row] as number) * width + k;
      sums[at] = (sums[at] as number) + (values[row] as number);
    }
  });
  const filled: number[] = [];
  for (let bin = 0; bin <= bins; bin++) if ((counts[bin] as number) > 0) filled.push(bin);
  if (filled.length < 2) return undefined;
  const lead = whole.indexOf(Math.max(...whole));
  const meanOf = (bin: number): number => (sums[bin * width + lead] as number) / (counts[bin] as number);
  if (type === "coded") filled.sort((a, b) => meanOf(a) - meanOf(b));
  const ways =
    type === "numeric" && filled.at(-1) === bins ? [filled, [bins, ...filled.slice(0, -1)]] : [filled];
  const rows = to - from;
  const before = whole.reduce((sum, s) => sum + s * s, 0) / rows;
  let gain = LEAST_GAIN * Math.max(1, Math.abs(before));
  let chosen: number[] | undefined;
  for (const way of ways) {
    const left = new Float64Array(width);
    let n = 0;
    for (let place = 0; place < way.length - 1; place++) {
      const bin = way[place] as number;
      n += counts[bin] as number;
      let [own, other] = [0, 0];
      for (let k = 0; k < width; k++) {
        const sum = (left[k] as number) + (sums[bin * width + k] as number);
        left[k] = sum;
        own += sum * sum;
        other += ((whole[k] as number) - sum) ** 2;
      }
      if (n < leastRows || rows - n < leastRows) continue;
      const reached = own / n + other / (rows - n) - before;
      if (!(reached > gain)) continue;
      gain = reached;
      chosen = way.slice(0, place + 1);
    }
  }
  if (!chosen) return undefined;
  const goesLeft = new Uint8Array(bins + 1);
  for (const bin of chosen) goesLeft[bin] = 1;
  if (type === "numeric") goesLeft.fill(1, 0, 1 + Math.max(-1, ...chosen.filter((bin) => bin < bins)));
  return { feature, goesLeft, gain };
}

function meanOfLeaves(
  trees: readonly Tree[],
  columns: readonly Uint8Array[],
  outputs: number,
): Float64Array[] {
  const rows = columns[0]?.length ?? 0;
  const means = Array.from({ length: outputs }, () => new Float64Array(rows));
  for (const { feature, goesLeft, child, values } of trees) {
    for (let row = 0; row < rows; row++) {
      let node = 0;
      for (let way = goesLeft[0]; way; way = goesLeft[node]) {
        const bin = (columns[feature[node] as number] as Uint8Array)[row] as number;
        node = (child[node] as number) + (way[bin] === 1 ? 0 : 1);
      }
      const leaf = values[node] as Float64Array;
      means.forEach((mean, k) => (mean[row] = (mean[row] as number) + (leaf[k] as number)));
    }
  }
  return means.map((sums) => sums.map((sum) => sum / trees.length));
}
