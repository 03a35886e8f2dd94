import { sourced } from "../sourced-number.ts";
import type { Shared, SourcedNumber } from "../sourced-number.ts";

const ratio: Shared = {
  measure: "effect",
  unit: "1",
  population: "US adults, NHANES 2009 to 2012",
  source: "nhanes-2009",
  how: "computed",
  note: "A ratio: regression of the logarithm on diabetes, filtration below 60, body mass index, sex and band of age in the public rows.",
  range: [0.2, 20],
};
const added: Shared = {
  ...ratio,
  note: "A difference: regression on diabetes, filtration below 60, body mass index, sex and band of age in the public rows.",
  range: [-20, 20],
};
const judged: Partial<Shared> = { how: "chosen" };
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

const tromso: Partial<Shared> = {
  population: "5,152 adults of Tromsø, 2001 to 2002",
  source: "vold-2015",
  note: "Shares at 95% and less with and without it, as quantiles of a log-normal of people in their sixties.",
};
const gan: Partial<Shared> = {
  population: "stable COPD and controls, 14 studies",
  source: "gan-2004",
  note: "The standardised difference (0.53 for the protein, 0.44 for white cells) times the spread of the logarithm.",
};
const heart = (source: string, population: string, note: string): Partial<Shared> => ({
  source,
  population,
  note,
  how: "chosen",
});

/** What conditions add to a quantity of one age and sex: differences of even quantities, ratios of skewed ones. */
export const effectNumbers: readonly SourcedNumber[] = [
  ...sourced(added, [
    [
      "dbp.with.diabetes",
      "Diastolic pressure with diabetes",
      -2.5,
      {
        unit: "mmHg",
        how: "calibrated",
        note: "So that those with diabetes, of whom more have hypertension, have 129/70 mmHg as in the public rows.",
      },
    ],
    ["sbp.with.hypertension", "Systolic pressure with hypertension", 14, { ...egan, unit: "mmHg" }],
    ["dbp.with.hypertension", "Diastolic pressure with hypertension", 4, { ...egan, unit: "mmHg" }],
    ["albumin.with.diabetes", "Albumin with diabetes", -0.36, { unit: "g/L" }],
    ["albumin.with.ckd", "Albumin with chronic kidney disease", -0.7, { unit: "g/L" }],
    ["haematocrit.with.diabetes", "Haematocrit with diabetes", -0.5, { unit: "%" }],
    ["haematocrit.with.ckd", "Haematocrit with chronic kidney disease", -1.8, { unit: "%" }],
    ["sodium.with.diabetes", "Sodium with diabetes", -0.62, { unit: "mmol/L", ...later }],
    ["anion_gap.with.diabetes", "Anion gap with diabetes", 0.9, { unit: "mmol/L", ...later }],
    [
      "haematocrit.with.heart_failure",
      "Haematocrit with heart failure",
      -2,
      {
        ...judged,
        unit: "%",
        source: "groenveld-2008",
        population: "153,180 patients with heart failure of 34 studies",
        note: "37% of them were anaemic; the difference at one age is judged.",
      },
    ],
    [
      "haematocrit.with.cancer",
      "Haematocrit with a cancer at any time",
      -1,
      {
        ...judged,
        unit: "%",
        source: "ludwig-2004",
        population: "15,367 patients with cancer",
        note: "39% of those in treatment were anaemic; of all who ever had a cancer fewer, so less.",
      },
    ],
    ["mcv.with.diabetes", "Mean cell volume with diabetes", -0.8, { unit: "fL" }],
  ]),
  ...sourced(ratio, [
    ["desaturation.with.copd", "What saturation lacks with COPD", 1.32, tromso],
    ["desaturation.with.heart_failure", "What saturation lacks with heart failure", 1.11, tromso],
    ["crp.with.copd", "C-reactive protein with COPD", 1.7, gan],
    ["white_cells.with.copd", "White cells with COPD", 1.13, gan],
    [
      "nt_probnp.with.heart_failure",
      "NT-proBNP with heart failure",
      10,
      heart(
        "masson-2006",
        "3,916 patients with symptomatic heart failure",
        "Around 900 ng/L at 63 years in that trial; those of that age without heart disease have under 100.",
      ),
    ],
    [
      "nt_probnp.with.atrial_fibrillation",
      "NT-proBNP with atrial fibrillation",
      3.5,
      heart(
        "hijazi-2012",
        "6,189 patients with atrial fibrillation",
        "A median of 801 ng/L at 72 years, a third of them with heart failure; those of that age without heart disease have about 150.",
      ),
    ],
    [
      "nt_probnp.with.ckd",
      "NT-proBNP with chronic kidney disease",
      1.5,
      heart(
        "welsh-2022",
        "18,356 Scots without cardiovascular disease",
        "Rises as filtration falls; the size is judged.",
      ),
    ],
    [
      "troponin.with.heart_failure",
      "Troponin with heart failure",
      2,
      heart(
        "mcevoy-2023",
        "US adults, NHANES 1999 to 2004",
        "Raised far more often with heart and kidney disease; the size at one age is judged.",
      ),
    ],
    [
      "troponin.with.ckd",
      "Troponin with chronic kidney disease",
      1.8,
      heart(
        "mcevoy-2023",
        "US adults, NHANES 1999 to 2004",
        "Above the 99th centile in 65% of those with filtration below 60 and 2% of those over 90; age is in it.",
      ),
    ],
    [
      "troponin.with.diabetes",
      "Troponin with diabetes",
      1.3,
      heart(
        "mcevoy-2023",
        "US adults, NHANES 1999 to 2004",
        "Above the 99th centile in 10.1% with and 2.7% without diabetes; age is in it.",
      ),
    ],
    [
      "troponin.with.coronary_disease",
      "Troponin with coronary disease",
      1.3,
      heart(
        "mcevoy-2023",
        "US adults, NHANES 1999 to 2004",
        "Raised far more often with heart and kidney disease; the size at one age is judged.",
      ),
    ],
    [
      "bmi.with.diabetes",
      "Body mass index above its least, with diabetes",
      1.07,
      {
        how: "calibrated",
        note: "So that those with diabetes, already more often obese, have 32.9 kg/m2 as in the public rows.",
      },
    ],
    ["heart_rate.with.diabetes", "Heart rate with diabetes", 1.028],
    [
      "heart_rate.with.heart_failure",
      "Heart rate with heart failure",
      1.05,
      {
        ...judged,
        source: "masson-2006",
        population: "3,916 patients with symptomatic heart failure",
        note: "Slightly faster than others of their age; the size is judged.",
      },
    ],
    ["hdl.with.diabetes", "HDL cholesterol with diabetes", 0.925],
    ["triglycerides.with.diabetes", "Triglycerides with diabetes", 1.12],
    ["triglycerides.with.ckd", "Triglycerides with chronic kidney disease", 1.07],
    ["hdl.with.ckd", "HDL cholesterol with chronic kidney disease", 0.952],
    ["ldl.with.diabetes", "LDL cholesterol with diabetes", 0.864],
    ["white_cells.with.diabetes", "White cells with diabetes", 1.05],
    ["crp.with.ckd", "C-reactive protein with chronic kidney disease", 1.07],
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
