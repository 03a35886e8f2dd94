/** What files say of a guarantee: at length, where `privacy-limit.ts` has what the page says in a few words. */
import type { Guarantee } from "../private/guarantee.ts";
import { plural } from "./numbers.ts";
import {
  deltaWords,
  isPrivate,
  limitWords,
  noisyRows,
  NOT_PRIVATE,
  sureOf,
  sureWords,
} from "./privacy-limit.ts";

/** What the guarantee says, in sentences. */
export function guaranteeWords(guarantee: Guarantee): string[] {
  if (!isPrivate(guarantee)) return [NOT_PRIVATE];
  const { epsilon, delta, unit, rowsPerPatient } = guarantee;
  const who = unit === "patient" ? "one patient, with all their rows," : "one row";
  return [
    `Differentially private with ${limitWords(guarantee)}: with or without ${who} added to or removed from the table, every result is about as likely, up to a factor e^${epsilon}, apart from a probability of ${deltaWords(delta)}.`,
    `Whoever is unsure 50 to 50 whether somebody is in the table can become at most ${sureWords(sureOf(epsilon))} sure by it, whatever else they know.`,
    ...(unit === "patient"
      ? [
          `At most ${plural(rowsPerPatient, "row")} of each patient ${rowsPerPatient === 1 ? "counts" : "count"}; others were left out.`,
        ]
      : [
          "No patient is marked in the table: what is protected is one row. Somebody with several rows is protected less.",
        ]),
  ];
}

/** What is read from the table and not paid for, whatever is declared. */
export const PUBLIC_ANYWAY =
  "Names, order, roles and kinds of columns (also which has one value only, which names the patient, which is left out); how cells are written (decimals, date patterns, units, words for yes and no, separators, encoding); delta, which goes by the number of patients; and the cleaning that was done.";

export const NOT_PROTECTED =
  "Where the cells of one patient alone decide one of these, that is not protected.";

/** "about 210 rows (a noisy count)" */
export const aboutRows = (guarantee: Guarantee): string => `${noisyRows(guarantee)} (a noisy count)`;

/** Of a model that came as a file: nothing in a file proves how it was made. */
export const claimedGuarantee = (guarantee: Guarantee): string =>
  !isPrivate(guarantee)
    ? NOT_PRIVATE
    : `the file says that it was made with ${limitWords(guarantee)}; whether it was cannot be seen from the file, only from whoever made it.`;

const NOT_COVERED =
  "This evaluation reads real patients. The privacy guarantee of the run does not cover it: keep it where the table is.";

/** `NOT_COVERED` of a run with a guarantee; of one whose noise can be foreseen, that there is none. */
export const evaluationNote = (guarantee: Guarantee): string =>
  isPrivate(guarantee) ? NOT_COVERED : NOT_PRIVATE;
