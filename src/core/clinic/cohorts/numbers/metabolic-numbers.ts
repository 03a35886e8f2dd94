import { sourced } from "./sourced-number.ts";
import type { SourcedNumber } from "./sourced-number.ts";

const dka = "adults with diabetic ketoacidosis";
const high = "adults with potassium above 6.0 mmol/L";

/** Diabetic ketoacidosis: as it arrives, and what insulin and fluids do. */
const ketoacidosisNumbers: readonly SourcedNumber[] = [
  ...sourced(
    {
      measure: "rate",
      unit: "mmol/L/h",
      population: dka,
      source: "jbds-2022",
      how: "stated",
      range: [0, 10],
    },
    [
      ["dka.ketones.fall", "Fall of ketones under a fixed rate of insulin", 0.5],
      ["dka.glucose.fall", "Fall of glucose under a fixed rate of insulin", 3],
    ],
  ),
  ...sourced(
    { measure: "limit", unit: "mmol/L", population: dka, source: "jbds-2022", how: "stated", range: [0, 30] },
    [
      [
        "dka.watched",
        "Share of hours in which potassium and sugar are drawn under insulin",
        0.5,
        {
          measure: "share",
          unit: "1",
          how: "computed",
          note: "every two hours once insulin runs",
          range: [0, 1],
        },
      ],
      ["dka.glucose.low", "Glucose at which 10% glucose is added and insulin halved", 14],
      ["dka.ketones.over", "Ketones below which the ketoacidosis is over", 0.6],
    ],
  ),
  ...sourced(
    {
      measure: "mean",
      unit: "mmol/L",
      population: dka,
      source: "jbds-2022",
      how: "chosen",
      note: "the diagnosis asks for ketones of 3.0, glucose above 11.0, bicarbonate below 15.0; a median patient stands well beyond these",
      range: [-10, 40],
    },
    [
      ["dka.ketones", "Ketones at arrival, median", 6],
      ["dka.glucose", "Glucose at arrival above the usual, median", 18],
      ["dka.potassium", "Potassium at arrival above the usual, before insulin", 0.9],
      ["dka.potassium.floor", "Potassium under insulin against the usual", -0.9],
      ["dka.spread", "Spread of the logarithms of ketones and glucose", 0.3, { unit: "1", range: [0, 1] }],
    ],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "1",
      population: dka,
      source: "jbds-2022",
      how: "chosen",
      note: "acetoacetate goes with 3-hydroxybutyrate, so that bicarbonate falls by about twice the ketones that are measured",
      range: [-30, 40],
    },
    [
      ["dka.bicarbonate", "Bicarbonate, for each mmol/L of ketones", -2],
      ["dka.respiratory_rate", "Respiratory rate, for each mmol/L of bicarbonate lost", 0.7],
      ["dka.heart_rate", "Heart rate, of a patient who has lost fluid", 20, { unit: "/min" }],
      ["dka.sbp", "Systolic pressure, of a patient who has lost fluid", -12, { unit: "mmHg" }],
      ["dka.dbp", "Diastolic pressure, of a patient who has lost fluid", -8, { unit: "mmHg" }],
      ["dka.creatinine", "Logarithm of creatinine, of a patient who has lost fluid", 0.35],
      ["dka.urea", "Logarithm of urea, of a patient who has lost fluid", 0.45],
      ["dka.white_cells", "Logarithm of white cells", 0.3],
      ["dka.lactate", "Logarithm of lactate", 0.4],
      ["dka.gcs", "Glasgow Coma Scale, for each mmol/L of bicarbonate lost beyond 10", -0.25],
      ["dka.gcs.from", "Bicarbonate lost before consciousness suffers", 10, { unit: "mmol/L" }],
    ],
  ),
  ...sourced(
    {
      measure: "duration",
      unit: "h",
      population: "281 adults with diabetic ketoacidosis in 72 UK hospitals, 2014",
      source: "dhatariya-2016",
      how: "calibrated",
      note: "resolved after a median of 18.7 h from arrival, and potassium fell below normal in 55%",
      range: [1, 48],
    },
    [
      ["dka.fluid.delay", "Time constant of the fluid that is given back", 8],
      ["dka.potassium.delay", "Time constant of the fall of potassium", 5],
      ["dka.glucose.delay", "Time constant of glucose below 14 mmol/L", 10],
      [
        "dka.ketones.slow",
        "Share of the stated fall of ketones that is reached",
        0.65,
        { measure: "share", unit: "1", range: [0.1, 1] },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "coefficient",
      unit: "1",
      population: "60 patients with metabolic acidosis",
      source: "albert-1967",
      how: "stated",
      range: [0, 20],
    },
    [
      ["gas.winter.slope", "Carbon dioxide expected for each mmol/L of bicarbonate", 1.54, { unit: "mmHg" }],
      ["gas.winter.intercept", "Carbon dioxide expected at no bicarbonate", 8.36, { unit: "mmHg" }],
      [
        "gas.spread",
        "pH of patients of the same bicarbonate, who breathe more or less",
        0.03,
        {
          measure: "standard deviation",
          how: "chosen",
          note: "the usual reference interval of venous pH, 7.31 to 7.41, is about 0.1 wide, with bicarbonate alone it would be 0.03",
          range: [0, 0.2],
        },
      ],
      [
        "gas.pk",
        "pK of carbonic acid",
        6.1,
        { how: "chosen", note: "the constant of the Henderson-Hasselbalch equation at 37 °C" },
      ],
      [
        "gas.solubility",
        "Solubility of carbon dioxide",
        0.0307,
        {
          unit: "mmol/L/mmHg",
          how: "chosen",
          note: "the constant of the Henderson-Hasselbalch equation at 37 °C",
        },
      ],
    ],
  ),
];

/** Hyperkalaemia of failing kidneys, and what calcium, insulin with glucose, and salbutamol do. */
const hyperkalaemiaNumbers: readonly SourcedNumber[] = [
  ...sourced(
    {
      measure: "effect",
      unit: "mmol/L",
      population: "12 patients on haemodialysis",
      source: "allon-1990",
      how: "stated",
      note: "after 60 minutes",
      range: [-3, 0],
    },
    [
      ["hyperkalaemia.insulin", "Potassium, an hour after 10 units of insulin with glucose", -0.65],
      ["hyperkalaemia.salbutamol", "Potassium, an hour after salbutamol", -0.66],
    ],
  ),
  ...sourced(
    { measure: "limit", unit: "mmol/L", population: high, source: "ukka-2023", how: "stated", range: [5, 8] },
    [
      ["hyperkalaemia.severe", "Potassium at which insulin with glucose is given", 6.5],
      ["hyperkalaemia.moderate", "Potassium at which hyperkalaemia is moderate", 6],
    ],
  ),
  ...sourced(
    {
      measure: "duration",
      unit: "h",
      population: high,
      source: "ukka-2023",
      how: "chosen",
      note: "the guideline gives 4 to 6 hours for insulin and 30 to 60 minutes for calcium",
      range: [1, 24],
    },
    [
      ["hyperkalaemia.stay", "Time constant of what insulin has shifted", 5],
      ["hyperkalaemia.again", "Hours before insulin is given again", 4],
    ],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "1",
      population: high,
      source: "ukka-2023",
      how: "chosen",
      note: "hyperkalaemia of failing kidneys; the guideline names what goes along and not by how much",
      range: [-30, 20],
    },
    [
      ["hyperkalaemia.potassium", "Potassium above the usual at arrival, median", 2.4, { unit: "mmol/L" }],
      ["hyperkalaemia.spread", "Spread of the logarithm of that rise", 0.22],
      ["hyperkalaemia.rise", "Rise of potassium while untreated, each hour", 0.06, { unit: "mmol/L/h" }],
      [
        "hyperkalaemia.removal",
        "Fall of potassium by binders, urine or dialysis, each hour",
        -0.08,
        { unit: "mmol/L/h" },
      ],
      ["hyperkalaemia.creatinine", "Logarithm of creatinine", 1.2],
      ["hyperkalaemia.urea", "Logarithm of urea", 1.1],
      ["hyperkalaemia.bicarbonate", "Bicarbonate", -5, { unit: "mmol/L" }],
      ["hyperkalaemia.respiratory_rate", "Respiratory rate", 2, { unit: "/min" }],
      [
        "hyperkalaemia.heart_rate",
        "Heart rate, for each mmol/L beyond severe, without calcium",
        -9,
        { unit: "/min" },
      ],
      [
        "hyperkalaemia.sbp",
        "Systolic pressure, for each mmol/L beyond severe, without calcium",
        -8,
        { unit: "mmHg" },
      ],
      ["hyperkalaemia.salbutamol.heart_rate", "Heart rate in the hour of salbutamol", 10, { unit: "/min" }],
      ["hyperkalaemia.glucose", "Glucose an hour after insulin with glucose", 1.5, { unit: "mmol/L" }],
    ],
  ),
];

export const metabolicNumbers: readonly SourcedNumber[] = [...ketoacidosisNumbers, ...hyperkalaemiaNumbers];
