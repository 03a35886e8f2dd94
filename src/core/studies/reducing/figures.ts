import { Z95 } from "../../math/intervals.ts";
import { meanInterval } from "../../math/mean-interval.ts";
import { standardDeviation } from "../../math/statistics.ts";
import type { StudyFigure } from "../../report/study.ts";
import type { CellRow } from "../study.ts";

/** What a seed measured: a number, and the same number on resampled patients. */
export type Seeded = Pick<CellRow, "value" | "draws">;

/**
 * Mean over seeds with a 95% interval from two sources: what differs between seeds (Student's t), and the patients tested on,
 * which all seeds share and which are resampled in all alike. Their half widths are added as squares. NaN does not count.
 */
export function figureOf(seeds: readonly Seeded[]): StudyFigure | undefined {
  const known = seeds.filter(({ value }) => Number.isFinite(value));
  if (known.length === 0) return undefined;
  const { value, interval } = meanInterval(known.map((seed) => seed.value));
  const between = known.length > 1 ? value - interval.low : 0;
  const shared = Z95 * sharedError(known.map(({ draws }) => draws ?? []));
  const half = Math.hypot(between, shared);
  return half > 0 || known.length > 1
    ? { value, interval: { low: value - half, high: value + half } }
    : { value };
}

/** Whether the interval of a difference leaves 0 out: below it -1, above it 1, else 0 (no difference beyond noise). */
export function beyondNoise(difference: StudyFigure | undefined): -1 | 0 | 1 {
  if (difference?.interval === undefined) return 0;
  if (difference.interval.low > 0) return 1;
  return difference.interval.high < 0 ? -1 : 0;
}

/** Standard deviation over draws of their mean over seeds. */
function sharedError(draws: readonly (readonly number[])[]): number {
  const count = Math.min(...draws.map((own) => own.length));
  if (!Number.isFinite(count) || count < 2) return 0;
  const means = Float64Array.from({ length: count }, (_, at) => {
    let sum = 0;
    for (const own of draws) sum += own[at] as number;
    return sum / draws.length;
  }).filter((mean) => Number.isFinite(mean));
  return means.length < 2 ? 0 : standardDeviation(means);
}
