import { sourced } from "./sourced-number.ts";
import type { SourcedNumber } from "./sourced-number.ts";

/** Level 1: what is measured at every bedside, by age and sex. */
export const vitalNumbers: readonly SourcedNumber[] = sourced(
  {
    measure: "mean",
    unit: "mmHg",
    population: "US adults, NHANES 2001 to 2008",
    source: "nhanes-2011",
    how: "stated",
    range: [80, 180],
  },
  [
    ["sbp.mean.men", "Systolic pressure, men", 123],
    ["sbp.mean.women", "Systolic pressure, women", 120],
  ],
);
