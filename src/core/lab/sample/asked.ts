import { asFault, FaultError } from "../../fault.ts";
import type { Acceptance, PatientRequest, SampleRequest } from "../../synthesizers/synthesizer.ts";

/**
 * What is asked of the rows; `visits` and `until` of models of patients over time only, whose `where` is about columns that do
 * not change within a patient. `onAcceptance` is told after each block, of all rows, or patients, so far.
 */
export type Asked = Pick<SampleRequest, "where" | "shares" | "tries" | "onAcceptance"> &
  Pick<PatientRequest, "visits" | "until">;

/** How much is drawn: rows, or whole patients of a model of patients over time. */
export type Wanted = number | { readonly patients: number };

const badUse = (message: string): FaultError => new FaultError({ code: "bad-use", message });

/** `asked` as a model of rows is asked it. Throws FaultError `bad-use`. */
export function rowRequest(asked: Asked | undefined): SampleRequest | undefined {
  if (asked === undefined) return undefined;
  const { visits, until, ...request } = asked;
  if (visits !== undefined || until !== undefined)
    throw badUse(
      "This model draws rows, not patients over time: it cannot be asked for a number of visits or a time.",
    );
  return request;
}

/** `asked` as a model of patients over time is asked it. Throws FaultError `bad-use`. */
export function patientRequest(asked: Asked | undefined): PatientRequest | undefined {
  if (asked === undefined) return undefined;
  const { shares, ...request } = asked;
  if (shares !== undefined)
    throw badUse(
      "Shares are for models of rows. Ask this model of patients over time for conditions instead.",
    );
  return request;
}

/** Tells the sum of what it is told. */
export function summing(tell: Asked["onAcceptance"]): (acceptance: Acceptance) => void {
  let sum: Acceptance = { drawn: 0, kept: 0 };
  return ({ drawn, kept }) => {
    sum = { drawn: sum.drawn + drawn, kept: sum.kept + kept };
    tell?.(sum);
  };
}

/**
 * Too few candidates are what was asked for: before any row has come, the fault says how many rows, or patients, were asked
 * for; later what has come is all there is, and whoever asked sees that it is fewer.
 */
export const unmet =
  (before: number, wanted: Wanted) =>
  (error: unknown): undefined => {
    const fault = asFault(error);
    if (fault.code !== "condition-unmet" && fault.code !== "rule-unmet") throw error;
    if (before > 0) return undefined;
    if (typeof wanted === "number") throw new FaultError({ ...fault, rows: wanted });
    throw new FaultError({ ...fault, rows: wanted.patients, of: "patients" });
  };
