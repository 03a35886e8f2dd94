import { sourced } from "../sourced-number.ts";
import type { SourcedNumber } from "../sourced-number.ts";

const US = "US adults";
const LEVEL = "Between the stated ages; set so that adults of US ages come to the 2.2 of 100 of the source.";
const CHART =
  "Read from the source's chart by age and sex, whose text names other ages; within half a point.";

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
      range: [0.0001, 0.6],
    },
    [
      ["diabetes.share.20-39", "Diabetes, 20 to 39", 0.035],
      ["diabetes.share.40-59", "Diabetes, 40 to 59", 0.177],
      ["diabetes.share.60-84", "Diabetes, 60 and over", 0.273],
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
      range: [0.0001, 0.95],
    },
    [
      ["hypertension.share.18-39.women", "Hypertension, women of 18 to 39", 0.056],
      ["hypertension.share.40-59.women", "Hypertension, women of 40 to 59", 0.294],
      ["hypertension.share.60-84.women", "Hypertension, women of 60 and over", 0.668],
      ["hypertension.share.18-39.men", "Hypertension, men of 18 to 39", 0.092],
      ["hypertension.share.40-59.men", "Hypertension, men of 40 to 59", 0.372],
      ["hypertension.share.60-84.men", "Hypertension, men of 60 and over", 0.585],
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
      range: [0.0001, 0.8],
    },
    [
      ["ckd.share.18-44", "Chronic kidney disease, 18 to 44", 0.06],
      ["ckd.share.45-64", "Chronic kidney disease, 45 to 64", 0.12],
      ["ckd.share.65-84", "Chronic kidney disease, 65 and over", 0.34],
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
      range: [0.0001, 0.6],
    },
    [
      [
        "heart_failure.share.20-39.women",
        "Heart failure, women of 20 to 39",
        0.001,
        { how: "chosen", note: CHART },
      ],
      ["heart_failure.share.40-59.women", "Heart failure, women of 40 to 59", 0.017],
      [
        "heart_failure.share.60-79.women",
        "Heart failure, women of 60 to 79",
        0.03,
        { how: "calibrated", note: LEVEL },
      ],
      ["heart_failure.share.80-90.women", "Heart failure, women of 80 and over", 0.12],
      [
        "heart_failure.share.20-39.men",
        "Heart failure, men of 20 to 39",
        0.003,
        { how: "chosen", note: CHART },
      ],
      ["heart_failure.share.40-59.men", "Heart failure, men of 40 to 59", 0.012],
      [
        "heart_failure.share.60-79.men",
        "Heart failure, men of 60 to 79",
        0.052,
        { how: "calibrated", note: LEVEL },
      ],
      ["heart_failure.share.80-90.men", "Heart failure, men of 80 and over", 0.128],
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
      range: [0.0001, 0.5],
    },
    [
      ["atrial_fibrillation.share.20-54.women", "Atrial fibrillation, women under 55", 0.001],
      ["atrial_fibrillation.share.55-59.women", "Atrial fibrillation, women of 55 to 59", 0.004],
      ["atrial_fibrillation.share.60-64.women", "Atrial fibrillation, women of 60 to 64", 0.01],
      ["atrial_fibrillation.share.65-69.women", "Atrial fibrillation, women of 65 to 69", 0.017],
      ["atrial_fibrillation.share.70-74.women", "Atrial fibrillation, women of 70 to 74", 0.034],
      ["atrial_fibrillation.share.75-79.women", "Atrial fibrillation, women of 75 to 79", 0.05],
      ["atrial_fibrillation.share.80-84.women", "Atrial fibrillation, women of 80 to 84", 0.072],
      ["atrial_fibrillation.share.85-92.women", "Atrial fibrillation, women of 85 and over", 0.091],
      ["atrial_fibrillation.share.20-54.men", "Atrial fibrillation, men under 55", 0.002],
      ["atrial_fibrillation.share.55-59.men", "Atrial fibrillation, men of 55 to 59", 0.009],
      ["atrial_fibrillation.share.60-64.men", "Atrial fibrillation, men of 60 to 64", 0.017],
      ["atrial_fibrillation.share.65-69.men", "Atrial fibrillation, men of 65 to 69", 0.03],
      ["atrial_fibrillation.share.70-74.men", "Atrial fibrillation, men of 70 to 74", 0.05],
      ["atrial_fibrillation.share.75-79.men", "Atrial fibrillation, men of 75 to 79", 0.073],
      ["atrial_fibrillation.share.80-84.men", "Atrial fibrillation, men of 80 to 84", 0.103],
      ["atrial_fibrillation.share.85-92.men", "Atrial fibrillation, men of 85 and over", 0.111],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US adults, NHANES 2015 to 2018",
      source: "virani-2021",
      how: "calibrated",
      note: "The rise with age is that of the chart; level set so that adults of US ages come to 8.3 of 100 men and 6.2 of 100 women.",
      range: [0.0001, 0.7],
    },
    [
      ["coronary_disease.share.20-39.women", "Coronary disease, women of 20 to 39", 0.007],
      ["coronary_disease.share.40-59.women", "Coronary disease, women of 40 to 59", 0.047],
      ["coronary_disease.share.60-79.women", "Coronary disease, women of 60 to 79", 0.12],
      ["coronary_disease.share.80-90.women", "Coronary disease, women of 80 and over", 0.22],
      ["coronary_disease.share.20-39.men", "Coronary disease, men of 20 to 39", 0.009],
      ["coronary_disease.share.40-59.men", "Coronary disease, men of 40 to 59", 0.062],
      ["coronary_disease.share.60-79.men", "Coronary disease, men of 60 to 79", 0.198],
      ["coronary_disease.share.80-90.men", "Coronary disease, men of 80 and over", 0.3],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US adults in 26 states and DC, BRFSS 2017 to 2018",
      source: "watson-2024",
      how: "stated",
      note: "Told by a health professional; table 1.",
      range: [0.0001, 0.5],
    },
    [
      ["copd.share.18-39", "COPD, 18 to 39", 0.029],
      [
        "copd.share.40-59",
        "COPD, 40 to 59",
        0.079,
        {
          how: "calibrated",
          note: "Split so that adults of 40 and over come to the 10.0 of 100 of the source; rises with age.",
        },
      ],
      [
        "copd.share.60-84",
        "COPD, 60 and over",
        0.121,
        {
          how: "calibrated",
          note: "Split so that adults of 40 and over come to the 10.0 of 100 of the source; rises with age.",
        },
      ],
      ["copd.share.women", "COPD, women", 0.071],
      ["copd.share.men", "COPD, men", 0.059],
      ["copd.share.all", "COPD, adults", 0.065],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US adults, NHIS 2019, age adjusted",
      source: "hus-cancer-2021",
      how: "stated",
      note: "Ever told; without basal and squamous cell cancers of the skin.",
      range: [0.0001, 0.7],
    },
    [
      [
        "cancer.share.18-44",
        "Cancer, 18 to 44",
        0.019,
        {
          how: "calibrated",
          note: "Rises as lifetime histories of cancer do; level set so that the standard population comes to the 6.6 of 100 of the source.",
        },
      ],
      [
        "cancer.share.45-64",
        "Cancer, 45 to 64",
        0.075,
        {
          how: "calibrated",
          note: "Rises as lifetime histories of cancer do; level set so that the standard population comes to the 6.6 of 100 of the source.",
        },
      ],
      [
        "cancer.share.65-74",
        "Cancer, 65 to 74",
        0.17,
        {
          how: "calibrated",
          note: "Rises as lifetime histories of cancer do; level set so that the standard population comes to the 6.6 of 100 of the source.",
        },
      ],
      [
        "cancer.share.75-90",
        "Cancer, 75 and over",
        0.225,
        {
          how: "calibrated",
          note: "Rises as lifetime histories of cancer do; level set so that the standard population comes to the 6.6 of 100 of the source.",
        },
      ],
      ["cancer.share.women", "Cancer, women", 0.072],
      ["cancer.share.men", "Cancer, men", 0.059],
      ["cancer.share.all", "Cancer, adults", 0.066],
    ],
  ),
];
