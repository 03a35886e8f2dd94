import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { correlationIn, meanIn, oddsRatioIn, shareIn, slopeIn } from "../planted-rows.ts";
import type { PlantedRows, Which } from "../planted-rows.ts";
import type { Planted } from "../planted.ts";

/** What the table of maternity holds on purpose. */
export function maternityPlanted(numbers: Numbers): Planted[] {
  return [...ofPregnancies(numbers), ...ofVisits(numbers)];
}

function ofPregnancies(numbers: Numbers): Planted[] {
  return [
    {
      kind: "prevalence",
      about: "Twins",
      level: 3,
      columns: ["twins"],
      value: numbers.of("maternity.twins"),
      how: "share with Yes",
      measure: (rows) => shareIn(rows, rows.is("twins", "Yes")),
    },
    {
      kind: "prevalence",
      about: "Diabetes before pregnancy",
      level: 3,
      columns: ["diabetes"],
      value: numbers.of("maternity.diabetes"),
      how: "share with Yes",
      measure: (rows) => shareIn(rows, rows.is("diabetes", "Yes")),
    },
    {
      kind: "prevalence",
      about: "Pre-eclampsia",
      level: 3,
      columns: ["preeclampsia"],
      how: "share with Yes",
      measure: (rows) => shareIn(rows, rows.is("preeclampsia", "Yes")),
    },
    {
      kind: "effect",
      about: "Relative risk of pre-eclampsia with aspirin",
      level: 3,
      columns: ["preeclampsia", "aspirin", "previous_preeclampsia", "hypertension", "diabetes"],
      value: numbers.of("aspirin.preeclampsia"),
      how: "of those with earlier pre-eclampsia and neither hypertension nor diabetes: share with Yes with aspirin, over that without",
      measure: (rows) => {
        const [before, takes] = [rows.is("previous_preeclampsia", "Yes"), rows.is("aspirin", "Yes")];
        const [high, sugar] = [rows.is("hypertension", "Yes"), rows.is("diabetes", "Yes")];
        const at = (yes: boolean): number =>
          shareIn(
            rows,
            rows.is("preeclampsia", "Yes"),
            (row) => before(row) && !high(row) && !sugar(row) && takes(row) === yes,
          );
        return at(true) / at(false);
      },
    },
    {
      kind: "effect",
      about: "Odds of a caesarean with twins",
      level: 3,
      columns: ["caesarean", "twins", "preeclampsia"],
      value: numbers.of("maternity.caesarean.twins"),
      how: "odds ratio, of those without pre-eclampsia",
      measure: (rows) =>
        oddsRatioIn(
          rows,
          rows.is("caesarean", "Yes"),
          rows.is("twins", "Yes"),
          rows.is("preeclampsia", "No"),
        ),
    },
    {
      kind: "effect",
      about: "Odds of a caesarean with pre-eclampsia",
      level: 3,
      columns: ["caesarean", "twins", "preeclampsia"],
      how: "odds ratio, of those with one child",
      measure: (rows) =>
        oddsRatioIn(
          rows,
          rows.is("caesarean", "Yes"),
          rows.is("preeclampsia", "Yes"),
          rows.is("twins", "No"),
        ),
    },
    {
      kind: "correlation",
      about: "Glucose fasting and after two hours",
      level: 3,
      columns: ["ogtt_fasting", "ogtt_2h", "diabetes"],
      how: "of those without diabetes before",
      measure: (rows) =>
        correlationIn(rows, rows.number("ogtt_fasting"), rows.number("ogtt_2h"), rows.is("diabetes", "No")),
    },
    {
      kind: "correlation",
      about: "Week of birth and weight",
      level: 3,
      columns: ["gestation_at_birth", "birth_weight_g"],
      how: "of all rows",
      measure: (rows) =>
        correlationIn(rows, rows.number("gestation_at_birth"), rows.number("birth_weight_g")),
    },
  ];
}

function ofVisits(numbers: Numbers): Planted[] {
  const of = numbersOf(numbers, "preeclampsia");
  const [systolic, diastolic, leaks] = [of("sbp"), of("dbp"), numbers.of("protein.from")];
  const [turn, end] = [numbers.of("pregnant.sbp.week"), numbers.of("pregnant.end")];
  return [
    {
      kind: "effect",
      about: "Systolic pressure at the end less that in the middle of pregnancy",
      level: 4,
      columns: ["gestational_week", "sbp", "hypertension", "preeclampsia"],
      how: "of those with neither hypertension nor pre-eclampsia nor drugs: mean within 2 weeks of week 40, less that within 3 of week 18.6 (mmHg)",
      measure: (rows) => {
        const [week, sbp] = [rows.number("gestational_week"), rows.number("sbp")];
        const no = ["hypertension", "preeclampsia", "antihypertensive"].map((name) => rows.is(name, "No"));
        const near = (at: number, within: number): number =>
          meanIn(rows, sbp, (row) => Math.abs(week(row) - at) <= within && no.every((is) => is(row)));
        return near(end, 2) - near(turn, 3);
      },
    },
    {
      kind: "effect",
      about: "Height of the uterus by week",
      level: 4,
      columns: ["gestational_week", "fundal_height_cm"],
      value: 1,
      how: "slope of fundal_height_cm on gestational_week (cm a week)",
      measure: (rows) => slopeIn(rows, rows.number("gestational_week"), rows.number("fundal_height_cm")),
    },
    {
      kind: "effect",
      about: "Systolic pressure with antihypertensives in pre-eclampsia",
      level: 4,
      columns: ["urine_protein", "antihypertensive", "sbp"],
      value: numbers.of("antihypertensive.sbp"),
      how: "of rows with 30 mg/mmol or more of protein in urine: mean with Yes, less mean with No (mmHg)",
      measure: (rows) => {
        const [protein, sbp] = [rows.number("urine_protein"), rows.number("sbp")];
        const at = (answer: string): number => {
          const takes = rows.is("antihypertensive", answer);
          return meanIn(rows, sbp, (row) => protein(row) >= leaks && takes(row));
        };
        return at("Yes") - at("No");
      },
    },
    {
      kind: "transition",
      about: "Antihypertensives after a raised pressure",
      level: 4,
      columns: ["patient_id", "sbp", "dbp", "antihypertensive"],
      how: "of rows with 140/90 mmHg or more that have a next one: share whose next row has Yes",
      measure: (rows) => {
        const given = rows.is("antihypertensive", "Yes");
        return shareIn(rows, (row) => given(rows.next(row)), raised(rows, systolic, diastolic));
      },
    },
  ];
}

function raised(rows: PlantedRows, systolic: number, diastolic: number): Which {
  const [sbp, dbp] = [rows.number("sbp"), rows.number("dbp")];
  return (row) => rows.next(row) >= 0 && (sbp(row) >= systolic || dbp(row) >= diastolic);
}
