import type { Layout } from "./bins.ts";
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
  readonly histogram: Float64Array;
  readonly split: Split;
}

/** Grows trees over the same rows, one after the other; keeps its buffers between them. */
export class TreeGrower {
  private readonly layout: Layout;
  private readonly settings: TreeSettings;
  private readonly order: Int32Array;
  private readonly side: Int32Array;
  private readonly gradients: Float64Array;
  private readonly hessians: Float64Array;
  private readonly spare: Float64Array[] = [];

  constructor(layout: Layout, settings: TreeSettings, rows: number) {
    this.layout = layout;
    this.settings = settings;
    this.order = new Int32Array(rows);
    this.side = new Int32Array(rows);
    this.gradients = new Float64Array(rows);
    this.hessians = new Float64Array(rows);
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
        histogram && leaves < this.settings.mostLeaves
          ? bestSplit(this.layout, histogram, g, h, to - from, this.settings.leastRows)
          : undefined;
      if (split && histogram) {
        open.push({ node, from, to, gradient: g, hessian: h, histogram, split });
        return;
      }
      if (histogram) this.spare.push(histogram);
      this.finish(tree.values, node, from, to, g, h, rate, scores);
    };
    const root = this.buildHistogram(0, rows.length, gradient, hessian);
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
      this.spare.push(leaf.histogram);
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

  private buildHistogram(
    from: number,
    to: number,
    gradient: Float64Array,
    hessian: Float64Array,
  ): Float64Array {
    const { columns, offsets, size } = this.layout;
    const { order, gradients, hessians } = this;
    const histogram = this.spare.pop() ?? new Float64Array(size);
    histogram.fill(0);
    for (let i = from; i < to; i++) {
      const row = order[i] as number;
      gradients[i] = gradient[row] as number;
      hessians[i] = hessian[row] as number;
    }
    for (let f = 0; f < columns.length; f++) {
      accumulate(
        histogram,
        offsets[f] as number,
        columns[f] as Uint8Array,
        order,
        gradients,
        hessians,
        from,
        to,
      );
    }
    return histogram;
  }

  /** The smaller child's histogram is counted, the other is the difference; none where a child is too small to split. */
  private childHistograms(
    leaf: Leaf,
    middle: number,
    gradient: Float64Array,
    hessian: Float64Array,
  ): [Float64Array | undefined, Float64Array | undefined] {
    const least = 2 * this.settings.leastRows;
    const leftIsSmaller = middle - leaf.from <= leaf.to - middle;
    const [from, to] = leftIsSmaller ? [leaf.from, middle] : [middle, leaf.to];
    const rest = leaf.to - leaf.from - (to - from);
    if (rest < least) {
      this.spare.push(leaf.histogram);
      return [undefined, undefined];
    }
    const smaller = this.buildHistogram(from, to, gradient, hessian);
    const larger = leaf.histogram;
    for (let i = 0; i < larger.length; i++) larger[i] = (larger[i] as number) - (smaller[i] as number);
    if (to - from < least) {
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
    order.set(side.subarray(0, right), left);
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
