import { sourced } from "../sourced-number.ts";
import type { Shared, SourcedNumber } from "../sourced-number.ts";

const stays = "724 first ICU stays of 48 h or more, or ended by death, in 186 US hospitals, 2014 to 2015";
const demo = (note: string): Shared => ({
  measure: "mean",
  unit: "1",
  population: stays,
  source: "eicu-demo",
  how: "calibrated",
  note,
  range: [-10, 400],
});
const near: Shared = {
  measure: "mean",
  unit: "1",
  population: "4,000 ICU stays of 48 h or more, set A",
  source: "challenge-2012",
  how: "chosen",
  note: "near what the set's time series show; it gives no table of them",
  range: [-10, 400],
};

/** Labs of those without the emergencies, and how they go on. Those on the logarithmic scale have their median as mean. */
export const icuLabNumbers: readonly SourcedNumber[] = [
  ...sourced(
    demo("geometric mean 112 µmol/L, spread .69, correlation with APACHE .38, emergencies included"),
    [
      ["icu.creatinine.mean", "Creatinine, median", 97, { unit: "µmol/L" }],
      [
        "icu.creatinine.between",
        "Logarithm of creatinine, between stays",
        0.52,
        { measure: "standard deviation" },
      ],
      [
        "icu.creatinine.severity",
        "Logarithm of creatinine, for a standard deviation of severity",
        0.26,
        { measure: "effect" },
      ],
    ],
  ),
  ...sourced(demo("geometric mean 10.3, spread .66 with APACHE's worst values"), [
    ["icu.white_cells.mean", "White cells, median", 9.8, { unit: "10^9/L" }],
    [
      "icu.white_cells.between",
      "Logarithm of white cells, between stays",
      0.4,
      { measure: "standard deviation" },
    ],
    [
      "icu.white_cells.severity",
      "Logarithm of white cells, for a standard deviation of severity",
      0.08,
      { measure: "effect" },
    ],
  ]),
  ...sourced(demo("geometric mean 8.0 mmol/L, spread .53 with APACHE's worst values"), [
    ["icu.glucose.mean", "Glucose, median", 7, { unit: "mmol/L" }],
    ["icu.glucose.between", "Logarithm of glucose, between stays", 0.25, { measure: "standard deviation" }],
    [
      "icu.glucose.severity",
      "Logarithm of glucose, for a standard deviation of severity",
      0.04,
      { measure: "effect" },
    ],
    ["icu.glucose.diabetes", "Logarithm of glucose, with diabetes", 0.35, { measure: "effect" }],
  ]),
  ...sourced(demo("haematocrit 31.9%, that is haemoglobin 106 g/L; correlation with APACHE -.21"), [
    ["icu.haemoglobin.mean", "Haemoglobin, median", 109, { unit: "g/L" }],
    [
      "icu.haemoglobin.between",
      "Logarithm of haemoglobin, between stays",
      0.18,
      { measure: "standard deviation" },
    ],
    [
      "icu.haemoglobin.severity",
      "Logarithm of haemoglobin, for a standard deviation of severity",
      -0.045,
      { measure: "effect" },
    ],
  ]),
  ...sourced(near, [
    ["icu.potassium.mean", "Potassium, median", 4.1, { unit: "mmol/L" }],
    ["icu.lactate.mean", "Lactate, median", 1.3, { unit: "mmol/L" }],
    ["icu.platelets.mean", "Platelets, median", 205, { unit: "10^9/L" }],
    ["icu.crp.mean", "C-reactive protein, median", 35, { unit: "mg/L" }],
  ]),
  ...sourced({ ...near, measure: "standard deviation" }, [
    ["icu.potassium.between", "Logarithm of potassium, between stays", 0.12],
    ["icu.lactate.between", "Logarithm of lactate, between stays", 0.38],
    ["icu.platelets.between", "Logarithm of platelets, between stays", 0.4],
    ["icu.crp.between", "Logarithm of C-reactive protein, between stays", 1],
  ]),
  ...sourced({ ...near, measure: "effect" }, [
    ["icu.potassium.severity", "Logarithm of potassium, for a standard deviation of severity", 0.02],
    ["icu.potassium.creatinine", "Logarithm of potassium, for a logarithm of creatinine", 0.05],
    ["icu.lactate.severity", "Logarithm of lactate, for a standard deviation of severity", 0.22],
    ["icu.platelets.severity", "Logarithm of platelets, for a standard deviation of severity", -0.08],
    ["icu.crp.severity", "Logarithm of C-reactive protein, for a standard deviation of severity", 0.15],
    [
      "icu.lab.within",
      "Logarithm of a laboratory value, within a stay",
      0.08,
      { measure: "standard deviation" },
    ],
    [
      "icu.lab.again",
      "A laboratory value, an hour and the next within a stay",
      0.92,
      { measure: "correlation" },
    ],
  ]),
  ...sourced(
    {
      measure: "rate",
      unit: "/h",
      population: stays,
      source: "eicu-demo",
      how: "chosen",
      note: "the demo holds blood gases of the first day of 40% of those who died and 16% of those who lived, and chemistry of 79% and 77%",
      range: [0, 1],
    },
    [
      ["icu.drawn.chemistry", "Chemistry drawn, each hour", 0.12],
      ["icu.drawn.count", "Blood count drawn, each hour", 0.08],
      ["icu.drawn.crp", "C-reactive protein drawn, each hour", 0.04],
      ["icu.drawn.gas", "Lactate drawn, each hour", 0.1],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: stays,
      source: "eicu-demo",
      how: "calibrated",
      note: "with severity: blood gases of the first day in 16% of those who lived and 40% of those who died",
      range: [0, 1],
    },
    [
      ["icu.first.chemistry", "Chemistry drawn at admission", 0.95],
      ["icu.first.count", "Blood count drawn at admission", 0.93],
      ["icu.first.crp", "C-reactive protein drawn at admission", 0.6],
      ["icu.first.gas", "Lactate drawn at admission", 0.6],
      [
        "icu.drawn.severity",
        "Log odds of a draw, for a standard deviation of severity",
        0.6,
        { measure: "coefficient" },
      ],
    ],
  ),
];
