import { sourced } from "./sourced-number.ts";
import type { SourcedNumber } from "./sourced-number.ts";

/** What formulas of laboratories are made of. */
export const recordedFormulaNumbers: readonly SourcedNumber[] = [
  ...sourced(
    {
      measure: "coefficient",
      unit: "1",
      population: "12 studies for development and 10 for validation, adults",
      source: "inker-2021-equation",
      how: "stated",
      note: "The equation with creatinine, age and sex.",
      range: [-2, 200],
    },
    [
      [
        "formula.ckd-epi.scale",
        "CKD-EPI 2021: eGFR where all factors are 1",
        142,
        { unit: "mL/min/1.73 m²" },
      ],
      [
        "formula.ckd-epi.kappa.men",
        "CKD-EPI 2021: creatinine at which the curve bends, men",
        0.9,
        { unit: "mg/dL" },
      ],
      [
        "formula.ckd-epi.kappa.women",
        "CKD-EPI 2021: creatinine at which the curve bends, women",
        0.7,
        { unit: "mg/dL" },
      ],
      ["formula.ckd-epi.alpha.men", "CKD-EPI 2021: exponent below the bend, men", -0.302],
      ["formula.ckd-epi.alpha.women", "CKD-EPI 2021: exponent below the bend, women", -0.241],
      ["formula.ckd-epi.above", "CKD-EPI 2021: exponent above the bend", -1.2],
      ["formula.ckd-epi.year", "CKD-EPI 2021: factor for each year of age", 0.9938],
      ["formula.ckd-epi.women", "CKD-EPI 2021: factor for women", 1.012],
      [
        "formula.ckd-epi.umol",
        "µmol/L in a mg/dL of creatinine",
        88.4,
        { unit: "µmol/L", how: "computed", note: "From the molar mass of creatinine, 113.12 g/mol." },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "mmol/L",
      population: "448 adults with and without raised lipids",
      source: "friedewald-1972-formula",
      how: "computed",
      note: "The formula divides mg/dL by 5 and holds to 400 mg/dL; here in mmol/L.",
      range: [1, 10],
    },
    [
      [
        "formula.friedewald.divisor",
        "Friedewald: triglycerides divided by this stand for VLDL cholesterol",
        2.2,
        { measure: "coefficient", unit: "1" },
      ],
      ["formula.friedewald.most", "Friedewald: triglycerides up to which it holds", 4.52],
    ],
  ),
];
