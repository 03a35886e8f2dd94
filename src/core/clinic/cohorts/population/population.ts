import { FaultError } from "../../../fault.ts";
import type { Stage } from "../simulating/stage.ts";
import { cohortPyramid } from "./cohort-pyramid.ts";
import type { PyramidOf } from "./cohort-pyramid.ts";
import type { Pyramid, PyramidBand } from "./pyramid.ts";

/**
 * Who they are: `age` in years with a fraction, `female` 0 or 1, and `sex`, the level that its column shows. Ages and sexes
 * are those of `of` unless the setting has a pyramid of its own.
 */
export function population(of: PyramidOf): Stage {
  return {
    name: "population",
    prepare: ({ numbers, pyramid }) => {
      const own = cohortPyramid(numbers, of);
      const bands: Pyramid = pyramid === undefined ? own : whomOf(pyramid, own);
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

/**
 * Of a pyramid, those whom a cohort can have: of the ages and sexes of its own. Throws FaultError `simulation-refused` where
 * that is nobody.
 */
function whomOf(pyramid: Pyramid, own: Pyramid): Pyramid {
  const reach = { women: reachOf(own, "women"), men: reachOf(own, "men") };
  const can = (sex: Sex, year: number): boolean => year >= reach[sex].from && year <= reach[sex].to;
  const whole = pyramid.every(({ from, to, ...counts }) =>
    sexes.every((sex) => counts[sex] === 0 || (can(sex, from) && can(sex, to))),
  );
  if (whole) return pyramid;
  const years = pyramid.flatMap(({ from, to, women, men }) =>
    Array.from({ length: to - from + 1 }, (_, i) => {
      const [year, share] = [from + i, 1 / (to - from + 1)];
      const of = (sex: Sex, count: number): number => (can(sex, year) ? count * share : 0);
      return { from: year, to: year, women: of("women", women), men: of("men", men) };
    }),
  );
  if (years.some(({ women, men }) => women + men > 0)) return years;
  const whom = sexes.filter((sex) => reach[sex].from <= reach[sex].to);
  throw new FaultError({
    code: "simulation-refused",
    reason: `The age pyramid has nobody whom this cohort can have: ${whom.map((sex) => `${sex} of ${reach[sex].from} to ${reach[sex].to}`).join(" and ")}.`,
    remedy: "Give some of them a count, or choose another cohort.",
  });
}

type Sex = "women" | "men";
const sexes: readonly Sex[] = ["women", "men"];

/** Youngest and oldest of a sex. */
function reachOf(pyramid: Pyramid, sex: Sex): Pick<PyramidBand, "from" | "to"> {
  const some = pyramid.filter((band) => band[sex] > 0);
  return {
    from: Math.min(...some.map(({ from }) => from)),
    to: Math.max(...some.map(({ to }) => to)),
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
