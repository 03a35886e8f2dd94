import { sourced } from "./sourced-number.ts";
import type { Shared, SourcedNumber } from "./sourced-number.ts";

const swedish: Shared = {
  measure: "share",
  unit: "1",
  population: "patients of the Swedish Heart Failure Registry",
  source: "swedehf-2023",
  how: "stated",
  range: [0, 1],
};

const reduced: Shared = {
  ...swedish,
  population: "patients with an ejection fraction below 40%, Sweden 2003 to 2012",
  source: "thorvaldsen-2016",
  note: "The last of the published years.",
};

const others: Shared = {
  ...swedish,
  how: "computed",
  note: "Such that all together take it as often as published (86.3%, 81.4% and 40.7%), half of them with reduced ejection fraction.",
};

/** What those admitted take. */
const drugs: readonly SourcedNumber[] = [
  ...sourced(reduced, [
    ["hf.beta_blocker.reduced", "Beta-blocker, reduced ejection fraction", 0.93],
    ["hf.raas.reduced", "RAAS inhibitor, reduced ejection fraction", 0.86],
    ["hf.mra.reduced", "MRA, reduced ejection fraction", 0.42],
  ]),
  ...sourced(others, [
    ["hf.beta_blocker.others", "Beta-blocker, all others", 0.796],
    ["hf.raas.others", "RAAS inhibitor, all others", 0.768],
    ["hf.mra.others", "MRA, all others", 0.394],
  ]),
  ...sourced(swedish, [
    ["hf.raas.ace", "ACE inhibitor", 0.456],
    ["hf.raas.arb", "ARB", 0.28],
    ["hf.raas.arni", "ARNI", 0.17],
    [
      "hf.loop.share",
      "Loop diuretic of those admitted",
      0.93,
      {
        population: "2,807 admissions with acute heart failure, Italy, 2004",
        source: "tavazzi-2006",
        how: "chosen",
        note: "95% were given diuretics intravenously; a few are stopped before discharge. The Swedish registry's 70.5% are mostly outpatients.",
      },
    ],
    [
      "hf.sglt2.share",
      "SGLT2 inhibitor at admission",
      0.25,
      {
        how: "chosen",
        note: "52% to 54% of recent registrations name it, few of those of 2019 and 2020: about half of that.",
      },
    ],
  ]),
  ...sourced(
    {
      ...swedish,
      how: "calibrated",
      note: "Of those who take it; quartiles of the dose as published: 40, 40 and 80 mg.",
    },
    [
      ["hf.furosemide.20", "Furosemide 20 mg a day", 0.19],
      ["hf.furosemide.40", "Furosemide 40 mg a day", 0.44],
      ["hf.furosemide.80", "Furosemide 80 mg a day", 0.23],
      ["hf.furosemide.125", "Furosemide 125 mg a day", 0.1],
      ["hf.furosemide.250", "Furosemide 250 mg a day", 0.04],
      [
        "hf.furosemide.severity",
        "Correlation of the dose with severity",
        0.5,
        { measure: "correlation", note: "Direction known, size not published there." },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "mmol/L",
      population: "patients with heart failure",
      source: "mcdonagh-2021",
      how: "stated",
      range: [4, 8],
      note: "Practical guidance on MRAs: caution above 5.0 mmol/L or 221 µmol/L; halve above 5.5; stop above 6.0.",
    },
    [
      ["hf.mra.potassium.start", "Potassium above which an MRA is not begun", 5],
      ["hf.mra.potassium.halve", "Potassium above which an MRA is reduced or stopped", 5.5],
      ["hf.mra.potassium.stop", "Potassium above which an MRA is stopped", 6],
      [
        "hf.mra.creatinine",
        "Creatinine above which an MRA is not begun",
        221,
        { unit: "µmol/L", range: [120, 400] },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "mmol/L",
      population: "patients with severe heart failure, RALES",
      source: "vardeny-2014",
      how: "computed",
      range: [0, 1],
      note: "After a month: 4.54 with spironolactone, 4.28 mmol/L with placebo.",
    },
    [["hf.potassium.mra", "Potassium with an MRA", 0.26]],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "mmol/L",
      population: "patients with an ejection fraction of 35% or less, SOLVD",
      source: "solvd-1991",
      how: "stated",
      range: [0, 1],
    },
    [
      ["hf.potassium.raas", "Potassium with a RAAS inhibitor", 0.2],
      ["hf.creatinine.raas", "Creatinine with a RAAS inhibitor", 8.8, { unit: "µmol/L", range: [0, 30] }],
      ["hf.sbp.raas", "Systolic pressure with a RAAS inhibitor", -4, { unit: "mmHg", range: [-15, 0] }],
    ],
  ),
];

const audit: Shared = {
  ...swedish,
  population: "admissions with heart failure, England and Wales",
  source: "nicor-hf-2019",
  how: "chosen",
  note: "About half on cardiology wards, most others in general medicine; the split among wards of one kind is made up.",
};

/** Where they lie, how long, and who dies within 30 days. */
const stay: readonly SourcedNumber[] = [
  ...sourced(audit, [
    ["hf.ward.acute", "Acute medicine", 0.34],
    ["hf.ward.cardiology_a", "Cardiology A", 0.25],
    ["hf.ward.cardiology_b", "Cardiology B", 0.2],
    ["hf.ward.coronary", "Coronary care", 0.06],
    ["hf.ward.geriatrics", "Geriatrics", 0.12],
    ["hf.ward.intensive", "Intensive care", 0.03],
    [
      "hf.ward.severity",
      "Coronary and intensive care, by a spread of severity",
      0.7,
      { measure: "coefficient", unit: "log odds", range: [0, 2] },
    ],
    [
      "hf.ward.age",
      "Geriatrics, by ten years of age",
      0.9,
      { measure: "coefficient", unit: "log odds", range: [0, 3] },
    ],
  ]),
  ...sourced({ ...swedish, measure: "duration", unit: "days", range: [1, 30] }, [
    ["hf.stay.median", "Stay in hospital, median", 5],
    [
      "hf.stay.sd",
      "Stay in hospital, spread of its logarithm",
      0.81,
      { measure: "standard deviation", unit: "1", how: "computed", range: [0.1, 2], note: "ln(9/3)/1.349." },
    ],
    [
      "hf.stay.severity",
      "Logarithm of the stay by a spread of severity",
      0.25,
      {
        measure: "effect",
        unit: "1",
        how: "chosen",
        range: [0, 1],
        note: "Sicker patients stay longer; within the published spread.",
      },
    ],
    [
      "hf.stay.most",
      "Longest stay",
      94,
      {
        measure: "limit",
        how: "chosen",
        range: [30, 365],
        note: "Beyond it a stay is another kind of care.",
      },
    ],
  ]),
  ...sourced(
    {
      measure: "effect",
      unit: "1",
      population: "admissions with heart failure, Scotland",
      source: "stewart-2002",
      how: "chosen",
      range: [0, 0.5],
      note: "December above the mean of the year by somewhat more than a tenth.",
    },
    [["hf.season.winter", "Admissions at the peak of winter above the mean", 0.13]],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "1",
      population: "admissions with heart failure, England and Wales",
      source: "nicor-hf-2019",
      how: "chosen",
      range: [0, 1],
      note: "Most come in the middle of the day; no hours are published there.",
    },
    [
      ["hf.hour.day", "Admissions at the peak hour above the mean", 0.6],
      ["hf.hour.peak", "Peak hour", 14, { measure: "mean", unit: "hour", range: [0, 23] }],
    ],
  ),
  ...sourced(
    {
      measure: "coefficient",
      unit: "log odds",
      population: "2,624 patients admitted with heart failure, EFFECT",
      source: "lee-effect-2003",
      how: "computed",
      range: [-1, 2],
      note: "Points of the published 30-day score times ln(1.66)/10: 10 points are the published odds ratio of lung disease.",
    },
    [
      ["hf.early.age", "Death within 30 days, a year of age (1 point)", 0.0507],
      ["hf.early.sbp", "Death within 30 days, 1 mmHg (15 points from 130 to 180)", -0.0152],
      ["hf.early.urea", "Death within 30 days, 1 mmol/L of urea (2.8 points)", 0.142],
      ["hf.early.sodium", "Death within 30 days, sodium below 136 (10 points)", 0.507],
      ["hf.early.copd", "Death within 30 days, lung disease (odds ratio 1.66)", 0.507],
      [
        "hf.early.sodium.below",
        "Sodium that counts as low, below",
        136,
        { measure: "limit", unit: "mmol/L", how: "stated", range: [130, 140] },
      ],
      [
        "hf.early.urea.most",
        "Urea beyond which risk rises no more",
        21.4,
        { measure: "limit", unit: "mmol/L", range: [10, 40], note: "60 mg/dL of urea nitrogen." },
      ],
      [
        "hf.early.days",
        "Days of early death",
        30,
        { measure: "duration", unit: "days", how: "stated", range: [7, 90] },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "coefficient",
      unit: "log odds",
      population: "1,059 patients discharged after acute heart failure",
      source: "salah-2019",
      how: "chosen",
      range: [0, 2],
      note: "Half of ln(1.96), the hazard ratio of an e-fold NT-proBNP alone: age and urea stand beside it here.",
    },
    [["hf.early.nt_probnp", "Death within 30 days, e-fold NT-proBNP", 0.34]],
  ),
  ...sourced(
    {
      measure: "coefficient",
      unit: "log odds",
      population: "39,372 patients with heart failure, MAGGIC",
      source: "pocock-2013",
      how: "computed",
      range: [-1, 0],
      note: "3 points of the score for no beta-blocker, a tenth of a log rate ratio each.",
    },
    [["hf.early.beta_blocker", "Death within 30 days with a beta-blocker", -0.3]],
  ),
  ...sourced(
    {
      measure: "coefficient",
      unit: "log odds",
      population: "115,245 Medicare patients of GWTG-HF",
      source: "gupta-2018",
      how: "calibrated",
      range: [-10, 0],
      note: "Such that 7.9% die within 30 days, the mean of 7.2% and 8.6% before and after 2012.",
    },
    [["hf.early.intercept", "Death within 30 days of a patient at all middles", -3.23]],
  ),
];

/** What nobody wrote down. */
const unrecorded: readonly SourcedNumber[] = [
  ...sourced(
    {
      ...swedish,
      how: "chosen",
      note: "Of all registrations 21% name no ejection fraction and 29% no NYHA class; hospitals that take part in studies name more. Direction by age, illness and death is made up.",
    },
    [
      [
        "hf.unrecorded.lvef",
        "Ejection fraction not written down, at the middle of age, of those who live",
        0.05,
      ],
      [
        "hf.unrecorded.lvef.died",
        "Ejection fraction not written down, of those who died within 30 days",
        4,
        { measure: "odds ratio", range: [1, 20] },
      ],
      [
        "hf.unrecorded.lvef.decade",
        "Ejection fraction not written down, ten years of age",
        0.3,
        { measure: "coefficient", unit: "log odds", range: [-1, 1] },
      ],
      ["hf.unrecorded.nyha", "NYHA class not written down, at the middle of severity", 0.03],
      [
        "hf.unrecorded.nyha.severity",
        "NYHA class not written down, by a spread of severity",
        0.5,
        { measure: "coefficient", unit: "log odds", range: [-2, 2] },
      ],
      ["hf.unrecorded.ethnicity.white", "Ethnicity not asked for, White", 0.035],
      ["hf.unrecorded.ethnicity.others", "Ethnicity not asked for, all others", 0.07],
    ],
  ),
];

/** Admissions with heart failure: what they take, how the stay ends, and what is written down. */
export const heartFailureCareNumbers: readonly SourcedNumber[] = [...drugs, ...stay, ...unrecorded];
