import { sourced } from "./sourced-number.ts";
import type { Shared, SourcedNumber } from "./sourced-number.ts";

const ratio: Shared = {
  measure: "effect",
  unit: "1",
  population: "US adults, NHANES 2009 to 2012",
  source: "nhanes-2009",
  how: "computed",
  note: "A ratio: regression of the logarithm on diabetes, filtration below 60, sex and band of age in the public rows.",
  range: [0.2, 20],
};
const added: Shared = {
  ...ratio,
  note: "A difference: regression on diabetes, filtration below 60, sex and band of age in the public rows.",
  range: [-20, 20],
};
const judged: Partial<Shared> = {
  how: "chosen",
  note: "Between those with and without it of one age and sex; the source gives the direction and a size for whole groups.",
};
const later: Partial<Shared> = {
  population: "US adults, NHANES 2017 to 2018",
  source: "nhanes-2017",
  note: "A difference: regression on HbA1c of 6.5% and more, filtration below 60, sex and band of age in the public rows.",
};
const egan: Partial<Shared> = {
  population: "US adults with hypertension, NHANES 2007 to 2008",
  source: "egan-2010",
  how: "chosen",
  note: "They had 135/74 mmHg on average, mostly treated; the difference from others of their age is less than that from all adults.",
};

/** What conditions add to a quantity of one age and sex: differences of even quantities, ratios of skewed ones. */
export const effectNumbers: readonly SourcedNumber[] = [
  ...sourced(added, [
    ["sbp.with.diabetes", "Systolic pressure with diabetes", 3, { unit: "mmHg" }],
    ["dbp.with.diabetes", "Diastolic pressure with diabetes", -0.8, { unit: "mmHg" }],
    ["sbp.with.hypertension", "Systolic pressure with hypertension", 14, { ...egan, unit: "mmHg" }],
    ["dbp.with.hypertension", "Diastolic pressure with hypertension", 4, { ...egan, unit: "mmHg" }],
    ["albumin.with.diabetes", "Albumin with diabetes", -0.9, { unit: "g/L" }],
    ["albumin.with.ckd", "Albumin with chronic kidney disease", -0.7, { unit: "g/L" }],
    ["haematocrit.with.diabetes", "Haematocrit with diabetes", -0.6, { unit: "%" }],
    ["haematocrit.with.ckd", "Haematocrit with chronic kidney disease", -1.7, { unit: "%" }],
    ["sodium.with.diabetes", "Sodium with diabetes", -0.62, { unit: "mmol/L", ...later }],
    ["anion_gap.with.diabetes", "Anion gap with diabetes", 0.9, { unit: "mmol/L", ...later }],
    ["mcv.with.diabetes", "Mean cell volume with diabetes", -1.6, { unit: "fL" }],
  ]),
  ...sourced(ratio, [
    ["bmi.with.diabetes", "Body mass index with diabetes", 1.14],
    ["heart_rate.with.diabetes", "Heart rate with diabetes", 1.033],
    ["heart_rate.with.heart_failure", "Heart rate with heart failure", 1.05, judged],
    ["hdl.with.diabetes", "HDL cholesterol with diabetes", 0.89],
    ["triglycerides.with.diabetes", "Triglycerides with diabetes", 1.2],
    ["triglycerides.with.ckd", "Triglycerides with chronic kidney disease", 1.09],
    ["hdl.with.ckd", "HDL cholesterol with chronic kidney disease", 0.93],
    ["ldl.with.diabetes", "LDL cholesterol with diabetes", 0.88],
    ["white_cells.with.diabetes", "White cells with diabetes", 1.08],
    ["crp.with.diabetes", "C-reactive protein with diabetes", 1.39],
    ["crp.with.ckd", "C-reactive protein with chronic kidney disease", 1.16],
  ]),
];

/** Conditions that move a quantity, by its name. */
export const effects: ReadonlyMap<string, readonly string[]> = conditionsByQuantity();

function conditionsByQuantity(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { id } of effectNumbers) {
    const [name, condition] = id.split(".with.") as [string, string];
    found.set(name, [...(found.get(name) ?? []), condition]);
  }
  return found;
}
