import type { Rows } from "../simulating/rows.ts";

/** Vitals drawn before, then laboratory values, in the order in which they follow from each other. */
export const GIVEN = ["bmi", "heart_rate"] as const;
export const NAMES = [
  ...GIVEN,
  "creatinine",
  "urea",
  "albumin",
  "hba1c",
  "glucose",
  "white_cells",
  "mcv",
  "haematocrit",
  "mchc",
  "platelets",
  "hdl",
  "triglycerides",
  "ldl",
  "crp",
  "sodium",
  "potassium",
  "bicarbonate",
  "anion_gap",
  "acr",
  "nt_probnp",
  "troponin",
  "lactate",
] as const;
export type LabName = (typeof NAMES)[number];

/** What each part of the laboratory works with: the rows, their places in curves, and normals by name. */
export interface Bench {
  readonly rows: Rows;
  readonly places: Int32Array;
  readonly latent: (name: LabName) => Float64Array;
}
