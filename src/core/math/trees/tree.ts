import type { Binning, Layout } from "./bins.ts";
import { bestSplit } from "./split.ts";
import type { Split } from "./split.ts";

export interface TreeSettings {
  readonly mostLeaves: number;
  readonly leastRows: number;
}

/** A grown tree: node i splits by `splits[i]` into `left[i]`, `right[i]`, or is a leaf worth `values[i]`. */
export interface Tree {
  readonly splits: readonly (Split | undefined)[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly values: readonly number[];
}

interface Leaf {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly histogram: Float64Array | undefined;
  readonly split: Split;
}

/**
 * A node of so few rows is counted a feature at a time, and keeps nothing: most of its bins are empty, and to subtract a
 * child's histogram from its parent's costs more than to count both.
 */
const FEW_ROWS = 512;

/** Grows trees over the same rows, one after the other; keeps its buffers between them. */
export class TreeGrower {
  private readonly layout: Layout;
  private readonly settings: TreeSettings;
  private readonly order: Int32Array;
  private readonly side: Int32Array;
  private readonly gradients: Float64Array;
  private readonly hessians: Float64Array;
  private readonly spare: Float64Array[] = [];
  /** the histogram of one feature at a time */
  private readonly scratch: Float64Array;

  constructor(layout: Layout, settings: TreeSettings, rows: number) {
    this.layout = layout;
    this.settings = settings;
    this.order = new Int32Array(rows);
    this.side = new Int32Array(rows);
    this.gradients = new Float64Array(rows);
    this.hessians = new Float64Array(rows);
    this.scratch = new Float64Array(3 * Math.max(1, ...layout.binnings.map(({ bins }) => bins + 1)));
  }

  /**
   * The best-first tree for `gradient` and `hessian` of `rows`. Adds `rate` times each row's leaf value to `scores`
   * (by row number) on the way.
   */
  grow(
    rows: Int32Array,
    gradient: Float64Array,
    hessian: Float64Array,
    rate: number,
    scores: Float64Array,
  ): Tree {
    this.order.set(rows);
    const tree = {
      splits: [] as (Split | undefined)[],
      left: [] as number[],
      right: [] as number[],
      values: [] as number[],
    };
    const addNode = (): number => {
      tree.splits.push(undefined);
      tree.left.push(-1);
      tree.right.push(-1);
      return tree.values.push(0) - 1;
    };
    const open: Leaf[] = [];
    let leaves = 1;
    const settle = (
      node: number,
      from: number,
      to: number,
      g: number,
      h: number,
      histogram?: Float64Array,
    ): void => {
      const split =
        leaves < this.settings.mostLeaves && to - from >= 2 * this.settings.leastRows
          ? this.splitOf(from, to, g, h, histogram, gradient, hessian)
          : undefined;
      if (split) {
        open.push({ node, from, to, gradient: g, hessian: h, histogram, split });
        return;
      }
      if (histogram) this.spare.push(histogram);
      this.finish(tree.values, node, from, to, g, h, rate, scores);
    };
    const root = rows.length > FEW_ROWS ? this.buildHistogram(0, rows.length, gradient, hessian) : undefined;
    if (!root) this.gather(0, rows.length, gradient, hessian);
    const [g, h] = this.totals(0, rows.length);
    settle(addNode(), 0, rows.length, g, h, root);
    while (open.length > 0 && leaves < this.settings.mostLeaves) {
      const leaf = takeBest(open);
      const middle = this.partition(leaf);
      leaves++;
      const [left, right] = [addNode(), addNode()];
      tree.splits[leaf.node] = leaf.split;
      tree.left[leaf.node] = left;
      tree.right[leaf.node] = right;
      const [below, above] = this.childHistograms(leaf, middle, gradient, hessian);
      const { gradient: lg, hessian: lh } = leaf.split;
      settle(left, leaf.from, middle, lg, lh, below);
      settle(right, middle, leaf.to, leaf.gradient - lg, leaf.hessian - lh, above);
    }
    for (const leaf of open) {
      if (leaf.histogram) this.spare.push(leaf.histogram);
      this.finish(tree.values, leaf.node, leaf.from, leaf.to, leaf.gradient, leaf.hessian, rate, scores);
    }
    return tree;
  }

  private finish(
    values: number[],
    node: number,
    from: number,
    to: number,
    gradient: number,
    hessian: number,
    rate: number,
    scores: Float64Array,
  ): void {
    const value = hessian > 0 ? (-rate * gradient) / hessian : 0;
    values[node] = value;
    for (let i = from; i < to; i++) {
      const row = this.order[i] as number;
      scores[row] = (scores[row] as number) + value;
    }
  }

  private totals(from: number, to: number): [number, number] {
    let g = 0;
    let h = 0;
    for (let i = from; i < to; i++) {
      g += this.gradients[i] as number;
      h += this.hessians[i] as number;
    }
    return [g, h];
  }

  private gather(from: number, to: number, gradient: Float64Array, hessian: Float64Array): void {
    const { order, gradients, hessians } = this;
    for (let i = from; i < to; i++) {
      const row = order[i] as number;
      gradients[i] = gradient[row] as number;
      hessians[i] = hessian[row] as number;
    }
  }

  private buildHistogram(
    from: number,
    to: number,
    gradient: Float64Array,
    hessian: Float64Array,
  ): Float64Array {
    const { columns, offsets, size } = this.layout;
    const histogram = this.spare.pop() ?? new Float64Array(size);
    histogram.fill(0);
    this.gather(from, to, gradient, hessian);
    for (let f = 0; f < columns.length; f++) this.count(histogram, f, offsets[f] as number, from, to);
    return histogram;
  }

  /** Adds the rows' gradients, hessians and numbers to the bins of feature `f`, which begin at `offset`. */
  private count(histogram: Float64Array, f: number, offset: number, from: number, to: number): void {
    const { order, gradients, hessians, layout } = this;
    accumulate(histogram, offset, layout.columns[f] as Uint8Array, order, gradients, hessians, from, to);
  }

  private splitOf(
    from: number,
    to: number,
    g: number,
    h: number,
    histogram: Float64Array | undefined,
    gradient: Float64Array,
    hessian: Float64Array,
  ): Split | undefined {
    const { layout, scratch, settings } = this;
    const { binnings, offsets } = layout;
    const { leastRows } = settings;
    if (histogram) {
      const at = (f: number): number => offsets[f] as number;
      return bestSplit(binnings, histogram, at, g, h, to - from, leastRows);
    }
    this.gather(from, to, gradient, hessian);
    const counted = (f: number): number => {
      scratch.fill(0, 0, 3 * ((binnings[f] as Binning).bins + 1));
      this.count(scratch, f, 0, from, to);
      return 0;
    };
    return bestSplit(binnings, scratch, counted, g, h, to - from, leastRows);
  }

  /** The smaller child's histogram is counted, the other is the difference; none for a child of few rows. */
  private childHistograms(
    leaf: Leaf,
    middle: number,
    gradient: Float64Array,
    hessian: Float64Array,
  ): [Float64Array | undefined, Float64Array | undefined] {
    const larger = leaf.histogram;
    if (!larger) return [undefined, undefined];
    const leftIsSmaller = middle - leaf.from <= leaf.to - middle;
    const [from, to] = leftIsSmaller ? [leaf.from, middle] : [middle, leaf.to];
    if (leaf.to - leaf.from - (to - from) <= FEW_ROWS) {
      this.spare.push(larger);
      return [undefined, undefined];
    }
    const smaller = this.buildHistogram(from, to, gradient, hessian);
    for (let i = 0; i < larger.length; i++) larger[i] = (larger[i] as number) - (smaller[i] as number);
    if (to - from <= FEW_ROWS) {
      this.spare.push(smaller);
      return leftIsSmaller ? [undefined, larger] : [larger, undefined];
    }
    return leftIsSmaller ? [smaller, larger] : [larger, smaller];
  }

  /** Puts the rows that go left first, both sides in their order; where the right side begins. */
  private partition({ from, to, split }: Leaf): number {
    const { order, side } = this;
    const column = this.layout.columns[split.feature] as Uint8Array;
    const goesLeft = split.goesLeft;
    let left = from;
    let right = 0;
    for (let i = from; i < to; i++) {
      const row = order[i] as number;
      if (goesLeft[column[row] as number] === 1) order[left++] = row;
      else side[right++] = row;
    }
    for (let i = 0; i < right; i++) order[left + i] = side[i] as number;
    return left;
  }
}

function accumulate(
  histogram: Float64Array,
  offset: number,
  column: Uint8Array,
  order: Int32Array,
  gradients: Float64Array,
  hessians: Float64Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const at = offset + 3 * (column[order[i] as number] as number);
    histogram[at] = (histogram[at] as number) + (gradients[i] as number);
    histogram[at + 1] = (histogram[at + 1] as number) + (hessians[i] as number);
    histogram[at + 2] = (histogram[at + 2] as number) + 1;
  }
}

function takeBest(open: Leaf[]): Leaf {
  let best = 0;
  for (let i = 1; i < open.length; i++) {
    if ((open[i] as Leaf).split.gain > (open[best] as Leaf).split.gain) best = i;
  }
  return open.splice(best, 1)[0] as Leaf;
}

/** Adds the tree's value for every row of binned `columns` to `scores`. */
export function addTree(tree: Tree, columns: readonly Uint8Array[], scores: Float64Array): void {
  for (let row = 0; row < scores.length; row++) {
    let node = 0;
    for (let split = tree.splits[0]; split; split = tree.splits[node]) {
      const bin = (columns[split.feature] as Uint8Array)[row] as number;
      node = (split.goesLeft[bin] === 1 ? tree.left[node] : tree.right[node]) as number;
    }
    scores[row] = (scores[row] as number) + (tree.values[node] as number);
  }
}
