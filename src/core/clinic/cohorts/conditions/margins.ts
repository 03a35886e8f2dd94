import { APART, CONDITIONS, LINKED, ROOTS } from "./comorbidity.ts";
import { CELLS } from "./joint.ts";
import type { Joint } from "./joint.ts";

/** By what the odds of each of `CONDITIONS` are multiplied: 0 for nobody, Infinity for everyone. */
export type Times = Float64Array;

const ALIKE: Times = new Float64Array(CONDITIONS.length).fill(1);

/** Weights of those without and of those with a condition whose odds are multiplied. */
export const weightsOf = (times: number): [without: number, having: number] =>
  times === Infinity ? [0, 1] : [1 / (1 + times), times / (1 + times)];

/** The weight of each of `CELLS`. */
export function cellWeights(times: Times): Float64Array {
  return Float64Array.from({ length: CELLS }, (_, cell) => {
    let weight = 1;
    for (let at = 0; at < LINKED.length; at++)
      weight *= weightsOf(times[at] as number)[(cell >> (LINKED.length - 1 - at)) & 1] as number;
    return weight;
  });
}

/** The share with each of `CONDITIONS`, in their order, once odds are multiplied; as they are, unless said. */
export function marginsOf({ cells, apart }: Joint, times: Times = ALIKE): Float64Array {
  const [sums, byCell] = [new Float64Array(CONDITIONS.length), new Float64Array(CELLS)];
  const [weights, pairs] = [
    cellWeights(times),
    APART.map((_, at) => weightsOf(times[LINKED.length + at] as number)),
  ];
  let total = 0;
  for (let root = 0, i = 0; root < ROOTS; root++) {
    let people = 0;
    let apartWeight = 1;
    for (let at = 0; at < APART.length; at++) {
      const [share, [no, yes]] = [(apart[at] as Float64Array)[root] as number, pairs[at] as [number, number]];
      apartWeight *= no * (1 - share) + yes * share;
    }
    for (let cell = 0; cell < CELLS; cell++, i++) {
      const weight = (cells[i] as number) * (weights[cell] as number) * apartWeight;
      byCell[cell] = (byCell[cell] as number) + weight;
      people += weight;
    }
    total += people;
    for (let at = 0; at < APART.length; at++) {
      const [share, [no, yes]] = [(apart[at] as Float64Array)[root] as number, pairs[at] as [number, number]];
      const place = LINKED.length + at;
      sums[place] = (sums[place] as number) + (people * yes * share) / (no * (1 - share) + yes * share);
    }
  }
  for (let at = 0; at < LINKED.length; at++)
    for (let cell = 0; cell < CELLS; cell++)
      if ((cell >> (LINKED.length - 1 - at)) & 1) sums[at] = (sums[at] as number) + (byCell[cell] as number);
  return sums.map((sum) => sum / total);
}
