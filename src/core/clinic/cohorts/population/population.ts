import type { Stage } from "../simulating/stage.ts";
import { cohortPyramid } from "./cohort-pyramid.ts";
import type { PyramidOf } from "./cohort-pyramid.ts";
import type { Pyramid } from "./pyramid.ts";

/**
 * Who they are: `age` in years with a fraction, `female` 0 or 1, and `sex`, the level that its column shows. Ages and sexes
 * are those of `of` unless the setting has a pyramid of its own.
 */
export function population(of: PyramidOf): Stage {
  return {
    name: "population",
    prepare: ({ numbers, pyramid }) => {
      const own = cohortPyramid(numbers, of);
      const bands: Pyramid = pyramid ?? own;
      const upTo = sumsOf(bands);
      return (rows, rng) => {
        const [age, female, sex] = [rows.add("age"), rows.add("female"), rows.add("sex")];
        for (let i = 0; i < rows.count; i++) {
          const drawn = placeIn(upTo, rng.uniform());
          const { from, to } = bands[drawn >> 1] as Pyramid[number];
          age[i] = from + (to + 1 - from) * rng.uniform();
          female[i] = 1 - (drawn & 1);
          sex[i] = drawn & 1;
        }
      };
    },
  };
}

/** Shares of women and men of each band, each added to those before. */
function sumsOf(bands: Pyramid): Float64Array {
  const counts = Float64Array.from(bands.flatMap(({ women, men }) => [women, men]));
  const total = counts.reduce((sum, count) => sum + count, 0);
  let sum = 0;
  return counts.map((count) => (sum += count / total));
}

/** First place whose sum is above `u` (0 to 1). */
function placeIn(sums: Float64Array, u: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) > u) high = middle;
    else low = middle + 1;
  }
  return low;
}
