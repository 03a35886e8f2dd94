import { sourced } from "./sourced-number.ts";
import type { Shared, SourcedNumber } from "./sourced-number.ts";

const swedish: Omit<Shared, "measure" | "unit" | "range"> = {
  population: "patients of the Swedish Heart Failure Registry",
  source: "swedehf-2023",
  how: "stated",
};

const share = (source: string, population: string): Shared => ({
  measure: "share",
  unit: "1",
  population,
  source,
  how: "stated",
  range: [0, 1],
});

/** Who is admitted with heart failure, and how the heart is. */
const people: readonly SourcedNumber[] = [
  ...sourced(share("ons-2022", "people of England and Wales, 2021"), [
    ["hf.ethnicity.black", "Ethnicity: Black", 0.04],
    ["hf.ethnicity.mixed", "Ethnicity: mixed or other", 0.05],
    ["hf.ethnicity.south_asian", "Ethnicity: South Asian (in the census: Asian)", 0.093],
    ["hf.ethnicity.white", "Ethnicity: White", 0.817],
  ]),
  ...sourced(share("adams-2005", "105,388 hospital stays with heart failure, ADHERE"), [
    ["hf.diabetes.share", "Diabetes of those admitted", 0.44],
  ]),
  ...sourced(share("swedehf-2023", swedish.population), [
    ["hf.atrial_fibrillation.share", "Atrial fibrillation or flutter", 0.522],
    ["hf.copd.share", "Lung disease", 0.175],
  ]),
  ...sourced(
    {
      measure: "odds ratio",
      unit: "1 per 10 years",
      population: "Framingham Heart Study",
      source: "benjamin-1994",
      how: "stated",
      range: [1, 5],
    },
    [["hf.atrial_fibrillation.odds.decade", "Atrial fibrillation by ten years of age", 2.1]],
  ),
  ...sourced(
    {
      ...share("steinberg-2012", "110,621 hospital stays with heart failure, GWTG-HF"),
      how: "calibrated",
      note: "Set so that 50% are below 40%, 14% from 40% to below 50% and 36% at 50% and above, as published.",
    },
    [
      ["hf.lvef.preserved", "Patients in the upper hump of the ejection fraction", 0.44],
      ["hf.lvef.reduced.mean", "Lower hump, mean", 30, { measure: "mean", unit: "%", range: [15, 40] }],
      [
        "hf.lvef.reduced.sd",
        "Lower hump, spread",
        8.5,
        { measure: "standard deviation", unit: "%", range: [1, 15] },
      ],
      ["hf.lvef.preserved.mean", "Upper hump, mean", 56, { measure: "mean", unit: "%", range: [45, 70] }],
      [
        "hf.lvef.preserved.sd",
        "Upper hump, spread",
        7,
        { measure: "standard deviation", unit: "%", range: [1, 15] },
      ],
      ["hf.lvef.least", "Least ejection fraction", 8, { measure: "limit", unit: "%", range: [5, 20] }],
      ["hf.lvef.most", "Greatest ejection fraction", 80, { measure: "limit", unit: "%", range: [65, 90] }],
    ],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "%",
      population: "patients with heart failure",
      source: "mcdonagh-2021",
      how: "stated",
      range: [35, 50],
      note: "Definition of heart failure with reduced ejection fraction: 40% or less.",
    },
    [["hf.lvef.reduced.most", "Ejection fraction that counts as reduced, at most", 40]],
  ),
  ...sourced(
    {
      measure: "odds ratio",
      unit: "1",
      population: "534 people with new heart failure, Framingham Heart Study",
      source: "lee-framingham-2009",
      how: "stated",
      range: [0.2, 10],
    },
    [
      ["hf.lvef.preserved.odds.women", "Preserved ejection fraction, women against men", 2.29],
      [
        "hf.lvef.preserved.odds.atrial_fibrillation",
        "Preserved ejection fraction with atrial fibrillation",
        4.23,
      ],
    ],
  ),
];

const vitals: readonly SourcedNumber[] = [
  ...sourced({ ...swedish, measure: "mean", unit: "mmHg", range: [60, 180] }, [
    ["hf.sbp.mean", "Systolic pressure, median", 125],
    ["hf.dbp.mean", "Diastolic pressure, median", 71],
  ]),
  ...sourced(
    {
      ...swedish,
      measure: "standard deviation",
      unit: "mmHg",
      how: "computed",
      range: [3, 40],
      note: "Range of the middle half divided by 1.349: 110 to 140, and 65 to 80 mmHg.",
    },
    [
      ["hf.sbp.sd", "Systolic pressure, spread", 22],
      ["hf.dbp.sd", "Diastolic pressure, spread", 11],
    ],
  ),
  ...sourced({ ...swedish, measure: "mean", unit: "1/min", range: [50, 120] }, [
    ["hf.heart_rate.mean", "Heart rate at discharge of those in hospital, median", 74],
  ]),
  ...sourced(
    {
      ...swedish,
      measure: "standard deviation",
      unit: "1/min",
      how: "computed",
      range: [3, 40],
      note: "Range of the middle half, 65 to 85, divided by 1.349.",
    },
    [["hf.heart_rate.sd", "Heart rate, spread", 14.8]],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "mmHg",
      population: "hospital stays with heart failure, ADHERE",
      source: "yancy-2006",
      how: "computed",
      range: [0, 30],
      note: "Systolic pressure at arrival: 153 mmHg with preserved against 139 with reduced function.",
    },
    [["hf.sbp.preserved", "Systolic pressure, preserved above reduced ejection fraction", 14]],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "mmHg",
      population: "patients admitted with heart failure, EFFECT",
      source: "lee-effect-2003",
      how: "chosen",
      range: [-20, 0],
      note: "Lower pressure goes with death in the published model; its size beside severity is not given.",
    },
    [
      ["hf.sbp.severity", "Systolic pressure by a spread of severity", -6],
      ["hf.heart_rate.severity", "Heart rate by a spread of severity", 4, { unit: "1/min", range: [0, 15] }],
    ],
  ),
  ...sourced(
    {
      measure: "correlation",
      unit: "1",
      population: "hospital stays with heart failure",
      source: "swedehf-2023",
      how: "chosen",
      range: [0, 0.95],
      note: "Of both pressures, for want of a figure there: as usual in adults, 0.5 to 0.7.",
    },
    [["hf.correlation.sbp.dbp", "Systolic and diastolic pressure", 0.6]],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "1/min",
      population: "patients with heart failure and an ejection fraction of 35% or less, CIBIS-II",
      source: "cibis-ii-1999",
      how: "stated",
      range: [-20, 0],
    },
    [["hf.heart_rate.beta_blocker", "Heart rate with a beta-blocker at full dose", -9.8]],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "1/min",
      population: "patients of the Swedish Heart Failure Registry",
      source: "swedehf-2023",
      how: "chosen",
      range: [0, 25],
      note: "Faster in fibrillation; within the published spread of 14.8 a minute.",
    },
    [["hf.heart_rate.atrial_fibrillation", "Heart rate with atrial fibrillation", 8]],
  ),
];

const labs: readonly SourcedNumber[] = [
  ...sourced({ ...swedish, measure: "mean", unit: "µmol/L", range: [50, 200] }, [
    ["hf.creatinine.median", "Creatinine, median", 97],
    ["hf.sodium.mean", "Sodium, median", 140, { unit: "mmol/L", range: [130, 145] }],
    ["hf.potassium.mean", "Potassium, median", 4.2, { unit: "mmol/L", range: [3.5, 5] }],
    ["hf.haemoglobin.mean", "Haemoglobin, median", 132, { unit: "g/L", range: [90, 160] }],
  ]),
  ...sourced(
    {
      ...swedish,
      measure: "standard deviation",
      unit: "1",
      how: "computed",
      range: [0.05, 30],
      note: "Range of the middle half divided by 1.349, of logarithms where the unit is 1.",
    },
    [
      ["hf.creatinine.sd", "Creatinine, spread of its logarithm (79 to 125 µmol/L)", 0.34],
      ["hf.sodium.sd", "Sodium, spread (138 to 142)", 3, { unit: "mmol/L" }],
      ["hf.potassium.sd", "Potassium, spread (3.9 to 4.5)", 0.44, { unit: "mmol/L" }],
      ["hf.haemoglobin.sd", "Haemoglobin, spread (119 to 145)", 19, { unit: "g/L" }],
      ["hf.nt_probnp.sd", "NT-proBNP, spread of its logarithm (1,654 to 8,593 ng/L at discharge)", 1.22],
    ],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "1",
      population: "patients with heart failure in hospital",
      source: "swedehf-2023",
      how: "chosen",
      range: [-10, 10],
      note: "Direction known, size not published there; small enough that the published spread holds.",
    },
    [
      ["hf.creatinine.women", "Logarithm of creatinine, women against men", -0.22],
      ["hf.creatinine.decade", "Logarithm of creatinine, ten years", 0.07],
      ["hf.creatinine.diabetes", "Logarithm of creatinine, diabetes", 0.1],
      ["hf.sodium.severity", "Sodium by a spread of severity", -1.2, { unit: "mmol/L" }],
      ["hf.potassium.kidneys", "Potassium by a spread of creatinine", 0.1, { unit: "mmol/L" }],
      ["hf.haemoglobin.women", "Haemoglobin, women against men", -9, { unit: "g/L" }],
      ["hf.haemoglobin.kidneys", "Haemoglobin by a spread of creatinine", -4, { unit: "g/L" }],
      ["hf.nt_probnp.decade", "Logarithm of NT-proBNP, ten years", 0.2],
      ["hf.nt_probnp.kidneys", "Logarithm of NT-proBNP by a spread of creatinine", 0.4],
      ["hf.nt_probnp.severity", "Logarithm of NT-proBNP by a spread of severity", 0.45],
      ["hf.nt_probnp.atrial_fibrillation", "Logarithm of NT-proBNP, atrial fibrillation", 0.25],
      ["hf.severity.kidneys", "Severity by a spread of creatinine", 0.3],
    ],
  ),
  ...sourced(
    {
      measure: "mean",
      unit: "ng/L",
      population: "1,670 patients admitted with acute heart failure, KorHF",
      source: "kang-2015",
      how: "stated",
      range: [200, 20_000],
    },
    [
      ["hf.nt_probnp.reduced", "NT-proBNP with reduced ejection fraction, median", 5644],
      ["hf.nt_probnp.preserved", "NT-proBNP with preserved ejection fraction, median", 2723],
      [
        "hf.nt_probnp.most",
        "NT-proBNP beyond which analysers give no number",
        70_000,
        {
          measure: "limit",
          how: "chosen",
          range: [20_000, 100_000],
          note: "Analysers of the time end at 35,000, with a dilution at 70,000 ng/L.",
        },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "mean",
      unit: "mmol/L",
      population: "patients admitted with heart failure, EFFECT and ADHERE",
      source: "lee-effect-2003",
      how: "chosen",
      range: [4, 20],
      note: "About 24 mg/dL of urea nitrogen, as usual in registries of admissions.",
    },
    [
      ["hf.urea.median", "Urea, median", 8.6],
      [
        "hf.urea.sd",
        "Urea, spread of its logarithm",
        0.5,
        { measure: "standard deviation", unit: "1", range: [0.1, 1] },
      ],
      [
        "hf.correlation.urea.creatinine",
        "Urea and creatinine, logarithms",
        0.7,
        { measure: "correlation", unit: "1", range: [0, 0.95] },
      ],
    ],
  ),
  ...sourced(share("swedehf-2023", swedish.population), [
    ["hf.nyha.1", "NYHA class I", 0.139],
    ["hf.nyha.2", "NYHA class II", 0.467],
    ["hf.nyha.3", "NYHA class III", 0.356],
    ["hf.nyha.4", "NYHA class IV", 0.038],
    ...(["I", "II", "III", "IV"] as const).map((name, at): [string, string, number, Partial<Shared>] => [
      `hf.nyha.admitted.${at + 1}`,
      `NYHA class ${name} on the day of admission`,
      [0.02, 0.16, 0.47, 0.35][at] as number,
      {
        population: "2,807 admissions with acute heart failure, Italy, 2004",
        source: "tavazzi-2006",
        how: "chosen",
        note: "Half came with pulmonary oedema and 8% in shock, the others with a worse class than before; the paper gives no shares of classes.",
      },
    ]),
    [
      "hf.nyha.severity",
      "Correlation of the NYHA class with severity",
      0.7,
      {
        measure: "correlation",
        how: "chosen",
        note: "The class is a judgement: two raters agree in a little more than half of patients.",
      },
    ],
  ]),
];

/** Admissions with heart failure: levels 1 to 3, what patients are and have. */
export const heartFailureNumbers: readonly SourcedNumber[] = [...people, ...vitals, ...labs];
