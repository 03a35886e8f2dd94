import type { StudyFigure } from "../../report/study.ts";
import { figureBySeed, type BySeed } from "./by-seed.ts";
import { beyondNoise } from "./figures.ts";

/** A difference of AUC, AUROC or R² that a study must be able to see before it may say that there is none. */
export const NOTABLE = 0.05;

/**
 * A difference as it may be spoken of. `none`: no difference beyond noise, and one as large as `notable` would have been seen.
 * `unclear`: one seed, or an interval so wide that a notable difference could hide in it.
 */
export interface Judged {
  readonly state: "above" | "below" | "none" | "unclear";
  readonly figure: StudyFigure;
  /** the smallest difference that would have been seen: half the interval's width; not finite with one seed */
  readonly seen: number;
  readonly seeds: number;
}

/** Half the width of the widest interval: a difference as large could hide in it; not finite where one has none. */
export const widest = (figures: readonly (StudyFigure | undefined)[]): number =>
  Math.max(
    0,
    ...figures.map((figure) =>
      figure?.interval === undefined ? Infinity : (figure.interval.high - figure.interval.low) / 2,
    ),
  );

/** Of a difference in each seed; undefined where it was measured in none. */
export function judged(difference: BySeed, notable: number): Judged | undefined {
  const figure = figureBySeed(difference);
  if (figure === undefined) return undefined;
  const seeds = difference.size;
  const seen =
    seeds > 1 && figure.interval !== undefined ? (figure.interval.high - figure.interval.low) / 2 : Infinity;
  const side = seeds > 1 ? beyondNoise(figure) : 0;
  const state = side > 0 ? "above" : side < 0 ? "below" : seen <= notable ? "none" : "unclear";
  return { state, figure, seen, seeds };
}
