import { sourced } from "../sourced-number.ts";
import type { Shared, SourcedNumber } from "../sourced-number.ts";

const epi: Shared = {
  measure: "coefficient",
  unit: "1",
  population: "23 cohorts of adults, most of North America and Europe",
  source: "inker-2021",
  how: "stated",
  range: [-2, 2],
};
const adag: Shared = {
  measure: "coefficient",
  unit: "1",
  population: "507 adults with and without diabetes, ADAG study",
  source: "nathan-2008",
  how: "stated",
  range: [0, 100],
};
const hoelzel: Partial<Shared> = {
  population: "networks of reference laboratories of IFCC and NGSP",
  source: "hoelzel-2004",
};
const lipid: Shared = {
  measure: "coefficient",
  unit: "1",
  population: "448 adults, Bethesda",
  source: "friedewald-1972",
  how: "computed",
  note: "Stated in mg/dL: a fifth of triglycerides, below 400 mg/dL; here in mmol/L.",
  range: [1, 6],
};

/** Constants of published formulas. */
export const formulaNumbers: readonly SourcedNumber[] = [
  ...sourced(epi, [
    ["ckd_epi.scale", "CKD-EPI 2021, scale", 142, { unit: "mL/min/1.73 m2", range: [100, 180] }],
    [
      "ckd_epi.kappa.women",
      "CKD-EPI 2021, creatinine where the slope changes, women",
      0.7,
      { unit: "mg/dL" },
    ],
    ["ckd_epi.kappa.men", "CKD-EPI 2021, creatinine where the slope changes, men", 0.9, { unit: "mg/dL" }],
    ["ckd_epi.below.women", "CKD-EPI 2021, power below it, women", -0.241],
    ["ckd_epi.below.men", "CKD-EPI 2021, power below it, men", -0.302],
    ["ckd_epi.above", "CKD-EPI 2021, power above it", -1.2],
    ["ckd_epi.year", "CKD-EPI 2021, factor of each year of age", 0.9938],
    ["ckd_epi.women", "CKD-EPI 2021, factor of women", 1.012],
    [
      "ckd_epi.umol_per_mg",
      "Creatinine, µmol/L in 1 mg/dL",
      88.4,
      {
        unit: "µmol/L per mg/dL",
        source: "kdigo-2013",
        population: "creatinine, a molecule",
        range: [88, 89],
      },
    ],
  ]),
  ...sourced(
    {
      ...epi,
      population: "349 children of 1 to 16 with chronic kidney disease",
      source: "schwartz-2009",
      range: [0, 100],
    },
    [
      ["schwartz.scale", "Bedside Schwartz, each cm of height by creatinine in mg/dL", 0.413],
      [
        "schwartz.until",
        "Age at which adults' formula takes over",
        18,
        {
          unit: "years",
          how: "chosen",
          measure: "limit",
          note: "CKD-EPI 2021 is for adults from 18 on; the children were 1 to 16 years old.",
        },
      ],
    ],
  ),
  ...sourced(adag, [
    ["glycation.glucose", "Mean glucose, each percent of HbA1c", 28.7, { unit: "mg/dL" }],
    ["glycation.less", "Mean glucose, taken off", 46.7, { unit: "mg/dL" }],
    [
      "glycation.mg_per_mmol",
      "Glucose, mg/dL in 1 mmol/L",
      18.016,
      {
        unit: "mg/dL per mmol/L",
        how: "computed",
        note: "A tenth of the molar mass of glucose, 180.16 g/mol.",
        population: "glucose, a molecule",
        range: [18, 18.1],
      },
    ],
    ["glycation.slope", "HbA1c in percent, each mmol/mol", 0.09148, { ...hoelzel, unit: "% per mmol/mol" }],
    ["glycation.start", "HbA1c in percent at 0 mmol/mol", 2.152, { ...hoelzel, unit: "%" }],
  ]),
  ...sourced(lipid, [
    ["friedewald.divisor", "Triglycerides in one of their cholesterol", 2.2],
    [
      "friedewald.most",
      "Triglycerides from which the formula does not hold",
      4.5,
      { unit: "mmol/L", measure: "limit" },
    ],
  ]),
];
