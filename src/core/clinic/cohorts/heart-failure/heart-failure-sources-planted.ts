import type { Numbers } from "../numbers/numbers.ts";
import { transitionsPerYear } from "../planted-courses.ts";
import { correlationIn, meanIn, shareIn } from "../planted-rows.ts";
import type { PlantedRows, Which } from "../planted-rows.ts";
import type { Planted } from "../planted.ts";

const clock = { time: "visit_at", perYear: 365.25 * 86_400_000 } as const;

/** What publications say of heart failure, by year of a patient where they do: what its table is held to. */
export function heartFailureFromSources(numbers: Numbers): Planted[] {
  return [
    {
      kind: "prevalence",
      about: "Ejection fraction below 40%",
      level: 3,
      columns: ["lvef"],
      how: "share of admissions below 40, of those with lvef",
      measure: ejecting(-Infinity, 40),
    },
    {
      kind: "prevalence",
      about: "Ejection fraction from 40% to below 50%: the trough between two humps",
      level: 3,
      columns: ["lvef"],
      how: "share of admissions from 40 to below 50, of those with lvef",
      measure: ejecting(40, 50),
    },
    {
      kind: "prevalence",
      about: "Death within 30 days",
      level: 3,
      columns: ["died_30d"],
      how: "share of admissions with Yes",
      measure: (rows) => meanIn(rows, rows.number("died_30d"), firstOf(rows)),
    },
    {
      kind: "correlation",
      about: "Systolic and diastolic pressure",
      level: 3,
      columns: ["sbp", "dbp"],
      value: numbers.of("hf.correlation.sbp.dbp"),
      how: "at admission",
      measure: (rows) => correlationIn(rows, rows.number("sbp"), rows.number("dbp"), firstOf(rows)),
    },
    {
      kind: "correlation",
      about: "Creatinine and NT-proBNP",
      level: 3,
      columns: ["creatinine", "nt_probnp"],
      how: "logarithms, at admission",
      measure: (rows) => {
        const [kidneys, heart] = [rows.number("creatinine"), rows.number("nt_probnp")];
        return correlationIn(
          rows,
          (row) => Math.log(kidneys(row)),
          (row) => Math.log(heart(row)),
          firstOf(rows),
        );
      },
    },
    {
      kind: "effect",
      about: "Potassium with an MRA; those with high potassium are given none",
      level: 3,
      columns: ["mra", "potassium"],
      how: "mean at admission of those with Yes less those with No (mmol/L)",
      measure: withDrug("potassium", "mra"),
    },
    {
      kind: "effect",
      about: "Heart rate with a beta-blocker",
      level: 3,
      columns: ["beta_blocker", "heart_rate"],
      how: "mean at admission of those with Yes less those with No (/min)",
      measure: withDrug("heart_rate", "beta_blocker"),
    },
    {
      kind: "transition",
      about: "From NYHA I or II to III or IV at the next row",
      level: 4,
      columns: ["patient_id", "visit_at", "nyha"],
      how: "rows with I or II whose next has III or IV, for each year between those with I or II and their next",
      measure: (rows) => {
        const [from, to] = [rows.is("nyha", "I", "II"), rows.is("nyha", "III", "IV")];
        return transitionsPerYear(rows, { known: (row) => from(row) || to(row), from, to, clock });
      },
    },
    {
      kind: "transition",
      about: "SGLT2 inhibitor begun",
      level: 4,
      columns: ["patient_id", "visit_at", "sglt2_inhibitor"],
      how: "rows with No whose next has Yes, for each year between those with No and their next",
      measure: (rows) => {
        const [from, to] = [rows.is("sglt2_inhibitor", "No"), rows.is("sglt2_inhibitor", "Yes")];
        return transitionsPerYear(rows, { known: (row) => from(row) || to(row), from, to, clock });
      },
    },
  ];
}

const firstOf =
  (rows: PlantedRows): Which =>
  (row) =>
    rows.before(row) < 0;

const ejecting =
  (low: number, high: number) =>
  (rows: PlantedRows): number => {
    const [lvef, first] = [rows.number("lvef"), firstOf(rows)];
    const within: Which = (row) => lvef(row) >= low && lvef(row) < high;
    return shareIn(rows, within, (row) => first(row) && !Number.isNaN(lvef(row)));
  };

const withDrug =
  (sign: string, drug: string) =>
  (rows: PlantedRows): number => {
    const [value, first] = [rows.number(sign), firstOf(rows)];
    const mean = (level: string): number => {
      const given = rows.is(drug, level);
      return meanIn(rows, value, (row) => first(row) && given(row));
    };
    return mean("Yes") - mean("No");
  };
