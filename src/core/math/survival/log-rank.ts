import { normalCdf } from "../normal.ts";
import type { FollowUps } from "./kaplan-meier.ts";
import { timeOrder } from "./kaplan-meier.ts";

/** A test with a chi-squared statistic of one degree of freedom. */
export interface ChiSquared {
  readonly statistic: number;
  readonly p: number;
}

/** P(chi-squared of one degree of freedom >= `statistic`). */
export const chiSquared = (statistic: number): ChiSquared => ({
  statistic,
  p: statistic > 0 ? 2 * normalCdf(-Math.sqrt(statistic)) : 1,
});

/** The log-rank test of two groups (Mantel 1966; lifelines' logrank_test). NaN where there is no event to compare. */
export function logRank(a: FollowUps, b: FollowUps): ChiSquared {
  const groups = [a, b].map((group) => ({ ...group, order: timeOrder(group.times), at: 0 }));
  let [difference, variance] = [0, 0];
  for (;;) {
    const time = Math.min(...groups.map(({ times, order, at }) => times[order[at] as number] ?? Infinity));
    if (!Number.isFinite(time)) break;
    const risk = groups.map(({ order, at }) => order.length - at);
    const deaths = groups.map((group) => {
      let own = 0;
      while (group.times[group.order[group.at] as number] === time) {
        own += group.events[group.order[group.at] as number] === 1 ? 1 : 0;
        group.at++;
      }
      return own;
    });
    const [n, d] = [sum(risk), sum(deaths)];
    if (d === 0) continue;
    const share = (risk[0] as number) / n;
    difference += (deaths[0] as number) - d * share;
    if (n > 1) variance += (d * share * (1 - share) * (n - d)) / (n - 1);
  }
  return chiSquared(variance > 0 ? difference ** 2 / variance : NaN);
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
