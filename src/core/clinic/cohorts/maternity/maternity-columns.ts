import { age } from "../common-columns.ts";
import type { CohortColumn, Shown } from "../cohort.ts";
import { DAY } from "../simulating/calendar.ts";
import type { Level } from "../simulating/stage.ts";

const whole: Shown = { as: "number", decimals: 0 };
const tenths: Shown = { as: "number", decimals: 1 };
const yesNo: Shown = { as: "yes-no" };

type Told = Partial<Omit<CohortColumn, "name" | "level" | "shown" | "reason">>;

const column = (level: Level, name: string, shown: Shown, reason: string, told: Told = {}): CohortColumn => ({
  name,
  level,
  shown,
  reason,
  ...told,
});

/** One row a pregnancy up to level 3, one a visit at level 4; the caesarean, an outcome, last. */
export const maternityColumns: readonly CohortColumn[] = [
  column(4, "visit_date", { as: "date", pattern: "YYYY-MM-DD", step: DAY }, "Date of the antenatal visit."),
  column(4, "gestational_week", whole, "Completed weeks of pregnancy.", { unit: "weeks", loinc: "49051-6" }),
  age,
  column(1, "height_cm", whole, "Whole centimetres.", { unit: "cm", loinc: "8302-2", steady: true }),
  column(1, "weight_kg", tenths, "Kilograms with one decimal.", { unit: "kg", loinc: "29463-7" }),
  column(1, "bmi", tenths, "kg/m² with one decimal, from weight and height.", {
    unit: "kg/m²",
    loinc: "39156-5",
  }),
  column(1, "sbp", whole, "Whole mmHg.", { unit: "mmHg", loinc: "8480-6" }),
  column(1, "dbp", whole, "Whole mmHg.", { unit: "mmHg", loinc: "8462-4" }),
  column(1, "heart_rate", whole, "Beats per minute.", { unit: "/min", loinc: "8867-4" }),
  column(1, "spo2", whole, "Whole percent.", { unit: "%", loinc: "59408-5" }),
  column(2, "haemoglobin", whole, "g/L.", { unit: "g/L", loinc: "718-7" }),
  column(2, "white_cells", tenths, "10⁹/L with one decimal.", { unit: "10⁹/L", loinc: "6690-2" }),
  column(2, "platelets", whole, "10⁹/L.", { unit: "10⁹/L", loinc: "777-3" }),
  column(2, "creatinine", whole, "Whole µmol/L.", { unit: "µmol/L", loinc: "14682-9" }),
  column(2, "urine_protein", whole, "Protein to creatinine in urine, mg/mmol.", {
    unit: "mg/mmol",
    loinc: "34366-5",
  }),
  column(2, "ogtt_fasting", tenths, "Glucose test of weeks 24 to 28, fasting, mmol/L.", {
    unit: "mmol/L",
    loinc: "14771-0",
    steady: true,
  }),
  column(2, "ogtt_2h", tenths, "Glucose test of weeks 24 to 28, after two hours, mmol/L.", {
    unit: "mmol/L",
    loinc: "14995-5",
    steady: true,
  }),
  column(3, "parity", whole, "Births before this pregnancy.", { loinc: "11977-6", steady: true }),
  column(3, "smokes", yesNo, "Yes or no, in this pregnancy.", { steady: true }),
  column(3, "twins", yesNo, "Yes or no.", { steady: true }),
  column(3, "hypertension", yesNo, "Yes or no, before pregnancy.", { steady: true }),
  column(3, "diabetes", yesNo, "Yes or no, before pregnancy.", { steady: true }),
  column(3, "previous_preeclampsia", yesNo, "Yes or no, in an earlier pregnancy.", { steady: true }),
  column(3, "aspirin", yesNo, "Yes or no, against pre-eclampsia.", { steady: true }),
  column(4, "fundal_height_cm", whole, "Height of the uterus, whole centimetres, from week 24 on.", {
    unit: "cm",
    loinc: "11881-0",
  }),
  column(4, "antihypertensive", yesNo, "Yes or no, labetalol or nifedipine at this visit."),
  column(3, "gestational_diabetes", yesNo, "Yes or no, by the limits of the glucose test.", { steady: true }),
  column(3, "preeclampsia", yesNo, "Yes or no, in this pregnancy.", { steady: true }),
  column(3, "gestation_at_birth", whole, "Completed weeks at birth.", {
    unit: "weeks",
    loinc: "76516-4",
    steady: true,
  }),
  column(3, "birth_weight_g", whole, "Grams; of twins the first.", {
    unit: "g",
    loinc: "8339-4",
    steady: true,
  }),
  column(3, "caesarean", yesNo, "Yes or no; the last column, an outcome.", { role: "target", steady: true }),
];
