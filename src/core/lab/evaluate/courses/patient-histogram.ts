import { quantileSorted, sortedPresent } from "../../../math/statistics.ts";
import type { HistogramComparison } from "../../../report/report.ts";
import { countBetween, linearEdges, reachOf } from "../histogram-bins.ts";
import { mergeSmallBins } from "../../small-cells.ts";

/**
 * A histogram of values of which a patient may have many: bins are merged until none is of 1 to 4 real patients.
 * @param whose of each real value
 * @param step the smallest difference between values, 0 for any
 */
export function patientHistogram(
  real: Float64Array,
  whose: Int32Array,
  synthetic: Float64Array,
  step: number,
): HistogramComparison {
  const decimals = step >= 1 ? 0 : 2;
  const [ours, theirs] = [sortedPresent(real), sortedPresent(synthetic)];
  const reach = reachOf(ours);
  if (reach === undefined || new Set(whose).size < 5)
    return { type: "histogram", edges: [], real: [], holdout: [], synthetic: [], decimals };
  const high = Math.max(...[ours, theirs].filter(({ length }) => length > 0).map(tailOf));
  const low = Math.min(reach.low, reachOf(theirs)?.low ?? Infinity);
  let edges = linearEdges(Float64Array.from([...ours, ...theirs]).sort(), { low, high }, step);
  let patients = patientsBetween(real, whose, edges);
  for (;;) {
    const sizes = patients.map(({ size }) => size);
    const starts = mergeSmallBins(sizes);
    if (starts.length === sizes.length) break;
    edges = [...starts.map((start) => edges[start] as number), edges.at(-1) as number];
    patients = starts.map((start, i) => union(patients.slice(start, starts[i + 1])));
  }
  const shares = (sorted: Float64Array): number[] =>
    Array.from(countBetween(sorted, edges), (n) => n / Math.max(1, sorted.length));
  return { type: "histogram", edges, real: shares(ours), holdout: [], synthetic: shares(theirs), decimals };
}

/** The 99% quantile: what lies beyond it is counted in the last bin. */
const tailOf = (sorted: Float64Array): number => quantileSorted(sorted, 0.99);

/** Whose values lie in each bin; those beyond the ends count in the end bins. */
function patientsBetween(values: Float64Array, whose: Int32Array, edges: readonly number[]): Set<number>[] {
  const bins = Array.from({ length: edges.length - 1 }, () => new Set<number>());
  values.forEach((value, i) => {
    let [low, high] = [0, bins.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((edges[middle] as number) <= value) low = middle;
      else high = middle - 1;
    }
    bins[low]?.add(whose[i] as number);
  });
  return bins;
}

const union = (sets: readonly Set<number>[]): Set<number> =>
  sets.length === 1 ? (sets[0] as Set<number>) : new Set(sets.flatMap((set) => [...set]));
