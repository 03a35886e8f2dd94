import { denseRows, widthOf } from "../regression/design.ts";
import type { Design } from "../regression/design.ts";
import type { CoxFit } from "../regression/cox.ts";
import { kaplanMeier, survivalAt, timeOrder } from "./kaplan-meier.ts";
import type { FollowUps } from "./kaplan-meier.ts";
import { chiSquared } from "./log-rank.ts";
import type { ChiSquared } from "./log-rank.ts";

/**
 * Whether each coefficient of a Cox regression is the same at all times: the score test of its scaled Schoenfeld residuals
 * against 1 - S(t), the Kaplan-Meier estimate (Grambsch and Therneau 1994; lifelines' proportional_hazard_test with "km"),
 * with the information of every event taken as its mean. One test per column of `design` after the intercept.
 */
export function proportionalHazards(design: Design, follow: FollowUps, fit: CoxFit): ChiSquared[] {
  const width = widthOf(design) - 1;
  const { residuals, times } = schoenfeld(design, follow, fit.coefficients);
  const deaths = times.length;
  const curve = kaplanMeier(follow);
  const moments = times.map((time) => 1 - survivalAt(curve, time));
  const centre = moments.reduce((sum, x) => sum + x, 0) / deaths;
  const spread = moments.reduce((sum, x) => sum + (x - centre) ** 2, 0);
  return Array.from({ length: width }, (_, j) => {
    let slope = 0;
    residuals.forEach((residual, i) => {
      let scaled = 0;
      for (let k = 0; k < width; k++)
        scaled += (fit.covariance[j * width + k] as number) * (residual[k] as number);
      slope += ((moments[i] as number) - centre) * deaths * scaled;
    });
    const variance = fit.covariance[j * width + j] as number;
    return chiSquared(slope ** 2 / (deaths * variance * spread));
  });
}

/** For each event, what its row has more than the mean of those at risk (Schoenfeld 1982), ties by Efron's mean. */
function schoenfeld(
  design: Design,
  { times, events }: FollowUps,
  coefficients: Float64Array,
): { residuals: Float64Array[]; times: Float64Array } {
  const width = coefficients.length;
  const x = denseRows(design);
  const order = timeOrder(times);
  const hazards = Float64Array.from(times, (_, row) => {
    let score = 0;
    for (let k = 0; k < width; k++) score += (x[row * width + k] as number) * (coefficients[k] as number);
    return Math.exp(score);
  });
  const residuals: Float64Array[] = [];
  const moments: number[] = [];
  let atRisk = 0;
  const sums = new Float64Array(width);
  for (let to = order.length; to > 0;) {
    const time = times[order[to - 1] as number] as number;
    let tied = 0;
    const tiedSums = new Float64Array(width);
    const dead: number[] = [];
    for (; to > 0 && times[order[to - 1] as number] === time; to--) {
      const row = order[to - 1] as number;
      const hazard = hazards[row] as number;
      atRisk += hazard;
      for (let k = 0; k < width; k++) sums[k] = (sums[k] as number) + hazard * (x[row * width + k] as number);
      if (events[row] !== 1) continue;
      dead.push(row);
      tied += hazard;
      for (let k = 0; k < width; k++)
        tiedSums[k] = (tiedSums[k] as number) + hazard * (x[row * width + k] as number);
    }
    if (dead.length === 0) continue;
    const mean = new Float64Array(width);
    for (let l = 0; l < dead.length; l++) {
      const share = l / dead.length;
      const risk = atRisk - share * tied;
      for (let k = 0; k < width; k++)
        mean[k] =
          (mean[k] as number) + ((sums[k] as number) - share * (tiedSums[k] as number)) / risk / dead.length;
    }
    for (const row of dead) {
      residuals.push(Float64Array.from(mean, (m, k) => (x[row * width + k] as number) - m));
      moments.push(time);
    }
  }
  return { residuals, times: Float64Array.from(moments) };
}
