import type { Numbers } from "../numbers/numbers.ts";
import { BANDS, endOf } from "../numbers/pyramid-numbers.ts";
import type { Pyramid } from "./pyramid.ts";

/** Whose ages and sexes. */
export type PyramidOf = "general" | "diabetes" | "heart-failure" | "icu" | "emergency" | "maternity";

/** The pyramid of `of`. */
export function cohortPyramid(numbers: Numbers, of: PyramidOf): Pyramid {
  const all = BANDS.map((from, i) => ({
    from,
    to: endOf(i),
    women: numbers.of(`people.women.${from}`),
    men: numbers.of(`people.men.${from}`),
  }));
  return of === "general" ? all : all.slice(4);
}
