import type { Numbers } from "../numbers/numbers.ts";
import { changeAtStart, changePerYear, transitionsPerYear } from "../planted-courses.ts";
import { correlationIn, shareIn } from "../planted-rows.ts";
import type { PlantedRows, Which } from "../planted-rows.ts";
import type { Planted } from "../planted.ts";

const clock = { time: "duration_years", perYear: 1 } as const;

/** What publications say of the diabetes clinic, by year of a patient where they do: what its table is held to. */
export function diabetesFromSources(numbers: Numbers): Planted[] {
  return [
    {
      kind: "prevalence",
      about: "Type 1",
      level: 3,
      columns: ["diabetes_type"],
      how: "share of patients with Type 1",
      measure: (rows) => shareIn(rows, rows.is("diabetes_type", "Type 1"), firstOf(rows)),
    },
    {
      kind: "prevalence",
      about: "Emergency admission in the year after a review",
      level: 4,
      columns: ["emergency_admission"],
      how: "share of reviews with Yes",
      measure: (rows) => shareIn(rows, rows.is("emergency_admission", "Yes")),
    },
    {
      kind: "correlation",
      about: "HbA1c and glucose",
      level: 3,
      columns: ["hba1c", "glucose"],
      how: "first review of each patient",
      measure: (rows) => correlationIn(rows, rows.number("hba1c"), rows.number("glucose"), firstOf(rows)),
    },
    {
      kind: "transition",
      about: "From no albuminuria to microalbuminuria or more, a year",
      level: 4,
      columns: ["patient_id", "duration_years", "acr"],
      value: numbers.of("dc.albuminuria.micro"),
      how: "reviews with acr below 3 whose next has 3 or more, for each year between those with acr below 3 and their next",
      measure: albuminuria(0, 3),
    },
    {
      kind: "transition",
      about: "From micro- to macroalbuminuria, a year",
      level: 4,
      columns: ["patient_id", "duration_years", "acr"],
      value: numbers.of("dc.albuminuria.macro"),
      how: "reviews with acr from 3 to below 30 whose next has 30 or more, for each year between those and their next",
      measure: albuminuria(3, 30),
    },
    {
      kind: "transition",
      about: "New retinopathy, a year",
      level: 4,
      columns: ["patient_id", "duration_years", "retinopathy"],
      value: numbers.of("dc.retinopathy.rate"),
      how: "reviews with No whose next has Yes, for each year between those with No and their next",
      measure: (rows) => {
        const [from, to] = [rows.is("retinopathy", "No"), rows.is("retinopathy", "Yes")];
        return transitionsPerYear(rows, { known: (row) => from(row) || to(row), from, to, clock });
      },
    },
    {
      kind: "effect",
      about: "Filtration each year without an SGLT2 inhibitor",
      level: 4,
      columns: ["patient_id", "duration_years", "egfr", "sglt2_inhibitor", "acr"],
      value: numbers.of("dc.egfr.slope"),
      how: "change of egfr a year from review to next review, both with No and acr below 30",
      measure: filtration("No"),
    },
    {
      kind: "effect",
      about: "Filtration each year with an SGLT2 inhibitor",
      level: 4,
      columns: ["patient_id", "duration_years", "egfr", "sglt2_inhibitor", "acr"],
      value: numbers.of("dc.egfr.slope.sglt2"),
      how: "change of egfr a year from review to next review, both with Yes and acr below 30",
      measure: filtration("Yes"),
    },
    {
      kind: "effect",
      about: "HbA1c at the review at which an SGLT2 inhibitor is first named",
      level: 4,
      columns: ["patient_id", "hba1c", "sglt2_inhibitor"],
      value: numbers.of("dc.hba1c.sglt2"),
      how: "mean change since the review before, from No to Yes, less that from No to No (mmol/mol)",
      measure: (rows) => changeAtStart(rows, "hba1c", rows.is("sglt2_inhibitor", "Yes")),
    },
  ];
}

const firstOf =
  (rows: PlantedRows): Which =>
  (row) =>
    rows.before(row) < 0;

/** From a ratio of albumin of `low` to below `high` to `high` or more, a year. */
const albuminuria =
  (low: number, high: number) =>
  (rows: PlantedRows): number => {
    const ratio = rows.number("acr");
    const from: Which = (row) => ratio(row) >= low && ratio(row) < high;
    const known: Which = (row) => !Number.isNaN(ratio(row));
    return transitionsPerYear(rows, { known, from, to: (row) => ratio(row) >= high, clock });
  };

const filtration =
  (inhibitor: string) =>
  (rows: PlantedRows): number => {
    const [ratio, treated] = [rows.number("acr"), rows.is("sglt2_inhibitor", inhibitor)];
    return changePerYear(rows, "egfr", { steady: (row) => treated(row) && ratio(row) < 30, clock });
  };
