import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { transitionsPerYear } from "../planted-courses.ts";
import { changeToNext, correlationIn, firstOf, meanIn, shareIn } from "../planted-rows.ts";
import type { PlantedRows, Which } from "../planted-rows.ts";
import type { Planted } from "../planted.ts";
import { YEAR } from "../simulating/calendar.ts";

const clock = { time: "visit_at", perYear: YEAR } as const;

/** What the table of heart failure holds on purpose. */
export function heartFailurePlanted(numbers: Numbers): Planted[] {
  return [...atAdmission(numbers), ...inTheYear(numbers)];
}

function atAdmission(numbers: Numbers): Planted[] {
  const of = numbersOf(numbers, "hf");
  return [
    {
      kind: "prevalence",
      about: "Diabetes",
      level: 3,
      columns: ["diabetes"],
      value: of("diabetes.share"),
      how: "share with Yes",
      measure: (rows) => shareIn(rows, rows.is("diabetes", "Yes")),
    },
    {
      kind: "prevalence",
      about: "In intensive care",
      level: 3,
      columns: ["ward"],
      how: "share with Intensive care",
      measure: (rows) => shareIn(rows, rows.is("ward", "Intensive care")),
    },
    {
      kind: "prevalence",
      about: "Takes an SGLT2 inhibitor",
      level: 3,
      columns: ["sglt2_inhibitor"],
      value: of("sglt2.share"),
      how: "share with Yes",
      measure: (rows) => shareIn(rows, rows.is("sglt2_inhibitor", "Yes")),
    },
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
      columns: ["heart_rate", "beta_blocker", "atrial_fibrillation"],
      value: of("heart_rate.beta_blocker"),
      how: "of those without atrial fibrillation: mean with one, less mean without (/min)",
      measure: (rows) => {
        const steady = rows.is("atrial_fibrillation", "No");
        return withDrug("heart_rate", "beta_blocker", steady)(rows);
      },
    },
    {
      kind: "correlation",
      about: "Systolic and diastolic pressure",
      level: 3,
      columns: ["sbp", "dbp"],
      value: of("correlation.sbp.dbp"),
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
  ];
}

function inTheYear(numbers: Numbers): Planted[] {
  const of = numbersOf(numbers, "hf");
  return [
    {
      kind: "prevalence",
      about: "Emergency visits for high potassium",
      level: 4,
      columns: ["visit_kind"],
      how: "share of rows with Emergency visit",
      measure: (rows) => shareIn(rows, rows.is("visit_kind", "Emergency visit")),
    },
    {
      kind: "transition",
      about: "An SGLT2 inhibitor is begun at a planned visit",
      level: 4,
      columns: ["patient_id", "visit_kind", "sglt2_inhibitor"],
      value: of("titration.sglt2"),
      how: "of planned visits whose row before has No: share with Yes",
      measure: (rows) => {
        const [planned, without] = [rows.is("visit_kind", "Planned visit"), rows.is("sglt2_inhibitor", "No")];
        const which: Which = (row) => planned(row) && rows.before(row) >= 0 && without(rows.before(row));
        return shareIn(rows, rows.is("sglt2_inhibitor", "Yes"), which);
      },
    },
    {
      kind: "transition",
      about: "Readmission before the next planned visit",
      level: 4,
      columns: ["patient_id", "visit_kind"],
      how: "of rows that have a next one: share whose next is Readmission",
      measure: (rows) => {
        const again = rows.is("visit_kind", "Readmission");
        return shareIn(
          rows,
          (row) => again(rows.next(row)),
          (row) => rows.next(row) >= 0,
        );
      },
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
      about: "An SGLT2 inhibitor is begun, a year",
      level: 4,
      columns: ["patient_id", "visit_at", "sglt2_inhibitor"],
      how: "rows with No whose next has Yes, for each year between those with No and their next",
      measure: (rows) => {
        const [from, to] = [rows.is("sglt2_inhibitor", "No"), rows.is("sglt2_inhibitor", "Yes")];
        return transitionsPerYear(rows, { known: (row) => from(row) || to(row), from, to, clock });
      },
    },
    {
      kind: "effect",
      about: "Potassium once an MRA is begun",
      level: 4,
      columns: ["patient_id", "visit_kind", "mra", "potassium"],
      how: "of planned visits with a potassium below 5 whose row before has no MRA: mean change to the next row where one is begun, less that where none is (mmol/L)",
      measure: (rows) => mraEffect(rows, numbers.of("hf.mra.potassium.start")),
    },
    {
      kind: "correlation",
      about: "Systolic pressure of a visit and the next",
      level: 4,
      columns: ["patient_id", "sbp"],
      how: "over pairs of rows of a patient",
      measure: (rows) => {
        const sbp = rows.number("sbp");
        return correlationIn(rows, sbp, (row) => (rows.next(row) < 0 ? NaN : sbp(rows.next(row))));
      },
    },
  ];
}

const ejecting =
  (low: number, high: number) =>
  (rows: PlantedRows): number => {
    const [lvef, first] = [rows.number("lvef"), firstOf(rows)];
    const within: Which = (row) => lvef(row) >= low && lvef(row) < high;
    return shareIn(rows, within, (row) => first(row) && !Number.isNaN(lvef(row)));
  };

const withDrug =
  (sign: string, drug: string, which: Which = () => true) =>
  (rows: PlantedRows): number => {
    const [value, first] = [rows.number(sign), firstOf(rows)];
    const mean = (level: string): number => {
      const given = rows.is(drug, level);
      return meanIn(rows, value, (row) => first(row) && which(row) && given(row));
    };
    return mean("Yes") - mean("No");
  };

/** Change of potassium once an MRA is begun, of those whom it may be given. */
function mraEffect(rows: PlantedRows, limit: number): number {
  const [planned, without] = [rows.is("visit_kind", "Planned visit"), rows.is("mra", "No")];
  const potassium = rows.number("potassium");
  const change = changeToNext(rows, "potassium");
  const to = (answer: string): number => {
    const takes = rows.is("mra", answer);
    return meanIn(rows, change, (row) => {
      const before = rows.before(row);
      return planned(row) && before >= 0 && without(before) && potassium(row) < limit && takes(row);
    });
  };
  return to("Yes") - to("No");
}
