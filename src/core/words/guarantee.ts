import type { Guarantee } from "../private/guarantee.ts";
import { count, plural } from "./numbers.ts";

/** e^epsilon / (1 + e^epsilon) as people say it: "73%", "over 99.9%" */
export function sureWords(epsilon: number): string {
  const sure = 1 / (1 + Math.exp(-epsilon));
  return sure > 0.999 ? "over 99.9%" : `${(100 * sure).toFixed(sure > 0.99 ? 1 : 0)}%`;
}

/** "0.00033", "3e-7" */
export const deltaWords = (delta: number): string =>
  delta >= 1e-6 ? String(Number(delta.toPrecision(3))) : delta.toExponential(0).replace("e-0", "e-");

/** "ε = 1, δ = 0.0003 for each patient" */
export const epsilonLine = ({ epsilon, delta, unit }: Guarantee): string =>
  `ε = ${epsilon}, δ = ${deltaWords(delta)} for each ${unit}`;

export const NOT_PRIVATE =
  "Not private: the noise of this model was made for a test and can be foreseen and taken off again.";

/** What the guarantee says, in sentences. */
export function guaranteeWords(guarantee: Guarantee): string[] {
  const { epsilon, delta, unit, rowsPerPatient, noise } = guarantee;
  const who = unit === "patient" ? "one patient, with all their rows," : "one row";
  return [
    ...(noise === "seeded" ? [NOT_PRIVATE] : []),
    `Differentially private with ${epsilonLine(guarantee)}: with or without ${who} added to or removed from the table, every result is about as likely, up to a factor e^${epsilon}, apart from a probability of ${deltaWords(delta)}.`,
    `Whoever is unsure 50 to 50 whether somebody is in the table can become at most ${sureWords(epsilon)} sure by it, whatever else they know.`,
    ...(unit === "patient"
      ? [
          `At most ${plural(rowsPerPatient, "row")} of each patient ${rowsPerPatient === 1 ? "counts" : "count"}; others were left out.`,
        ]
      : [
          "No patient is marked in the table: what is protected is one row. Somebody with several rows is protected less.",
        ]),
  ];
}

/** "about 210 patients (a noisy count)" */
export const aboutRows = ({ rows }: Guarantee): string => `about ${count(rows)} rows (a noisy count)`;

/** Of a model that came as a file: nothing in a file proves how it was made. */
export const claimedGuarantee = (guarantee: Guarantee): string =>
  guarantee.noise === "seeded"
    ? NOT_PRIVATE
    : `the file says that it was made with ${epsilonLine(guarantee)}; whether it was cannot be seen from the file, only from whoever made it.`;

/** What every file that reads real patients says where a run has a guarantee. */
export const NOT_COVERED =
  "This evaluation reads real patients. The privacy guarantee of the run does not cover it: keep it where the table is.";
