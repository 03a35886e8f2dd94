import type { Budget, Spend } from "./spend.ts";
import { epsilonOfSpends, rhoLeft } from "./total-spent.ts";
import { rhoOf } from "./zcdp.ts";

/** Of delta, where levels have to be found. */
const THRESHOLD_SHARE = 0.1;
const ROUNDING = 1e-9;

/** `findsLevels`: whether thresholds will take from delta. */
export function createBudget(epsilon: number, delta: number, findsLevels: boolean): Budget {
  const thresholds = findsLevels ? THRESHOLD_SHARE * delta : 0;
  const rho = rhoOf(epsilon, delta - thresholds);
  const spent: Spend[] = [];
  const taken = (): number => spent.reduce((sum, one) => sum + one.rho, 0);
  const takenDelta = (): number => spent.reduce((sum, one) => sum + (one.delta ?? 0), 0);
  const left = (): number => rhoLeft(spent, epsilon, delta - thresholds, rho);

  /** Without what thresholds take, which has its own limit. */
  function fits(one: Spend): boolean {
    const costs = [...spent, one].map(({ rho, sampled }) => ({ rho, ...(sampled && { sampled }) }));
    if (costs.every(({ sampled }) => sampled === undefined)) return taken() + one.rho <= rho * (1 + ROUNDING);
    return epsilonOfSpends(costs, delta - thresholds) <= epsilon * (1 + ROUNDING);
  }

  return {
    epsilon,
    delta,
    rho,
    thresholds,
    spent,
    left,
    spend: (one) => {
      if (!(one.rho >= 0) || !fits(one))
        throw new Error(`“${one.what}” would spend rho ${one.rho}${sampledWords(one)}, ${left()} are left.`);
      if (!(takenDelta() + (one.delta ?? 0) <= thresholds * (1 + ROUNDING)))
        throw new Error(`“${one.what}” would spend more of delta than is left.`);
      spent.push(one);
    },
  };
}

const sampledWords = ({ sampled }: Spend): string =>
  sampled ? ` and ${sampled.steps} samples at rate ${sampled.rate} with noise ${sampled.sigma}` : "";
