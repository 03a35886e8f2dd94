import { glycation } from "../labs/formulas.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { changeAtStart, changePerYear, transitionsPerYear } from "../planted-courses.ts";
import { changeToNext, correlationIn, firstOf, meanIn, shareIn, slopeIn } from "../planted-rows.ts";
import type { PlantedRows, Which } from "../planted-rows.ts";
import type { Planted } from "../planted.ts";

/** What the table of the diabetes clinic holds on purpose. */
export function diabetesPlanted(numbers: Numbers): Planted[] {
  return [...atOnce(numbers), ...toNextReview(numbers), ...byYear(numbers)];
}

function atOnce(numbers: Numbers): Planted[] {
  const { meanGlucose } = glycation(numbers);
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
      how: "first review of each patient",
      measure: (rows) => correlationIn(rows, rows.number("hba1c"), rows.number("glucose"), firstOf(rows)),
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

/** What one review does to the next. */
function toNextReview(numbers: Numbers): Planted[] {
  const of = numbersOf(numbers, "dc");
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
        const change = changeToNext(rows, "hba1c");
        const to = (treatment: string): number => {
          const given = rows.is("treatment", treatment);
          return meanIn(rows, change, (row) => which(row) && held(row) && given(rows.next(row)));
        };
        return to("Insulin") - to("Tablets");
      },
    },
  ];
}

const clock = { time: "duration_years", perYear: 1 } as const;

/** What publications say of each year of a patient. */
function byYear(numbers: Numbers): Planted[] {
  const of = (id: string): number => numbers.of(`dc.${id}`);
  return [
    {
      kind: "prevalence",
      about: "Emergency admission in the year after a review",
      level: 4,
      columns: ["emergency_admission"],
      how: "share of reviews with Yes",
      measure: (rows) => shareIn(rows, rows.is("emergency_admission", "Yes")),
    },
    {
      kind: "transition",
      about: "From no albuminuria to microalbuminuria or more, a year",
      level: 4,
      columns: ["patient_id", "duration_years", "acr"],
      value: of("albuminuria.micro"),
      how: "reviews with acr below 3 whose next has 3 or more, for each year between those with acr below 3 and their next",
      measure: albuminuria(0, 3),
    },
    {
      kind: "transition",
      about: "From micro- to macroalbuminuria, a year",
      level: 4,
      columns: ["patient_id", "duration_years", "acr"],
      value: of("albuminuria.macro"),
      how: "reviews with acr from 3 to below 30 whose next has 30 or more, for each year between those and their next",
      measure: albuminuria(3, 30),
    },
    {
      kind: "transition",
      about: "New retinopathy, a year",
      level: 4,
      columns: ["patient_id", "duration_years", "retinopathy"],
      value: of("retinopathy.rate"),
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
      value: of("egfr.slope"),
      how: "change of egfr a year from review to next review, both with No and acr below 30",
      measure: filtration("No"),
    },
    {
      kind: "effect",
      about: "Filtration each year with an SGLT2 inhibitor",
      level: 4,
      columns: ["patient_id", "duration_years", "egfr", "sglt2_inhibitor", "acr"],
      value: of("egfr.slope.sglt2"),
      how: "change of egfr a year from review to next review, both with Yes and acr below 30",
      measure: filtration("Yes"),
    },
    {
      kind: "effect",
      about: "HbA1c at the review at which an SGLT2 inhibitor is first named",
      level: 4,
      columns: ["patient_id", "hba1c", "sglt2_inhibitor"],
      value: of("hba1c.sglt2"),
      how: "mean change since the review before, from No to Yes, less that from No to No (mmol/mol)",
      measure: (rows) => changeAtStart(rows, "hba1c", rows.is("sglt2_inhibitor", "Yes")),
    },
  ];
}

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
    changeToNext(rows, name),
  ];
  const to = (yes: boolean): number =>
    meanIn(rows, change, (row) => which(row) && begun(rows.next(row)) === yes);
  return to(true) - to(false);
}
