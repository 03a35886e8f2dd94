import type { ReadableTruth } from "../readable-truth.ts";

const yes = { levels: ["Yes"] } as const;
const no = { levels: ["No"] } as const;

/** What can be recovered from rows of the diabetes clinic. */
export const diabetesPlanted: readonly ReadableTruth[] = [
  {
    id: "dc.type1",
    about: "Type 1",
    level: 3,
    reading: { of: "share", column: "diabetes_type", is: { levels: ["Type 1"] }, rows: "first" },
    within: { absolute: 0.03 },
  },
  {
    id: "dc.emergency",
    about: "Emergency admission in the year after a review",
    level: 4,
    reading: { of: "share", column: "emergency_admission", is: yes, rows: "all" },
    number: "dc.emergency.intercept",
    within: { absolute: 0.02 },
  },
  {
    id: "dc.sugar",
    about: "HbA1c and glucose",
    level: 3,
    reading: { of: "correlation", columns: ["hba1c", "glucose"], logarithm: [] },
    within: { absolute: 0.05 },
  },
  {
    id: "dc.microalbuminuria",
    about: "From no albuminuria to microalbuminuria or more, a year",
    level: 4,
    reading: {
      of: "transition",
      column: "acr",
      from: { below: 3 },
      to: { atLeast: 3 },
      time: "duration_years",
      perYear: 1,
    },
    number: "dc.albuminuria.micro",
    within: { absolute: 0.02 },
  },
  {
    id: "dc.macroalbuminuria",
    about: "From micro- to macroalbuminuria, a year",
    level: 4,
    reading: {
      of: "transition",
      column: "acr",
      from: { atLeast: 3, below: 30 },
      to: { atLeast: 30 },
      time: "duration_years",
      perYear: 1,
    },
    number: "dc.albuminuria.macro",
    within: { absolute: 0.02 },
  },
  {
    id: "dc.retinopathy",
    about: "New retinopathy, a year",
    level: 4,
    reading: {
      of: "transition",
      column: "retinopathy",
      from: no,
      to: yes,
      time: "duration_years",
      perYear: 1,
    },
    number: "dc.retinopathy.rate",
    within: { absolute: 0.02 },
  },
  {
    id: "dc.slope",
    about: "Filtration each year without an SGLT2 inhibitor and without macroalbuminuria",
    level: 4,
    reading: {
      of: "slope",
      column: "egfr",
      where: [
        { column: "sglt2_inhibitor", ...no },
        { column: "acr", below: 30 },
      ],
      time: "duration_years",
      perYear: 1,
    },
    number: "dc.egfr.slope",
    within: { share: 0.15 },
  },
  {
    id: "dc.slope.sglt2",
    about: "Filtration each year with an SGLT2 inhibitor and without macroalbuminuria",
    level: 4,
    reading: {
      of: "slope",
      column: "egfr",
      where: [
        { column: "sglt2_inhibitor", ...yes },
        { column: "acr", below: 30 },
      ],
      time: "duration_years",
      perYear: 1,
    },
    number: "dc.egfr.slope.sglt2",
    within: { absolute: 0.25 },
  },
  {
    id: "dc.sglt2.hba1c",
    about: "HbA1c at the review at which an SGLT2 inhibitor is first named",
    level: 4,
    reading: { of: "start", column: "hba1c", began: { column: "sglt2_inhibitor", ...yes } },
    number: "dc.hba1c.sglt2",
    within: { share: 0.15 },
  },
];
