import { sourced } from "../sourced-number.ts";
import type { Shared, SourcedNumber } from "../sourced-number.ts";

const ratio = (source: string, population: string): Shared => ({
  measure: "hazard ratio",
  unit: "1",
  population,
  source,
  how: "stated",
  range: [0.3, 5],
});

/** Readmission and death over the year after discharge, and what treatment does to them. */
const events: readonly SourcedNumber[] = [
  ...sourced(ratio("cibis-ii-1999", "2,647 patients with an ejection fraction of 35% or less, CIBIS-II"), [
    ["hf.death.beta_blocker", "Death with a beta-blocker at full dose", 0.66],
  ]),
  ...sourced(ratio("solvd-1991", "2,569 patients with an ejection fraction of 35% or less, SOLVD"), [
    ["hf.death.raas", "Death with a RAAS inhibitor at full dose", 0.84],
  ]),
  ...sourced(ratio("rales-1999", "1,663 patients with an ejection fraction of 35% or less, RALES"), [
    ["hf.death.mra", "Death with an MRA", 0.7],
    ["hf.readmission.mra", "Readmission with an MRA", 0.65],
  ]),
  ...sourced(ratio("dapa-hf-2019", "4,744 patients with an ejection fraction of 40% or less, DAPA-HF"), [
    ["hf.death.sglt2", "Death with an SGLT2 inhibitor", 0.83],
    ["hf.readmission.sglt2", "Readmission with an SGLT2 inhibitor", 0.7],
  ]),
  ...sourced(
    {
      measure: "coefficient",
      unit: "log rate",
      population: "39,372 patients with heart failure, MAGGIC",
      source: "pocock-2013",
      how: "computed",
      range: [-1, 1],
      note: "Points of the integer score, a tenth of a log rate ratio each.",
    },
    [
      ["hf.death.male", "Death, men (1 point)", 0.1],
      ["hf.death.diabetes", "Death, diabetes (3 points)", 0.3],
      ["hf.death.copd", "Death, lung disease (2 points)", 0.2],
      ["hf.death.nyha.severe", "Death, NYHA III or IV against I or II (6 against 2 points)", 0.4],
      ["hf.death.creatinine", "Death, 1 µmol/L of creatinine (1 point each 20)", 0.005],
      ["hf.death.age", "Death, a year of age (12 points from 55 to 79 years)", 0.05],
    ],
  ),
  ...sourced(
    {
      measure: "rate",
      unit: "1/year",
      population: "patients admitted with heart failure, EFFECT",
      source: "lee-effect-2003",
      how: "calibrated",
      range: [0.01, 2],
      note: "Of a patient at all middles, such that 0.31 a year die after day 30: 10.7% within 30 days, 32.9% within a year.",
    },
    [["hf.death.rate", "Death after day 30", 0.22]],
  ),
  ...sourced(ratio("upshaw-2016", "3,834 outpatients with reduced ejection fraction, HEAAL"), [
    ["hf.readmission.decade", "Readmission, ten years of age", 1.13],
    ["hf.readmission.nyha.severe", "Readmission, NYHA III or IV", 1.64],
    ["hf.readmission.lvef", "Readmission, 10% of ejection fraction", 0.72],
    ["hf.readmission.creatinine", "Readmission, 1 mg/dL of creatinine", 2.22],
    ["hf.readmission.sbp", "Readmission, 10 mmHg of systolic pressure", 0.88],
    ["hf.readmission.diabetes", "Readmission, diabetes", 1.45],
    [
      "hf.readmission.lvef.middle",
      "Ejection fraction that the ratio is counted from",
      40,
      {
        measure: "mean",
        unit: "%",
        how: "chosen",
        range: [20, 60],
        note: "Median of the Swedish registry.",
      },
    ],
  ]),
  ...sourced(
    {
      measure: "rate",
      unit: "1/year",
      population: "115,245 Medicare patients of GWTG-HF",
      source: "gupta-2018",
      how: "calibrated",
      range: [0.05, 10],
      note: "Of a patient at all middles, such that 19% are readmitted within 30 days and about 56% within a year.",
    },
    [
      ["hf.readmission.rate.early", "Readmission within 30 days of discharge", 2.2],
      ["hf.readmission.rate", "Readmission later", 0.8],
    ],
  ),
];

const guideline: Shared = {
  measure: "duration",
  unit: "days",
  population: "patients discharged after acute heart failure",
  source: "mcdonagh-2021",
  how: "chosen",
  range: [3, 400],
  note: "The guideline states a visit 1 to 2 weeks after discharge and others until drugs are at target; thereafter every three months.",
};

/** Planned visits, who comes, and what happens to drugs there. */
const visits: readonly SourcedNumber[] = [
  ...sourced(guideline, [
    ["hf.visit.1", "First visit after discharge", 14],
    ["hf.visit.2", "Second visit", 42],
    ["hf.visit.3", "Third visit", 91],
    ["hf.visit.4", "Fourth visit", 183],
    ["hf.visit.5", "Fifth visit", 274],
    ["hf.visit.6", "Sixth visit", 365],
    [
      "hf.visit.spread",
      "Visits early or late, spread as a share of the time since the last",
      0.12,
      { unit: "1", range: [0, 0.25] },
    ],
  ]),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "outpatient appointments, 105 studies",
      source: "dantas-2018",
      how: "chosen",
      range: [0, 0.9],
      note: "Average of all studies is 23%; cardiac clinics and older patients miss less.",
    },
    [["hf.missed.share", "Planned visits missed, at the middle of age", 0.13]],
  ),
  ...sourced(
    {
      measure: "coefficient",
      unit: "log odds",
      population: "patients of Scottish general practices",
      source: "mcqueenie-2019",
      how: "chosen",
      range: [-2, 2],
      note: "Those with more illness miss more and die more; the younger miss more. Sizes for heart failure are not published there.",
    },
    [
      ["hf.missed.severity", "Missing a visit by a spread of severity", 0.4],
      ["hf.missed.decade", "Missing a visit, ten years older", -0.25],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "2,516 patients with heart failure, BIOSTAT-CHF",
      source: "ouwerkerk-2017",
      how: "calibrated",
      range: [0, 1],
      note: "Such that about 12% reach the full dose of a beta-blocker and 22% that of a RAAS inhibitor within the year.",
    },
    [
      [
        "hf.dose.low",
        "Of those who take a drug at discharge: a quarter of the target dose, others half of it",
        0.65,
      ],
      ["hf.titration.beta_blocker", "Beta-blocker raised a step at a visit", 0.08],
      ["hf.titration.raas", "RAAS inhibitor raised a step at a visit", 0.13],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "patients discharged after acute heart failure, usual care",
      source: "strong-hf-2022",
      how: "chosen",
      range: [0, 1],
      note: "Drugs are begun more slowly than the trial's intensive care did; the rate of usual care is not published by visit.",
    },
    [
      ["hf.titration.mra", "MRA begun at a visit, reduced ejection fraction", 0.1],
      ["hf.titration.sglt2", "SGLT2 inhibitor begun at a visit", 0.12],
    ],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "1",
      population: "patients on spironolactone after admission with heart failure, Tayside",
      source: "wei-2010",
      how: "calibrated",
      range: [0, 5],
      note: "Such that a few of 100 who take an MRA pass 6.0 mmol/L in a year: 2.9 to 9.9 of 100 were published.",
    },
    [
      [
        "hf.potassium.day.kidneys",
        "More spread upwards of potassium from day to day by a spread of creatinine, as a share",
        0.8,
        { range: [0, 2] },
      ],
      [
        "hf.potassium.mra.kidneys",
        "More effect of an MRA on potassium by a spread of creatinine, as a share",
        3.5,
      ],
      [
        "hf.hyperkalaemia.fall",
        "Potassium after emergency treatment against before",
        -0.9,
        {
          unit: "mmol/L",
          range: [-3, 0],
          how: "chosen",
          note: "Insulin and glucose, and the MRA stopped; as usual in emergency care.",
        },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "mmHg",
      population: "patients with heart failure",
      source: "mcdonagh-2021",
      how: "stated",
      range: [70, 120],
      note: "Practical guidance: caution below 90 mmHg, and below 50 a minute for beta-blockers.",
    },
    [
      ["hf.titration.sbp", "Systolic pressure below which doses go down", 90],
      [
        "hf.titration.heart_rate",
        "Heart rate below which a beta-blocker goes down",
        50,
        { unit: "1/min", range: [40, 70] },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "mL/min/1.73 m2",
      population: "4,742 patients with reduced ejection fraction, DAPA-HF",
      source: "adamson-2022",
      how: "computed",
      range: [-10, 0],
      note: "Between day 0 and 14: 4.2 lower with dapagliflozin, 1.1 with placebo.",
    },
    [["hf.egfr.sglt2.dip", "Filtration when an SGLT2 inhibitor is begun", -3.1]],
  ),
  ...sourced(
    {
      measure: "rate",
      unit: "mL/min/1.73 m2 a year",
      population: "4,742 patients with reduced ejection fraction, DAPA-HF",
      source: "jhund-2021",
      how: "stated",
      range: [-10, 2],
    },
    [
      ["hf.egfr.slope", "Filtration each year without an SGLT2 inhibitor", -2.85],
      ["hf.egfr.slope.sglt2", "Filtration each year with one", -1.09],
      [
        "hf.egfr.least",
        "Filtration that falls no further",
        6,
        {
          measure: "limit",
          how: "chosen",
          unit: "mL/min/1.73 m2",
          range: [2, 15],
          note: "Below it a patient is on dialysis.",
        },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "correlation",
      unit: "1",
      population: "patients of the Swedish Heart Failure Registry",
      source: "swedehf-2023",
      how: "chosen",
      range: [0, 1],
      note: "How much of a value is the patient's own and how much of one visit is not published there; within the spread of all.",
    },
    [
      ["hf.own.pressure", "Of the deviation of pressure and heart rate, the patient's own", 0.7],
      ["hf.own.blood", "Of the deviation of laboratory values, the patient's own", 0.75],
      [
        "hf.nt_probnp.discharge",
        "Logarithm of NT-proBNP, weeks after discharge against admission",
        -0.6,
        { measure: "effect", range: [-2, 0], note: "Falls by 30% to 60% in most who are treated." },
      ],
      [
        "hf.readmission.nt_probnp",
        "Logarithm of NT-proBNP at readmission",
        0.5,
        { measure: "effect", range: [0, 2] },
      ],
      [
        "hf.weight.sd",
        "Weight between visits, spread as a share",
        0.015,
        { measure: "standard deviation", range: [0, 0.1] },
      ],
      [
        "hf.severity.recovery",
        "Severity after discharge against admission, spreads",
        -0.5,
        { measure: "effect", range: [-2, 0] },
      ],
    ],
  ),
];

/** The year after an admission with heart failure. */
export const heartFailureCourseNumbers: readonly SourcedNumber[] = [...events, ...visits];
