import { ADULT_BANDS, HALF_BAND } from "../numbers/body/bands.ts";
import { childPoints } from "../numbers/body/child-numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { OLDEST } from "../population/pyramid.ts";
import type { Rows } from "../simulating/rows.ts";

/** A curve has a place for each month of the first two years, then for each year. */
const MONTHS = 24;
const STEPS = MONTHS + OLDEST - 1;

/** Places of a curve: those of men, then those of women. */
export const PLACES = 2 * STEPS;

export type Sex = "women" | "men";

/** Where each row's age and sex stand in a curve. */
export function placesOf(rows: Rows): Int32Array {
  const [age, female] = [rows.get("age"), rows.get("female")];
  const places = new Int32Array(rows.count);
  for (let i = 0; i < places.length; i++) {
    const years = Math.max(0, Math.min(OLDEST, age[i] as number));
    places[i] = (female[i] as number) * STEPS + Math.floor(years < 2 ? years * 12 : years + MONTHS - 2);
  }
  return places;
}

/** A curve from what a number is at each age, for men and for women. */
export function curveFrom(at: (age: number, sex: Sex) => number): Float64Array {
  return Float64Array.from({ length: PLACES }, (_, place) => {
    const step = (place % STEPS) + 0.5;
    return at(step < MONTHS ? step / 12 : step - MONTHS + 2, place < STEPS ? "men" : "women");
  });
}

/**
 * Straight lines through a number's points: `ID.girls.AGE` (or `ID.children.AGE`) below 18 where it has them, then those of
 * `adults`: `ID.women.20` and so on at the middles of bands, or one number for all of them. Level beyond the ends.
 */
export function curveOf(numbers: Numbers, id: string, adults: "by band" | "one" = "by band"): Float64Array {
  const grown = adults === "one" ? [HALF_BAND + ADULT_BANDS[0]] : ADULT_BANDS.map((from) => from + HALF_BAND);
  const young = childPoints.get(id);
  const ages = [...(young?.ages ?? []), ...grown];
  const heights = (sex: Sex): number[] => {
    const as = young?.apart ? { women: "girls", men: "boys" }[sex] : "children";
    return [
      ...(young?.ages ?? []).map((age) => numbers.of(`${id}.${as}.${age}`)),
      ...(adults === "one"
        ? [numbers.of(id)]
        : ADULT_BANDS.map((from) => numbers.of(`${id}.${sex}.${from}`))),
    ];
  };
  const of = { women: heights("women"), men: heights("men") };
  return curveFrom((age, sex) => between(ages, of[sex], age));
}

/** On straight lines through points (`xs` ascending); level beyond the ends. */
function between(xs: readonly number[], ys: readonly number[], x: number): number {
  const after = xs.findIndex((it) => it >= x);
  if (after === 0) return ys[0] as number;
  if (after < 0) return ys[ys.length - 1] as number;
  const [x0, y0] = [xs[after - 1] as number, ys[after - 1] as number];
  const [x1, y1] = [xs[after] as number, ys[after] as number];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
