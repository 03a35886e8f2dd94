import { normalCdf, normalQuantile } from "../math/normal.ts";
import type { Watched } from "./farrington.ts";

export interface EarsSettings {
  /** periods that the mean and the deviation are taken of */
  readonly baseline: number;
  /** one-sided chance of an alarm, were the counts normal */
  readonly alpha: number;
  /** the deviation is taken to be at least that of Poisson counts */
  readonly poisson: boolean;
}

export const earsDefaults: EarsSettings = { baseline: 7, alpha: 0.001, poisson: true };

/** Periods between the baseline and the one in question. */
const GAP = 2;

/**
 * EARS C2 (Hutwagner et al. 2003; Fricker, Hegler and Dunfee 2008): the mean of the baseline, which ends two periods before,
 * and so many of its standard deviations. It needs no past years and knows no season. R: surveillance::earsC(method = "C2").
 * @returns undefined for the first periods
 */
export function ears(
  counts: ArrayLike<number>,
  at: number,
  { baseline, alpha, poisson }: EarsSettings = earsDefaults,
): Watched | undefined {
  const from = at - GAP - baseline;
  if (from < 0) return undefined;
  const before = Array.from({ length: baseline }, (_, i) => counts[from + i] as number);
  const mean = before.reduce((sum, count) => sum + count, 0) / baseline;
  const variance = before.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (baseline - 1);
  const deviation = Math.sqrt(poisson ? Math.max(variance, mean) : variance);
  const upper = mean + normalQuantile(1 - alpha) * deviation;
  const observed = counts[at] as number;
  return {
    at,
    expected: mean,
    upper,
    chance: deviation > 0 ? normalCdf((mean - observed) / deviation) : observed > mean ? 0 : 1,
    dispersion: mean > 0 ? variance / mean : 1,
    alarm: observed > upper,
  };
}
