import { Rows } from "./rows.ts";

/** What a course says of visits itself, field by field; `patient` is the place of each visit's patient. */
export type OwnFields = Readonly<Record<string, ArrayLike<number>>> & {
  readonly patient: ArrayLike<number>;
};

/** Rows of visits: the fields that are their own, and every other field of their patients in each of them. */
export function visitsOf(patients: Rows, own: OwnFields): Rows {
  const visits = new Rows(own.patient.length, patients.first);
  for (const name of patients.names)
    if (!(name in own)) visits.set(name, spread(patients.get(name), own.patient));
  for (const [name, values] of Object.entries(own)) visits.set(name, new Float64Array(values));
  return visits;
}

/** A patient's value in each row of the patient. */
export function spread(values: Float64Array, patient: ArrayLike<number>): Float64Array {
  const each = new Float64Array(patient.length);
  for (let row = 0; row < each.length; row++) each[row] = values[patient[row] as number] as number;
  return each;
}
