import { numbersWith } from "../numbers/numbers.ts";
import { cohortPyramid } from "../population/cohort-pyramid.ts";
import type { PyramidOf } from "../population/cohort-pyramid.ts";
import type { PyramidBand } from "../population/pyramid.ts";

const PYRAMIDS: readonly PyramidOf[] = ["icu", "diabetes", "heart-failure", "emergency", "maternity"];

/** Decimals that a percentage is rounded to. */
const TENTHS = 10;

/**
 * The ages and sexes from which a cohort's patients are drawn, in bands of ten years, as percentages of everybody; ends are
 * the published ones. Of adults in general where a cohort has none of its own.
 */
export function publishedAges(cohort: string): PyramidBand[] {
  const of = PYRAMIDS.find((id) => id === cohort) ?? "adults";
  const published = cohortPyramid(numbersWith(), of).filter(({ women, men }) => women + men > 0);
  const total = published.reduce((sum, { women, men }) => sum + women + men, 0);
  const tens = new Map<number, { from: number; to: number; women: number; men: number }>();
  for (const { from, to, women, men } of published) {
    const share = 100 / total / (to - from + 1);
    for (let year = from; year <= to; year++) {
      const ten = Math.floor(year / 10);
      const band = tens.get(ten) ?? { from: year, to: year, women: 0, men: 0 };
      tens.set(ten, {
        from: Math.min(band.from, year),
        to: Math.max(band.to, year),
        women: band.women + share * women,
        men: band.men + share * men,
      });
    }
  }
  const rounded = (percent: number): number => Math.round(TENTHS * percent) / TENTHS;
  return [...tens.values()]
    .sort((a, b) => a.from - b.from)
    .map((band) => ({ ...band, women: rounded(band.women), men: rounded(band.men) }))
    .filter(({ women, men }) => women + men > 0);
}
