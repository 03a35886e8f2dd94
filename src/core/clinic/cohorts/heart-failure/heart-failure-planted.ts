import type { Numbers } from "../numbers/numbers.ts";
import { correlationIn, meanIn, shareIn } from "../planted-rows.ts";
import type { PlantedRows, Which } from "../planted-rows.ts";
import type { Planted } from "../planted.ts";

/** What the table of heart failure holds on purpose. */
export function heartFailurePlanted(numbers: Numbers): Planted[] {
  return [...atAdmission(numbers), ...inTheYear(numbers)];
}

function atAdmission(numbers: Numbers): Planted[] {
  const of = (id: string): number => numbers.of(`hf.${id}`);
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
      kind: "effect",
      about: "Heart rate with a beta-blocker",
      level: 3,
      columns: ["heart_rate", "beta_blocker", "atrial_fibrillation"],
      value: of("heart_rate.beta_blocker"),
      how: "of those without atrial fibrillation: mean with one, less mean without (/min)",
      measure: (rows) => {
        const [rate, steady] = [rows.number("heart_rate"), rows.is("atrial_fibrillation", "No")];
        const with_ = (answer: string): number => {
          const takes = rows.is("beta_blocker", answer);
          return meanIn(rows, rate, (row) => steady(row) && takes(row));
        };
        return with_("Yes") - with_("No");
      },
    },
    {
      kind: "correlation",
      about: "Systolic and diastolic pressure",
      level: 3,
      columns: ["sbp", "dbp"],
      how: "of all rows with both",
      measure: (rows) => correlationIn(rows, rows.number("sbp"), rows.number("dbp")),
    },
    {
      kind: "correlation",
      about: "NT-proBNP and creatinine",
      level: 3,
      columns: ["nt_probnp", "creatinine"],
      how: "of their logarithms",
      measure: (rows) => {
        const log = (name: string): ((row: number) => number) => {
          const value = rows.number(name);
          return (row) => Math.log(value(row));
        };
        return correlationIn(rows, log("nt_probnp"), log("creatinine"));
      },
    },
  ];
}

function inTheYear(numbers: Numbers): Planted[] {
  const of = (id: string): number => numbers.of(`hf.${id}`);
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

function mraEffect(rows: PlantedRows, limit: number): number {
  const [planned, without] = [rows.is("visit_kind", "Planned visit"), rows.is("mra", "No")];
  const potassium = rows.number("potassium");
  const change = (row: number): number =>
    rows.next(row) < 0 ? NaN : potassium(rows.next(row)) - potassium(row);
  const to = (answer: string): number => {
    const takes = rows.is("mra", answer);
    return meanIn(rows, change, (row) => {
      const before = rows.before(row);
      return planned(row) && before >= 0 && without(before) && potassium(row) < limit && takes(row);
    });
  };
  return to("Yes") - to("No");
}
