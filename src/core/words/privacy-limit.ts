/** A guarantee as a person reads it: what a limit is called, and how sure it lets anybody become. */
import type { Guarantee } from "../private/guarantee.ts";
import { sureWords } from "./guarantee.ts";
import { plural } from "./numbers.ts";

const places = (value: number): string => String(Number(value.toPrecision(3)));

/** "ε 1", "ε 3.26" */
export const epsilonWords = (epsilon: number): string => `ε ${places(epsilon)}`;

/** How sure somebody who was unsure 50 to 50 can become, apart from probability delta: e^epsilon / (1 + e^epsilon). */
export const sureOf = (epsilon: number): number => 1 / (1 + Math.exp(-epsilon));

/** One sentence for a limit that is no stop of the switch. */
export const limitSentence = (epsilon: number): string =>
  sureOf(epsilon) > 0.999
    ? "They can become all but certain. A limit on paper, but a weak one."
    : `They can become at most ${sureWords(epsilon)} sure, whatever else they know.`;

/** "one patient, added or removed", "one row, added or removed", "3 rows of one patient ..." */
export function protectsWords(unit: "patient" | "row", rowsPerPatient: number): string {
  if (unit === "row") return "one row, added or removed";
  return rowsPerPatient > 1
    ? `one patient, added or removed, with at most ${plural(rowsPerPatient, "row")}`
    : "one patient, added or removed";
}

export const isPrivate = ({ noise }: Pick<Guarantee, "noise">): boolean => noise === "cryptographic";

/** "ε 1", "not private", "no guarantee": beside the name of a run. */
export function limitName(guarantee: Guarantee | undefined): string {
  if (guarantee === undefined) return "no guarantee";
  return isPrivate(guarantee) ? epsilonWords(guarantee.epsilon) : "not private";
}
