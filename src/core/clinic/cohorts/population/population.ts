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
      const bands: Pyramid = pyramid ?? cohortPyramid(numbers, of);
      const weights = bands.flatMap(({ women, men }) => [women, men]);
      return (rows, rng) => {
        const [age, female, sex] = [rows.add("age"), rows.add("female"), rows.add("sex")];
        for (let i = 0; i < rows.count; i++) {
          const drawn = rng.weighted(weights);
          const { from, to } = bands[drawn >> 1] as Pyramid[number];
          age[i] = from + (to + 1 - from) * rng.uniform();
          female[i] = 1 - (drawn & 1);
          sex[i] = drawn & 1;
        }
      };
    },
  };
}
