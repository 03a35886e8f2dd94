import { sourced } from "./sourced-number.ts";
import type { SourcedNumber } from "./sourced-number.ts";

const US = "US adults";

/** How many have a condition, by age and by sex. */
export const conditionNumbers: readonly SourcedNumber[] = [
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: `${US}, NHANES August 2021 to August 2023`,
      source: "gwira-2024",
      how: "stated",
      note: "Diagnosed and undiagnosed together.",
      range: [0, 0.6],
    },
    [
      ["diabetes.share.20-39", "Diabetes, 20 to 39", 0.035],
      ["diabetes.share.40-59", "Diabetes, 40 to 59", 0.177],
      ["diabetes.share.60-99", "Diabetes, 60 and over", 0.273],
      ["diabetes.share.women", "Diabetes, women", 0.137],
      ["diabetes.share.men", "Diabetes, men", 0.18],
      ["diabetes.share.all", "Diabetes, adults", 0.158],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: `${US}, NHANES 2015 to 2016`,
      source: "fryar-2017",
      how: "stated",
      note: "At least 140/90 mmHg, or medicines for it.",
      range: [0, 0.95],
    },
    [
      ["hypertension.share.18-39.women", "Hypertension, women of 18 to 39", 0.056],
      ["hypertension.share.40-59.women", "Hypertension, women of 40 to 59", 0.294],
      ["hypertension.share.60-99.women", "Hypertension, women of 60 and over", 0.668],
      ["hypertension.share.18-39.men", "Hypertension, men of 18 to 39", 0.092],
      ["hypertension.share.40-59.men", "Hypertension, men of 40 to 59", 0.372],
      ["hypertension.share.60-99.men", "Hypertension, men of 60 and over", 0.585],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: `${US}, NHANES 2017 to March 2020`,
      source: "cdc-ckd-2023",
      how: "stated",
      note: "Stages 1 to 4: albuminuria or eGFR under 60, one measurement.",
      range: [0, 0.8],
    },
    [
      ["ckd.share.18-44", "Chronic kidney disease, 18 to 44", 0.06],
      ["ckd.share.45-64", "Chronic kidney disease, 45 to 64", 0.12],
      ["ckd.share.65-99", "Chronic kidney disease, 65 and over", 0.34],
      ["ckd.share.women", "Chronic kidney disease, women", 0.14],
      ["ckd.share.men", "Chronic kidney disease, men", 0.12],
      ["ckd.share.all", "Chronic kidney disease, adults", 0.14],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: `${US}, NHANES 2013 to 2016`,
      source: "benjamin-2019",
      how: "stated",
      range: [0, 0.6],
    },
    [
      ["heart_failure.share.20-39.women", "Heart failure, women of 20 to 39", 0.001],
      ["heart_failure.share.40-59.women", "Heart failure, women of 40 to 59", 0.017],
      ["heart_failure.share.60-79.women", "Heart failure, women of 60 to 79", 0.048],
      ["heart_failure.share.80-99.women", "Heart failure, women of 80 and over", 0.12],
      ["heart_failure.share.20-39.men", "Heart failure, men of 20 to 39", 0.003],
      ["heart_failure.share.40-59.men", "Heart failure, men of 40 to 59", 0.012],
      ["heart_failure.share.60-79.men", "Heart failure, men of 60 to 79", 0.069],
      ["heart_failure.share.80-99.men", "Heart failure, men of 80 and over", 0.128],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "Adults of a health plan in Northern California, 1996 to 1997",
      source: "go-2001",
      how: "stated",
      note: "Figure 2.",
      range: [0, 0.5],
    },
    [
      ["atrial_fibrillation.share.20-54.women", "Atrial fibrillation, women under 55", 0.001],
      ["atrial_fibrillation.share.55-59.women", "Atrial fibrillation, women of 55 to 59", 0.004],
      ["atrial_fibrillation.share.60-64.women", "Atrial fibrillation, women of 60 to 64", 0.01],
      ["atrial_fibrillation.share.65-69.women", "Atrial fibrillation, women of 65 to 69", 0.017],
      ["atrial_fibrillation.share.70-74.women", "Atrial fibrillation, women of 70 to 74", 0.034],
      ["atrial_fibrillation.share.75-79.women", "Atrial fibrillation, women of 75 to 79", 0.05],
      ["atrial_fibrillation.share.80-84.women", "Atrial fibrillation, women of 80 to 84", 0.072],
      ["atrial_fibrillation.share.85-99.women", "Atrial fibrillation, women of 85 and over", 0.091],
      ["atrial_fibrillation.share.20-54.men", "Atrial fibrillation, men under 55", 0.002],
      ["atrial_fibrillation.share.55-59.men", "Atrial fibrillation, men of 55 to 59", 0.009],
      ["atrial_fibrillation.share.60-64.men", "Atrial fibrillation, men of 60 to 64", 0.017],
      ["atrial_fibrillation.share.65-69.men", "Atrial fibrillation, men of 65 to 69", 0.03],
      ["atrial_fibrillation.share.70-74.men", "Atrial fibrillation, men of 70 to 74", 0.05],
      ["atrial_fibrillation.share.75-79.men", "Atrial fibrillation, men of 75 to 79", 0.073],
      ["atrial_fibrillation.share.80-84.men", "Atrial fibrillation, men of 80 to 84", 0.103],
      ["atrial_fibrillation.share.85-99.men", "Atrial fibrillation, men of 85 and over", 0.111],
    ],
  ),
];
