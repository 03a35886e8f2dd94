import { expect, test } from "vitest";
import { namesId, namesPerson } from "./column-names.ts";

test("an id is known by its name, joined words and two languages included", () => {
  for (const name of [
    "id",
    "subject_id",
    "MRN",
    "Pat-Nr",
    "Fallnummer",
    "patientunitstayid",
    "patienthealthsystemstayid",
    "hadm_id",
  ])
    expect(namesId(name), name).toBe(true);
  for (const name of ["age", "fluid", "steroid", "unit", "hospital", "stay_days", "valid"])
    expect(namesId(name), name).toBe(false);
});

test("of a person rather than of a stay", () => {
  expect(["patient_nbr", "subject_id", "patientunitstayid"].map(namesPerson)).toEqual([true, true, true]);
  expect(["hadm_id", "stay_id", "provider_id"].map(namesPerson)).toEqual([false, false, false]);
});
