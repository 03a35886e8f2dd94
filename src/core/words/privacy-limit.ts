/** A guarantee as a person reads it: what a limit is called, and how sure it lets anybody become. */
import type { Guarantee } from "../private/guarantee.ts";
import { count, percent, plural } from "./numbers.ts";

const places = (value: number): string => String(Number(value.toPrecision(3)));

/** "ε 1", "ε 3.26" */
export const epsilonWords = (epsilon: number): string => `ε ${places(epsilon)}`;

/** "0.00033" */
export const deltaWords = (delta: number): string =>
  delta > 0 && delta < 1e-6 ? delta.toExponential(1).replace("-", "−") : places(delta);

/** How sure somebody who was unsure 50 to 50 can become, apart from probability delta: e^epsilon / (1 + e^epsilon). */
export const sureOf = (epsilon: number): number => 1 / (1 + Math.exp(-epsilon));

/** "73%", "99.8%", "over 99.9%": never 100%, which no limit is */
export const sureWords = (sure: number): string =>
  sure > 0.999 ? "over 99.9%" : percent(sure, sure > 0.99 ? 1 : 0);

/** "at most 73% sure", "all but certain": what somebody who was unsure 50 to 50 can become. */
export const becomeWords = (epsilon: number): string =>
  sureOf(epsilon) > 0.999 ? "all but certain" : `at most ${sureWords(sureOf(epsilon))} sure`;

/** One sentence for a limit that is no stop of the switch. */
export const limitSentence = (epsilon: number): string =>
  sureOf(epsilon) > 0.999
    ? "They can become all but certain. A limit on paper, but a weak one."
    : `They can become at most ${sureWords(sureOf(epsilon))} sure, whatever else they know.`;

/** "one patient, added or removed", "one row, added or removed", "3 rows of one patient ..." */
export function protectsWords(unit: "patient" | "row", rowsPerPatient: number): string {
  if (unit === "row") return "one row, added or removed";
  return rowsPerPatient > 1
    ? `one patient, added or removed, with at most ${plural(rowsPerPatient, "row")}`
    : "one patient, added or removed";
}

/** What stands wherever a run with seeded noise goes. */
export const NOT_PRIVATE =
  "Not private: its noise came from a seed, which is for tests only. It guarantees nothing.";

export const isPrivate = ({ noise }: Pick<Guarantee, "noise">): boolean => noise === "cryptographic";

/** "ε 1", "not private", "no guarantee": beside the name of a run. */
export function limitName(guarantee: Guarantee | undefined): string {
  if (guarantee === undefined) return "no guarantee";
  return isPrivate(guarantee) ? epsilonWords(guarantee.epsilon) : "not private";
}

/** "ε 1 at δ 0.00033 for each patient" */
export const limitWords = ({ epsilon, delta, unit }: Pick<Guarantee, "epsilon" | "delta" | "unit">): string =>
  `${epsilonWords(epsilon)} at δ ${deltaWords(delta)} for each ${unit}`;

/** "A noisy count: about 210 rows" */
export const noisyRows = ({ rows }: Pick<Guarantee, "rows">): string => `about ${count(rows)} rows`;
