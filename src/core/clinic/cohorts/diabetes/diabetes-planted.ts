import { glycation } from "../labs/formulas.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { correlationIn, meanIn, shareIn, slopeIn } from "../planted-rows.ts";
import type { PlantedRows, Which } from "../planted-rows.ts";
import type { Planted } from "../planted.ts";

/** What the table of the diabetes clinic holds on purpose. */
export function diabetesPlanted(numbers: Numbers): Planted[] {
  return [...atOnce(numbers), ...overTime(numbers)];
}

function atOnce(numbers: Numbers): Planted[] {
  const { meanGlucose } = glycation(numbers);
  return [
    {
      kind: "prevalence",
      about: "Type 1",
      level: 3,
      columns: ["diabetes_type"],
      how: "share with Type 1",
      measure: (rows) => shareIn(rows, rows.is("diabetes_type", "Type 1")),
    },
    {
      kind: "prevalence",
      about: "SGLT2 inhibitor beside another drug",
      level: 3,
      columns: ["diabetes_type", "treatment", "sglt2_inhibitor"],
      value: numbers.of("dc.sglt2.share"),
      how: "of those with type 2 and a treatment other than Diet: share with Yes",
      measure: (rows) => {
        const [second, diet] = [rows.is("diabetes_type", "Type 2"), rows.is("treatment", "Diet")];
        return shareIn(rows, rows.is("sglt2_inhibitor", "Yes"), (row) => second(row) && !diet(row));
      },
    },
    {
      kind: "effect",
      about: "Glucose with HbA1c",
      level: 3,
      columns: ["hba1c", "glucose"],
      value: numbers.of("glucose.with.follows") * (meanGlucose(1) - meanGlucose(0)),
      how: "slope of glucose on HbA1c (mmol/L for each mmol/mol)",
      measure: (rows) => slopeIn(rows, rows.number("hba1c"), rows.number("glucose")),
    },
    {
      kind: "correlation",
      about: "HbA1c and glucose",
      level: 3,
      columns: ["hba1c", "glucose"],
      how: "of all rows with both",
      measure: (rows) => correlationIn(rows, rows.number("hba1c"), rows.number("glucose")),
    },
    {
      kind: "correlation",
      about: "Age and filtration",
      level: 3,
      columns: ["age", "egfr"],
      how: "of all rows with both",
      measure: (rows) => correlationIn(rows, rows.number("age"), rows.number("egfr")),
    },
    {
      kind: "correlation",
      about: "Years with diabetes and albumin in urine",
      level: 3,
      columns: ["duration_years", "acr"],
      how: "of duration_years and the logarithm of acr, where that is above 0",
      measure: (rows) => {
        const acr = rows.number("acr");
        const log = (row: number): number => (acr(row) > 0 ? Math.log(acr(row)) : NaN);
        return correlationIn(rows, rows.number("duration_years"), log);
      },
    },
  ];
}

function overTime(numbers: Numbers): Planted[] {
  const of = (id: string): number => numbers.of(`dc.${id}`);
  const [high, filtered] = [of("intensify.from"), of("sglt2.egfr")];
  return [
    {
      kind: "transition",
      about: "Treatment is stepped up where HbA1c is too high",
      level: 4,
      columns: ["patient_id", "diabetes_type", "hba1c", "treatment", "missed_before"],
      value: of("intensify.share"),
      how: "of rows with type 2, Tablets and an HbA1c at least 10 above the limit, whose next review is the year after: share whose next row has another treatment",
      measure: (rows) => {
        const held = rows.is("treatment", "Tablets");
        const [which, later] = [tooHigh(rows, high), rows.is("treatment", "Tablets", "GLP-1", "Insulin")];
        return shareIn(
          rows,
          (row) => later(rows.next(row)) && !held(rows.next(row)),
          (row) => which(row) && held(row),
        );
      },
    },
    {
      kind: "transition",
      about: "An SGLT2 inhibitor is begun",
      level: 4,
      columns: ["patient_id", "diabetes_type", "treatment", "egfr", "sglt2_inhibitor", "missed_before"],
      value: of("sglt2.begun"),
      how: "of rows with type 2, a treatment other than Diet, no SGLT2 inhibitor and an eGFR at least 10 above the limit, whose next review is the year after: share whose next row has Yes",
      measure: (rows) => {
        const begun = rows.is("sglt2_inhibitor", "Yes");
        return shareIn(rows, (row) => begun(rows.next(row)), mayBegin(rows, filtered));
      },
    },
    {
      kind: "transition",
      about: "Retinopathy is seen for the first time",
      level: 4,
      columns: ["patient_id", "retinopathy"],
      how: "of rows with No that have a next row with Yes or No: share with Yes",
      measure: (rows) => {
        const [no, yes] = [rows.is("retinopathy", "No"), rows.is("retinopathy", "Yes")];
        const seen: Which = (row) => rows.next(row) >= 0 && (no(rows.next(row)) || yes(rows.next(row)));
        return shareIn(
          rows,
          (row) => yes(rows.next(row)),
          (row) => no(row) && seen(row),
        );
      },
    },
    {
      kind: "effect",
      about: "Systolic pressure once an SGLT2 inhibitor is begun",
      level: 4,
      columns: [
        "patient_id",
        "diabetes_type",
        "treatment",
        "egfr",
        "sglt2_inhibitor",
        "missed_before",
        "sbp",
      ],
      value: of("sbp.sglt2"),
      how: "mean change to the next row where one is begun, less that where none is (mmHg), of the rows of the transition",
      measure: (rows) => begunAgainstNot(rows, filtered, "sbp"),
    },
    {
      kind: "effect",
      about: "HbA1c once an SGLT2 inhibitor is begun",
      level: 4,
      columns: [
        "patient_id",
        "diabetes_type",
        "treatment",
        "egfr",
        "sglt2_inhibitor",
        "missed_before",
        "hba1c",
      ],
      value: of("hba1c.sglt2"),
      how: "mean change to the next row where one is begun, less that where none is (mmol/mol), of the rows of the transition",
      measure: (rows) => begunAgainstNot(rows, filtered, "hba1c"),
    },
    {
      kind: "effect",
      about: "HbA1c once insulin is begun",
      level: 4,
      columns: ["patient_id", "diabetes_type", "treatment", "hba1c", "missed_before"],
      value: of("hba1c.insulin"),
      how: "of rows with type 2, Tablets and an HbA1c at least 10 above the limit, whose next review is the year after: mean change to a next row with Insulin, less that to one with Tablets (mmol/mol)",
      measure: (rows) => {
        const [which, held] = [tooHigh(rows, high), rows.is("treatment", "Tablets")];
        const change = changeOf(rows, "hba1c");
        const to = (treatment: string): number => {
          const given = rows.is("treatment", treatment);
          return meanIn(rows, change, (row) => which(row) && held(row) && given(rows.next(row)));
        };
        return to("Insulin") - to("Tablets");
      },
    },
  ];
}

/** Change of a column to the patient's next row. */
function changeOf(rows: PlantedRows, name: string): (row: number) => number {
  const value = rows.number(name);
  return (row) => (rows.next(row) < 0 ? NaN : value(rows.next(row)) - value(row));
}

/** The next review is that of the year after. */
function aYearOn(rows: PlantedRows): Which {
  const missed = rows.number("missed_before");
  return (row) => rows.next(row) >= 0 && missed(rows.next(row)) === 0;
}

/** Clearly above the limit, so that what the device adds does not decide. */
function tooHigh(rows: PlantedRows, limit: number): Which {
  const [second, on, hba1c] = [rows.is("diabetes_type", "Type 2"), aYearOn(rows), rows.number("hba1c")];
  return (row) => second(row) && on(row) && hba1c(row) >= limit + 10;
}

function mayBegin(rows: PlantedRows, limit: number): Which {
  const [second, on, egfr] = [rows.is("diabetes_type", "Type 2"), aYearOn(rows), rows.number("egfr")];
  const [diet, without] = [rows.is("treatment", "Diet"), rows.is("sglt2_inhibitor", "No")];
  return (row) => second(row) && on(row) && without(row) && !diet(row) && egfr(row) >= limit + 10;
}

function begunAgainstNot(rows: PlantedRows, limit: number, name: string): number {
  const [which, begun, change] = [
    mayBegin(rows, limit),
    rows.is("sglt2_inhibitor", "Yes"),
    changeOf(rows, name),
  ];
  const to = (yes: boolean): number =>
    meanIn(rows, change, (row) => which(row) && begun(rows.next(row)) === yes);
  return to(true) - to(false);
}
