import { Z95, type Bounds } from "../intervals.ts";
import type { SurvivalCurve } from "./kaplan-meier.ts";

/** Events at each step of a curve, from its own ratios. */
const deathsAt = ({ survival, atRisk }: SurvivalCurve, i: number): number =>
  (atRisk[i] as number) * (1 - (survival[i] as number) / (i === 0 ? 1 : (survival[i - 1] as number)));

/**
 * Greenwood's sum of d / (n (n - d)) up to and with each step (Greenwood 1926): survival squared times it is the variance
 * of survival. Infinite once nobody is left.
 */
export function greenwood(curve: SurvivalCurve): Float64Array {
  const sums = new Float64Array(curve.times.length);
  let sum = 0;
  for (let i = 0; i < sums.length; i++) {
    const [n, d] = [curve.atRisk[i] as number, deathsAt(curve, i)];
    sum += d / (n * Math.max(0, n - d));
    sums[i] = (curve.survival[i] as number) > 0 ? sum : Infinity;
  }
  return sums;
}

/**
 * Pointwise 95% interval of survival just after `time` on the scale of log(-log S) (Kalbfleisch and Prentice 1980; R's
 * conf.type = "log-log", scipy's "log-log"). 1 to 1 before the first event; NaN once nobody is left.
 * @param sums of `greenwood`
 */
export function survivalInterval(curve: SurvivalCurve, sums: Float64Array, time: number, z = Z95): Bounds {
  let at = -1;
  for (let i = 0; i < curve.times.length && (curve.times[i] as number) <= time; i++) at = i;
  if (at < 0) return { low: 1, high: 1 };
  const survival = curve.survival[at] as number;
  if (!(survival > 0)) return { low: NaN, high: NaN };
  const half = (z * Math.sqrt(sums[at] as number)) / Math.abs(Math.log(survival));
  return { low: survival ** Math.exp(half), high: survival ** Math.exp(-half) };
}

/**
 * Standard error of the restricted mean to `horizon`: the root of the sum over events of (area behind it)^2 d / (n (n - d))
 * (Klein and Moeschberger 2003, equation 4.5.2).
 */
export function restrictedMeanError(curve: SurvivalCurve, horizon: number): number {
  const { times, survival, atRisk } = curve;
  let [variance, area, until] = [0, 0, horizon];
  for (let i = times.length - 1; i >= 0; i--) {
    const time = times[i] as number;
    if (time >= horizon) continue;
    area += (survival[i] as number) * (until - time);
    until = time;
    const [n, d] = [atRisk[i] as number, deathsAt(curve, i)];
    if (n > d) variance += (area * area * d) / (n * (n - d));
  }
  return Math.sqrt(variance);
}
