import type { Budget, Spend } from "./spend.ts";
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
  return {
    epsilon,
    delta,
    rho,
    thresholds,
    spent,
    left: () => Math.max(0, rho - taken()),
    spend: (one) => {
      if (!(one.rho >= 0) || taken() + one.rho > rho * (1 + ROUNDING))
        throw new Error(`“${one.what}” would spend rho ${one.rho}, ${rho - taken()} are left.`);
      if (takenDelta() + (one.delta ?? 0) > thresholds * (1 + ROUNDING))
        throw new Error(`“${one.what}” would spend more of delta than is left.`);
      spent.push(one);
    },
  };
}
