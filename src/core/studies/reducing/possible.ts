import type { StudyFigure, StudyUnit } from "../../report/study.ts";
import { figureBySeed, type BySeed } from "./by-seed.ts";

/** Where a measure of the unit begins and ends. */
const RANGES: Readonly<Record<StudyUnit, readonly [least: number, most: number]>> = {
  AUC: [0, 1],
  AUROC: [0, 1],
  "R²": [-Infinity, 1],
  share: [0, 1],
  nats: [0, Infinity],
  seconds: [0, Infinity],
  count: [0, Infinity],
  number: [-Infinity, Infinity],
};

/** Below this share of a figure an interval is what rounding leaves. */
const SAME = 1e-12;

/**
 * A figure as it may be shown: it and its interval end where its unit does, and an interval without width, of what came out
 * the same in every seed and was resampled in none, is no interval. Not for differences, which reach below 0.
 */
export function possible(found: StudyFigure | undefined, unit: StudyUnit): StudyFigure | undefined {
  if (found === undefined) return undefined;
  const [least, most] = RANGES[unit];
  const within = (value: number): number => Math.max(least, Math.min(most, value));
  const { interval } = found;
  return {
    value: within(found.value),
    ...(interval &&
      interval.high - interval.low > SAME * (1 + Math.abs(found.value)) && {
        interval: { low: within(interval.low), high: within(interval.high) },
      }),
  };
}

/** What seeds measured together, as it may be shown. */
export const levelBySeed = (side: BySeed, unit: StudyUnit): StudyFigure | undefined =>
  possible(figureBySeed(side), unit);
