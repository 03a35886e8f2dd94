import type { Family, Tables } from "../metric.ts";
import { isFew, LEAST_PATIENTS, patientsOf } from "./patients.ts";
import { count } from "./verdict.ts";

/** Half of the held-out rows stands for the population, the other half for patients who were not learned from. */
export const LEAST_HELD = 40;
const LEAST_ROWS = 20;

/**
 * Held-out patients below which a side is not measurable: nothing on it is called good, whatever its measures say. 30: a
 * classifier's two-sample test and a regression's ten events begin there. 40 for privacy: with fewer, the interval of an
 * attack always passes 0.09 (1.96 sqrt(.09 x .91 / 40) is .089). 40 for groups: two of 20.
 */
export const LEAST_HELD_OUT: Readonly<Record<Family, number>> = {
  fidelity: 30,
  utility: 30,
  privacy: 40,
  fairness: 40,
  clinical: 30,
};

/** Why a side cannot be measured with so many patients; undefined when it can, or where nobody was held out. */
export function tooFewForSide(
  family: Family,
  { train, holdout }: Pick<Tables, "train" | "holdout">,
): string | undefined {
  const [learned, held] = [patientsOf(train), patientsOf(holdout)];
  if (held === 0 || held >= LEAST_HELD_OUT[family]) return undefined;
  const out = isFew(held) ? `fewer than ${LEAST_PATIENTS}` : count(held);
  return (
    `Not measurable with ${count(learned + held)} patients: ${out} of them were held out, and at least ` +
    `${LEAST_HELD_OUT[family]} are needed.`
  );
}

/** Patients that can be told apart from others, where some have several rows: halves, folds and blocks are cut between them. */
const LEAST_PATIENTS_CUT = 10;

/** Why tables whose patients have several rows cannot be cut between patients; undefined when they can. */
export function tooFewPatients({ train, holdout }: Pick<Tables, "train" | "holdout">): string | undefined {
  for (const [table, what] of [
    [holdout, "held out"],
    [train, "trained on"],
  ] as const) {
    const different = table.patients ? patientsOf(table) : Infinity;
    if (different < LEAST_PATIENTS_CUT) {
      const few = isFew(different) ? `fewer than ${LEAST_PATIENTS}` : count(different);
      return `The rows ${what} are of ${few} patients; at least ${LEAST_PATIENTS_CUT} are needed.`;
    }
  }
  return undefined;
}

/** Why the holdout cannot be halved and the tables not be attacked; undefined when they can. */
export function tooFewToSplit({ train, holdout, synthetic }: Tables): string | undefined {
  if (holdout.rows < LEAST_HELD) {
    return `${count(holdout.rows)} rows were held out; at least ${LEAST_HELD} are needed, half of them to compare with.`;
  }
  if (train.rows < LEAST_ROWS) {
    return `${count(train.rows)} rows were trained on; at least ${LEAST_ROWS} are needed.`;
  }
  if (synthetic.rows < LEAST_ROWS) {
    return `There are ${count(synthetic.rows)} synthetic rows; at least ${LEAST_ROWS} are needed.`;
  }
  return tooFewPatients({ train, holdout });
}

/** Why Anonymeter's attacks cannot be measured; undefined when they can. */
export function tooFewToAttack({ train, holdout, synthetic }: Tables): string | undefined {
  const few = [
    { rows: holdout.rows, what: "were held out" },
    { rows: train.rows, what: "were trained on" },
    { rows: synthetic.rows, what: "are synthetic" },
  ].find(({ rows }) => rows < LEAST_ROWS);
  return few && `${count(few.rows)} rows ${few.what}; at least ${LEAST_ROWS} are needed.`;
}
