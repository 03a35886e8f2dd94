import type { CohortColumn } from "./cohort.ts";

/** Age as every cohort shows it. */
export const age: CohortColumn = {
  name: "age",
  level: 1,
  shown: { as: "number", decimals: 0 },
  unit: "years",
  loinc: "30525-0",
  reason: "Whole years; age marks groups to be compared.",
  role: "sensitive",
};

/** Age where a course is of hours. */
export const steadyAge: CohortColumn = { ...age, steady: true };

/** Sex as every cohort of women and men shows it. */
export const sex: CohortColumn = {
  name: "sex",
  level: 1,
  shown: { as: "levels", levels: ["Female", "Male"] },
  reason: "Two levels; sex marks a group to be compared.",
  role: "sensitive",
  steady: true,
};
