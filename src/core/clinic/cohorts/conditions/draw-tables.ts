import { LINKED, ROOTS } from "./comorbidity.ts";
import { CELLS } from "./joint.ts";
import type { Joint } from "./joint.ts";

/** A joint distribution as drawing reads it: the kind of people first, then one condition after the other. */
export interface DrawTables {
  /** of each place: stay there with this chance, go to `other` else */
  readonly stay: Float64Array;
  readonly other: Int32Array;
  /** chance of condition k given those before: place `root × CELLS + 2^k + bits` */
  readonly chances: Float32Array;
  readonly apart: readonly Float64Array[];
  readonly typeOne: Float64Array;
}

export function drawTables({ cells, apart, typeOne }: Joint): DrawTables {
  const chances = new Float32Array(ROOTS * CELLS);
  let sums = cells;
  for (let k = LINKED.length - 1; k >= 0; k--) {
    const shorter = new Float64Array(ROOTS << k);
    for (let i = 0; i < shorter.length; i++) {
      const [no, yes] = [sums[2 * i] as number, sums[2 * i + 1] as number];
      shorter[i] = no + yes;
      const root = i >> k;
      chances[root * CELLS + (1 << k) + (i - (root << k))] = no + yes > 0 ? yes / (no + yes) : 0;
    }
    sums = shorter;
  }
  return { ...aliases(sums), chances, apart, typeOne };
}

/** One uniform draw for any distribution. Source: A. J. Walker (1977), as M. D. Vose (1991) makes the tables. */
function aliases(weights: Float64Array): { stay: Float64Array; other: Int32Array } {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const heights = weights.map((weight) => (weight * weights.length) / total);
  const stay = new Float64Array(weights.length).fill(1);
  const other = Int32Array.from(weights, (_, at) => at);
  const [low, high]: [number[], number[]] = [[], []];
  heights.forEach((height, at) => (height < 1 ? low : high).push(at));
  for (;;) {
    const [less, more] = [low.pop(), high[high.length - 1]];
    if (less === undefined || more === undefined) return { stay, other };
    stay[less] = heights[less] as number;
    other[less] = more;
    heights[more] = (heights[more] as number) - (1 - (heights[less] as number));
    if ((heights[more] as number) < 1) low.push(high.pop() as number);
  }
}
