import { sourced } from "../sourced-number.ts";
import type { Shared, SourcedNumber } from "../sourced-number.ts";

const glucose: Shared = {
  measure: "mean",
  unit: "mmol/L",
  population: "23,316 pregnant women of 15 centres in 9 countries, weeks 24 to 32",
  source: "hapo-2008",
  how: "computed",
  note: "Stated in mg/dL; divided by 18.016.",
  range: [0, 20],
};

/** The glucose test of pregnancy, and gestational diabetes by its limits. */
export const pregnancyGlucoseNumbers: readonly SourcedNumber[] = [
  ...sourced(glucose, [
    ["ogtt.fasting", "Fasting glucose, mean", 4.49, { note: "80.9 mg/dL, divided by 18.016." }],
    [
      "ogtt.fasting.sd",
      "Fasting glucose, spread",
      0.38,
      { measure: "standard deviation", note: "6.9 mg/dL, divided by 18.016." },
    ],
    ["ogtt.later", "Glucose after two hours, mean", 6.16, { note: "111.0 mg/dL, divided by 18.016." }],
    [
      "ogtt.later.sd",
      "Glucose after two hours, spread",
      1.3,
      { measure: "standard deviation", note: "23.5 mg/dL, divided by 18.016." },
    ],
    [
      "ogtt.correlation",
      "Fasting glucose with that after two hours",
      0.3,
      { measure: "correlation", unit: "1", how: "stated", range: [-1, 1] },
    ],
  ]),
  ...sourced(
    {
      measure: "odds ratio",
      unit: "1",
      population: "671,945 women in 70 studies",
      source: "torloni-2009",
      how: "computed",
      note: "Odds ratios 1.97, 3.01 and 5.55 by class are what this much of a spread a kg/m² gives.",
      range: [0, 0.5],
    },
    [["ogtt.bmi", "Fasting glucose in spreads, each kg/m² above 25", 0.045, { measure: "coefficient" }]],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "mmol/L",
      population: "pregnant women",
      source: "iadpsg-2010",
      how: "stated",
      range: [3, 15],
    },
    [
      ["gestational.fasting", "Gestational diabetes: fasting glucose from", 5.1],
      ["gestational.later", "Gestational diabetes: glucose after two hours from", 8.5],
    ],
  ),
];
