import { quantileSorted, sortedPresent } from "../../../math/statistics.ts";
import type { HistogramComparison } from "../../../report/report.ts";
import { countBetween, linearEdges, reachOf, reachOfPatients } from "../histogram-bins.ts";
import { LEAST_PATIENTS, mergeSmallBins } from "../../small-cells.ts";
import { patientsAmong, patientsBetween } from "../whose.ts";

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
  const order = Int32Array.from(real.keys()).filter((i) => !Number.isNaN(real[i]));
  order.sort((a, b) => (real[a] as number) - (real[b] as number));
  const ours = Float64Array.from(order, (i) => real[i] as number);
  const patients = order.map((i) => whose[i] as number);
  const theirs = sortedPresent(synthetic);
  const reach = reachOfPatients(ours, patients);
  if (reach === undefined || new Set(patients).size < LEAST_PATIENTS)
    return { type: "histogram", edges: [], real: [], holdout: [], synthetic: [], decimals };
  const high = Math.max(Math.min(tailOf(ours), reach.high), theirs.length > 0 ? tailOf(theirs) : -Infinity);
  const low = Math.min(reach.low, reachOf(theirs)?.low ?? Infinity);
  const fine = linearEdges(Float64Array.from([...ours, ...theirs]).sort(), { low, high }, step);
  const own = patientsBetween(ours, patients, fine);
  const starts = mergeSmallBins(countBetween(ours, fine), (from, to) => patientsAmong(own.slice(from, to)));
  const edges = [...starts.map((start) => fine[start] as number), fine.at(-1) as number];
  const shares = (sorted: Float64Array): number[] =>
    Array.from(countBetween(sorted, edges), (n) => n / Math.max(1, sorted.length));
  return { type: "histogram", edges, real: shares(ours), holdout: [], synthetic: shares(theirs), decimals };
}

/** The 99% quantile: what lies beyond it is counted in the last bin. */
const tailOf = (sorted: Float64Array): number => quantileSorted(sorted, 0.99);
