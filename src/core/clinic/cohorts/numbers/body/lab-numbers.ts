import { spreadByAge } from "./bands.ts";
import type { Shared, SourcedNumber } from "../sourced-number.ts";

const of = (unit: string, range: readonly [number, number]): Omit<Shared, "measure"> => ({
  unit,
  range,
  population: "US adults, NHANES 2009 to 2012",
  source: "nhanes-2009",
  how: "computed",
  note: "Of the public rows with their examination weights, pregnant women left out, in a copy that had left out the values farthest from all others (about 1 in 200).",
});

const later = (unit: string, range: readonly [number, number]): Omit<Shared, "measure"> => ({
  unit,
  range,
  population: "US adults, NHANES 2017 to 2018",
  source: "nhanes-2017",
  how: "computed",
  note: "Of the public rows, unweighted, pregnant women left out.",
});

/** Level 2: what laboratories measure, by age and sex. */
export const labNumbers: readonly SourcedNumber[] = [
  ...spreadByAge(
    of("µmol/L", [40, 150]),
    "creatinine",
    "Creatinine of those with filtration of 60 and over",
    {
      women: [
        [63.6, 63.7, 64.8, 66.7, 67.1, 67.5, 68],
        [10.8, 11.1, 11.6, 11.2, 11.3, 10.9, 9.4],
      ],
      men: [
        [84, 84.2, 83.7, 85.2, 85.7, 87.1, 88],
        [12.7, 13.5, 13.2, 13.6, 12.2, 13.4, 12.7],
      ],
    },
  ),
  ...spreadByAge(of("mmol/mol", [25, 48]), "hba1c", "HbA1c of those without diabetes", {
    women: [
      [33.1, 34.4, 35.3, 37, 37.5, 38.5, 38.2],
      [3.3, 3.7, 4.1, 3.5, 3.7, 3.7, 3.9],
    ],
    men: [
      [33.7, 34.9, 35.8, 36.9, 37.3, 38, 38.2],
      [3.6, 3.9, 3.9, 3.6, 3.9, 4.1, 3.8],
    ],
  }),
  ...spreadByAge(of("mmol/L", [1, 20]), "urea", "Urea of those with filtration of 60 and over", {
    women: [
      [3.64, 3.69, 3.86, 4.62, 4.89, 5.17, 5.6],
      [1.09, 1.13, 1.22, 1.45, 1.45, 1.56, 1.6],
    ],
    men: [
      [4.35, 4.46, 4.55, 5.01, 5.19, 5.43, 6.2],
      [1.21, 1.31, 1.34, 1.49, 1.53, 1.66, 1.81],
    ],
  }),
  ...spreadByAge(of("g/L", [25, 55]), "albumin", "Albumin", {
    women: [
      [42.6, 42.1, 41.8, 42.6, 42, 41.4, 41.1],
      [3.1, 3.1, 3, 3.1, 2.8, 2.9, 3.3],
    ],
    men: [
      [45.8, 44.8, 43.8, 43.4, 42.4, 42.3, 41.3],
      [2.8, 3, 2.8, 3, 2.6, 2.9, 3.2],
    ],
  }),
  ...spreadByAge(of("mmol/L", [0.5, 3]), "hdl", "HDL cholesterol", {
    women: [
      [1.43, 1.42, 1.51, 1.55, 1.54, 1.52, 1.55],
      [0.36, 0.36, 0.44, 0.42, 0.42, 0.42, 0.42],
    ],
    men: [
      [1.24, 1.19, 1.2, 1.23, 1.29, 1.28, 1.29],
      [0.32, 0.33, 0.35, 0.34, 0.4, 0.37, 0.35],
    ],
  }),
  ...spreadByAge(of("mmol/L", [0.5, 4]), "triglycerides", "Triglycerides, fasting", {
    women: [
      [1.1, 1.14, 1.25, 1.44, 1.46, 1.62, 1.43],
      [0.7, 0.65, 0.78, 0.83, 0.8, 0.85, 0.67],
    ],
    men: [
      [1.33, 1.55, 1.81, 1.64, 1.45, 1.51, 1.29],
      [0.79, 1, 1.36, 1.04, 0.93, 0.88, 0.62],
    ],
  }),
  ...spreadByAge(of("mmol/L", [1, 6]), "ldl", "LDL cholesterol", {
    women: [
      [2.61, 2.86, 3.04, 3.34, 3.17, 2.97, 2.98],
      [0.76, 0.82, 0.8, 0.99, 0.89, 0.89, 0.87],
    ],
    men: [
      [2.75, 3.12, 3.24, 3.06, 2.83, 2.69, 2.45],
      [0.8, 0.84, 0.88, 0.96, 0.84, 0.94, 0.79],
    ],
  }),
  ...spreadByAge(of("10^9/L", [3, 15]), "white_cells", "White cells", {
    women: [
      [7.3, 7.3, 7.3, 6.7, 6.7, 6.8, 6.9],
      [2.1, 2.1, 2.1, 1.9, 1.8, 1.9, 1.8],
    ],
    men: [
      [7, 7.1, 6.9, 7.1, 7, 7, 6.9],
      [2, 2.1, 2, 2, 2, 1.9, 1.9],
    ],
  }),
  ...spreadByAge(of("%", [25, 60]), "haematocrit", "Haematocrit", {
    women: [
      [39, 38.5, 38.7, 39.5, 39.5, 38.8, 38.4],
      [2.7, 3.1, 3.4, 3.1, 3.1, 3.7, 3.8],
    ],
    men: [
      [44.7, 44.2, 44, 43.8, 42.9, 42.7, 40],
      [2.6, 3, 3, 3.4, 3.5, 4.4, 4.6],
    ],
  }),
  ...spreadByAge(of("fL", [70, 110]), "mcv", "Mean cell volume", {
    women: [
      [88.4, 88.3, 89.1, 89.8, 90.7, 90.8, 92],
      [5.6, 5.8, 6.8, 5.7, 4.8, 5.2, 5.5],
    ],
    men: [
      [89.2, 89.5, 90, 91.1, 91.9, 92.5, 93],
      [4, 4.4, 4.7, 4.7, 5.2, 5.3, 5.3],
    ],
  }),
  ...spreadByAge(of("mg/L", [0.5, 30]), "crp", "C-reactive protein", {
    women: [
      [3.78, 4.01, 4.01, 3.72, 4.35, 4.32, 3.67],
      [5.98, 5.38, 5.37, 5.22, 5.19, 5.33, 5.74],
    ],
    men: [
      [2.29, 2.78, 2.94, 2.87, 3.27, 3.2, 3.58],
      [4.43, 4.25, 4.85, 4.09, 5.19, 3.65, 4.76],
    ],
  }),
  ...spreadByAge(later("mmol/L", [130, 150]), "sodium", "Sodium", {
    women: [
      [140, 139.9, 139.9, 140.6, 140.9, 140.6, 140.6],
      [2.4, 2.5, 2.5, 2.8, 2.9, 3.2, 3.1],
    ],
    men: [
      [140.7, 140.4, 140.4, 140.1, 140.3, 140.4, 140.3],
      [2.4, 2.5, 2.6, 2.9, 2.7, 3.5, 3],
    ],
  }),
  ...spreadByAge(later("mmol/L", [3, 6]), "potassium", "Potassium", {
    women: [
      [4.03, 3.96, 3.96, 3.99, 4.02, 4.11, 4.2],
      [0.29, 0.31, 0.32, 0.34, 0.37, 0.44, 0.41],
    ],
    men: [
      [4.08, 4.1, 4.1, 4.12, 4.15, 4.3, 4.32],
      [0.3, 0.32, 0.34, 0.37, 0.4, 0.44, 0.41],
    ],
  }),
  ...spreadByAge(later("mmol/L", [15, 35]), "bicarbonate", "Bicarbonate", {
    women: [
      [24.6, 24.5, 25, 26, 25.9, 26.1, 26.1],
      [2.1, 2.2, 2.3, 2.3, 2.5, 2.7, 2.4],
    ],
    men: [
      [26.1, 26.1, 25.7, 26, 25.9, 25.8, 26.2],
      [2.3, 2.4, 2.4, 2.5, 2.7, 2.7, 2.8],
    ],
  }),
  ...spreadByAge(later("mmol/L", [5, 25]), "anion_gap", "Anion gap, sodium less chloride and bicarbonate", {
    women: [
      [13.6, 13.6, 13.5, 13.6, 14, 13.9, 13.7],
      [2.1, 2.2, 2.2, 2.1, 2.4, 2.7, 2.3],
    ],
    men: [
      [13.7, 13.6, 13.7, 13.7, 13.7, 13.8, 13.3],
      [2.4, 2.4, 2.5, 2.5, 2.6, 2.4, 2.9],
    ],
  }),
];
