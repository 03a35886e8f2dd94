import { sourced } from "../sourced-number.ts";
import type { Shared, SourcedNumber } from "../sourced-number.ts";

/** Two quantities that hang together beyond age, sex and conditions, and how much. */
export type Correlated = readonly [a: string, b: string, r: number, own?: Partial<Shared>];

const shared: Shared = {
  measure: "correlation",
  unit: "1",
  population: "US adults, NHANES 2009 to 2012",
  source: "nhanes-2009",
  how: "computed",
  note: "Of what is left of both after sex, band of age and diabetes (logarithms where skewed); below 0.1 taken as none.",
  range: [-0.95, 0.95],
};
const judged: Partial<Shared> = {
  how: "chosen",
  range: [-0.6, 0.6],
};

const salts: Partial<Shared> = {
  population: "US adults, NHANES 2017 to 2018",
  source: "nhanes-2017",
  note: "Pearson's, of the public rows, unweighted.",
};

export const vitalPairs: readonly Correlated[] = [
  ["bmi", "sbp", 0.11],
  ["bmi", "dbp", 0.11],
  ["bmi", "heart_rate", 0.09],
  ["dbp", "heart_rate", 0.14],
  [
    "heart_rate",
    "temperature",
    0.2,
    {
      ...judged,
      source: "obermeyer-2017",
      population: "35,488 outpatients of a Boston hospital",
      note: "Temperature rises with heart rate among outpatients; the size within healthy spreads is judged.",
    },
  ],
  [
    "heart_rate",
    "respiratory_rate",
    0.2,
    {
      ...judged,
      source: "news-2017",
      population: "adults in hospital",
      note: "Both rise together in acute illness; at rest the link is weak, so a small one.",
    },
  ],
  [
    "respiratory_rate",
    "desaturation",
    0.15,
    {
      ...judged,
      source: "news-2017",
      population: "adults in hospital",
      note: "Both rise together in acute illness; at rest the link is weak, so a small one.",
    },
  ],
  [
    "bmi",
    "desaturation",
    0.15,
    {
      ...judged,
      source: "vold-2015",
      population: "5,152 adults of Tromsø",
      note: "Saturation is lower with a higher body mass index in the same cohort.",
    },
  ],
];

export const labPairs: readonly Correlated[] = [
  ["bmi", "albumin", -0.31],
  ["bmi", "hba1c", 0.13],
  ["bmi", "white_cells", 0.18],
  ["bmi", "mcv", -0.16],
  ["bmi", "hdl", -0.31],
  ["bmi", "triglycerides", 0.22],
  ["bmi", "crp", 0.45],
  ["heart_rate", "white_cells", 0.17],
  ["heart_rate", "triglycerides", 0.13],
  ["heart_rate", "crp", 0.17],
  ["creatinine", "urea", 0.23],
  ["albumin", "haematocrit", 0.21],
  ["albumin", "hdl", 0.16],
  ["albumin", "crp", -0.37],
  ["hba1c", "mcv", -0.18],
  ["hba1c", "hdl", -0.13],
  ["hba1c", "triglycerides", 0.13],
  ["hba1c", "crp", 0.15],
  ["hba1c", "white_cells", 0.12],
  ["white_cells", "haematocrit", 0.16],
  ["white_cells", "hdl", -0.22],
  ["white_cells", "triglycerides", 0.24],
  ["white_cells", "crp", 0.28],
  ["mcv", "haematocrit", 0.24],
  ["mcv", "hdl", 0.14],
  ["mcv", "crp", -0.13],
  ["hdl", "triglycerides", -0.5],
  ["hdl", "crp", -0.28],
  ["triglycerides", "ldl", 0.18],
  ["triglycerides", "crp", 0.22],
  ["haematocrit", "ldl", 0.14],
  ["sodium", "potassium", 0.17, salts],
  ["sodium", "bicarbonate", 0.24, salts],
  ["sodium", "anion_gap", 0.11, salts],
  ["bicarbonate", "anion_gap", -0.55, salts],
];

export const correlationNumbers: readonly SourcedNumber[] = sourced(
  shared,
  [...vitalPairs, ...labPairs].map(
    ([a, b, r, own]) => [`correlation.${a}.${b}`, `${words(a)} and ${words(b)}`, r, own ?? {}] as const,
  ),
);

function words(name: string): string {
  return name.replaceAll("_", " ");
}
