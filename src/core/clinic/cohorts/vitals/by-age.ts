import { ADULT_BANDS, HALF_BAND } from "../numbers/bands.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { OLDEST } from "../population/pyramid.ts";
import type { Rows } from "../simulating/rows.ts";

const YEARS = OLDEST + 1;

/** Places of a curve: each year of age of men, then of women. */
export const PLACES = 2 * YEARS;

/** Where each row's age and sex stand in a curve. */
export function placesOf(rows: Rows): Int32Array {
  const [age, female] = [rows.get("age"), rows.get("female")];
  return Int32Array.from(
    age,
    (years, i) => (female[i] as number) * YEARS + Math.max(0, Math.min(OLDEST, Math.floor(years))),
  );
}

/** A curve from what a number is at each age, for men and for women. */
export function curveFrom(at: (age: number, sex: "women" | "men") => number): Float64Array {
  return Float64Array.from({ length: PLACES }, (_, place) =>
    place < YEARS ? at(place + 0.5, "men") : at(place - YEARS + 0.5, "women"),
  );
}

/** `ID.women.20` and so on: straight lines between the middles of bands, level before the first and after the last. */
export function curveOf(numbers: Numbers, id: string): Float64Array {
  return curveFrom((age, sex) => {
    const values = ADULT_BANDS.map((from) => numbers.of(`${id}.${sex}.${from}`));
    return between(
      ADULT_BANDS.map((from) => from + HALF_BAND),
      values,
      age,
    );
  });
}

/** On straight lines through points (`xs` ascending); level beyond the ends. */
export function between(xs: readonly number[], ys: readonly number[], x: number): number {
  const after = xs.findIndex((it) => it >= x);
  if (after === 0) return ys[0] as number;
  if (after < 0) return ys[ys.length - 1] as number;
  const [x0, x1, y0, y1] = [xs[after - 1], xs[after], ys[after - 1], ys[after]] as [
    number,
    number,
    number,
    number,
  ];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
