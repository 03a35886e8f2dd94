import { breathe } from "../../math/breathe.ts";
import { wasserstein as distanceOf, wassersteinNoise } from "../../math/space/distances.ts";
import { sortedPresent, standardDeviation } from "../../math/statistics.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { meanDistance } from "./column-distances.ts";
import type { ColumnDistance, Groups } from "./column-distances.ts";
import type { Metric } from "../metric.ts";

/** Standard deviations beyond which a column is not further off. */
const MOST = 10;

/** Mean over the numeric columns of the 1-Wasserstein distance to train, in train's standard deviations. */
export const wasserstein: Metric = {
  id: "wasserstein",
  name: "Wasserstein distance",
  family: "fidelity",
  better: "lower",
  ideal: 0,
  margin: 0.05,
  range: [0, MOST],
  summary:
    "How far the numbers of each column would have to be moved, on average, to match the training rows.",
  reference: "1-Wasserstein (earth mover's) distance over the real standard deviation: Vaserstein 1969",
  scored: false,
  limits: "Numbers and dates only, one column at a time.",

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    return meanDistance(
      tables,
      {
        subject: "The Wasserstein distance is measured on",
        range: [0, MOST],
        none: "No column holds numbers or dates.",
        of: columnDistance,
        toScore: (value) => 100 * (1 - value),
        sentence: (own, reference) =>
          `Numbers would have to be moved by ${own.toFixed(3)} standard deviations on average to match the training ` +
          `rows; those of held-out real rows by ${reference.toFixed(3)}.`,
      },
      rng,
      pulse,
      valueOnly,
    );
  },
};

function columnDistance(
  column: AlignedColumn,
  side: number,
  groups: Groups | undefined,
): ColumnDistance | undefined {
  if (column.type !== "numeric") return undefined;
  const values = column.values[side] as Float64Array;
  const real = sortedPresent(column.values[0] as Float64Array);
  if (real.length === 0) return undefined;
  const order = ascendingRows(values);
  if (order.length === 0)
    return { value: MOST, noise: MOST, leftOut: Array<number>(groups?.count ?? 0).fill(MOST) };
  const size = Math.max(Math.abs(real[0] as number), Math.abs(real.at(-1) as number)) || 1;
  const unit = (sorted: Float64Array): Float64Array => sorted.map((value) => value / size);
  const train = unit(real);
  const other = unit(Float64Array.from(order, (row) => values[row] as number));
  const deviation = standardDeviation(train);
  const inDeviations = (distance: number): number =>
    distance === 0 ? 0 : Math.min(MOST, deviation > 0 ? distance / deviation : MOST);
  const distance = distanceOf(train, other);
  const typical = wassersteinNoise(train, other);
  return {
    value: inDeviations(distance),
    noise: typical > 0 ? distance / typical : 0,
    leftOut: Array.from({ length: groups?.count ?? 0 }, (_, group) => {
      const rest = other.filter((_value, i) => groups?.of[order[i] as number] !== group);
      return inDeviations(rest.length > 0 ? distanceOf(train, rest) : distance);
    }),
  };
}

/** Rows with a value, by ascending value. */
function ascendingRows(values: Float64Array): Int32Array {
  return Int32Array.from(values.keys())
    .filter((row) => !Number.isNaN(values[row]))
    .sort((a, b) => (values[a] as number) - (values[b] as number));
}
