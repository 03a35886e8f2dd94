/**
 * How far the answers of runs with a canary are from those without, in units of their spread. Whoever knows every other
 * patient and every answer can do no better than to weigh each answer by what the canary adds to it over its variance: for
 * normal noise that is the likelihood ratio.
 */
import { mean } from "../../math/statistics.ts";
import type { Observation } from "../rows/private-rows.ts";

/**
 * What one run says of the canary: normal, with spread 1 where the noise is what the method says it is, and mean 0 without
 * the canary. `shift` is its mean with the canary, by what the method says.
 */
export interface Looked {
  readonly value: number;
  readonly shift: number;
}

/** Undefined where no answer told of the canary. Answers may depend on earlier ones: the others' part is taken off each. */
export function lookAt(observations: readonly Observation[]): Looked | undefined {
  let weighed = 0;
  let information = 0;
  for (const { signal, others, length, sigma } of observations) {
    weighed += (length * (signal - others)) / sigma ** 2;
    information += (length / sigma) ** 2;
  }
  if (information === 0) return undefined;
  const shift = Math.sqrt(information);
  return { value: weighed / shift, shift };
}

export interface MeanDifference {
  /** difference of the means over the spread that the runs have */
  readonly mu: number;
  /** standard error of `mu` */
  readonly error: number;
  /** the runs' own spread, 1 where the noise is what the method says; no bound is taken from it */
  readonly spread: number;
}

/**
 * The difference is taken in units of the spread that is *found*, since that is what an attacker meets: noise drawn at half
 * of what is said leaves the difference of the means as it is and halves the spread. The error counts both. Two runs of each
 * kind at least.
 */
export function meanDifference(without: Float64Array, having: Float64Array): MeanDifference {
  const freedom = without.length + having.length - 2;
  const spread = Math.sqrt((squares(without) + squares(having)) / freedom);
  const mu = (mean(having) - mean(without)) / Math.max(spread, 1e-12);
  const error = Math.sqrt(1 / without.length + 1 / having.length + mu ** 2 / (2 * freedom));
  return { mu, error, spread };
}

function squares(values: Float64Array): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}
