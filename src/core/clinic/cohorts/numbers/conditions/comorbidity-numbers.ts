import { sourced } from "../sourced-number.ts";
import type { SourcedNumber } from "../sourced-number.ts";

/** How much more often a condition is found with another. */
export const comorbidityNumbers: readonly SourcedNumber[] = [
  ...sourced(
    {
      measure: "odds ratio",
      unit: "1",
      population: "US adults, NHANES August 2021 to August 2023",
      source: "gwira-2024",
      how: "computed",
      note: "From shares of 6.8 of 100 under a body mass index of 25, 12.3 from 25 and 24.2 from 30. Cohorts followed from health find more.",
      range: [0.2, 30],
    },
    [
      ["diabetes.odds.overweight", "Overweight and diabetes", 1.92],
      ["diabetes.odds.obese", "Obesity and diabetes", 4.38],
    ],
  ),
  ...sourced(
    {
      measure: "relative risk",
      unit: "1",
      population: "Adults in cohort studies, pooled",
      source: "guh-2009",
      how: "stated",
      note: "Table 2; against normal weight.",
      range: [0.2, 30],
    },
    [
      ["hypertension.odds.overweight.women", "Overweight and hypertension, women", 1.65],
      ["hypertension.odds.overweight.men", "Overweight and hypertension, men", 1.28],
      ["hypertension.odds.obese.women", "Obesity and hypertension, women", 2.42],
      ["hypertension.odds.obese.men", "Obesity and hypertension, men", 1.84],
    ],
  ),
  ...sourced(
    {
      measure: "relative risk",
      unit: "1",
      population: "Adults in 25 cohort studies, pooled",
      source: "willi-2007",
      how: "stated",
      range: [0.2, 30],
    },
    [
      ["diabetes.odds.current", "Smoking and type 2 diabetes", 1.44],
      ["diabetes.odds.former", "Former smoking and type 2 diabetes", 1.23],
    ],
  ),
  ...sourced(
    {
      measure: "relative risk",
      unit: "1",
      population: "US adults of 45 to 64, ARIC",
      source: "gress-2000",
      how: "stated",
      note: "Diabetes where there is hypertension; odds ratios are the same both ways.",
      range: [0.2, 30],
    },
    [["hypertension.odds.diabetes", "Diabetes and hypertension", 2.43]],
  ),
  ...sourced(
    {
      measure: "odds ratio",
      unit: "1",
      population: "Framingham offspring, 43 years on average",
      source: "fox-2004",
      how: "stated",
      range: [0.2, 30],
    },
    [
      ["ckd.odds.bmi", "Body mass index and kidney disease, by standard deviation", 1.23],
      ["ckd.odds.current", "Smoking and kidney disease", 1.42],
      ["ckd.odds.diabetes", "Diabetes and kidney disease", 2.6],
      ["ckd.odds.hypertension", "Hypertension and kidney disease", 1.57],
    ],
  ),
  ...sourced(
    {
      measure: "odds ratio",
      unit: "1",
      population: "Adults of 52 countries",
      source: "yusuf-2004",
      how: "stated",
      range: [0.2, 30],
    },
    [
      ["coronary_disease.odds.current", "Smoking and coronary disease", 2.87],
      [
        "coronary_disease.odds.former",
        "Former smoking and coronary disease",
        1.87,
        {
          how: "chosen",
          note: "Between never and current smokers, of whom the source gives the pooled ratio as well.",
        },
      ],
      ["coronary_disease.odds.diabetes", "Diabetes and coronary disease", 2.37],
      ["coronary_disease.odds.hypertension", "Hypertension and coronary disease", 1.91],
    ],
  ),
  ...sourced(
    {
      measure: "relative risk",
      unit: "1",
      population: "Adults in 21 cohort studies, pooled",
      source: "bogers-2007",
      how: "stated",
      note: "After blood pressure and cholesterol, through which more of it goes.",
      range: [0.2, 30],
    },
    [
      ["coronary_disease.odds.overweight", "Overweight and coronary disease", 1.17],
      ["coronary_disease.odds.obese", "Obesity and coronary disease", 1.49],
    ],
  ),
  ...sourced(
    {
      measure: "hazard ratio",
      unit: "1",
      population: "Adults of a health plan in Northern California",
      source: "go-2004",
      how: "stated",
      note: "Cardiovascular events, eGFR of 45 to 59 against 60 and over.",
      range: [0.2, 30],
    },
    [["coronary_disease.odds.ckd", "Kidney disease and coronary disease", 1.4]],
  ),
  ...sourced(
    {
      measure: "odds ratio",
      unit: "1",
      population: "Framingham, 55 to 94 years",
      source: "benjamin-1994",
      how: "stated",
      range: [0.2, 30],
    },
    [
      ["atrial_fibrillation.odds.diabetes.women", "Diabetes and atrial fibrillation, women", 1.6],
      ["atrial_fibrillation.odds.diabetes.men", "Diabetes and atrial fibrillation, men", 1.4],
      ["atrial_fibrillation.odds.hypertension.women", "Hypertension and atrial fibrillation, women", 1.4],
      ["atrial_fibrillation.odds.hypertension.men", "Hypertension and atrial fibrillation, men", 1.5],
      [
        "atrial_fibrillation.odds.coronary_disease",
        "Coronary disease and atrial fibrillation",
        1.4,
        { note: "Myocardial infarction, found in men; taken for women too." },
      ],
      ["heart_failure.odds.atrial_fibrillation.women", "Atrial fibrillation and heart failure, women", 5.9],
      ["heart_failure.odds.atrial_fibrillation.men", "Atrial fibrillation and heart failure, men", 4.5],
    ],
  ),
  ...sourced(
    {
      measure: "relative risk",
      unit: "1",
      population: "Adults in 5 cohort studies, pooled",
      source: "wanahita-2008",
      how: "stated",
      range: [0.2, 30],
    },
    [["atrial_fibrillation.odds.obese", "Obesity and atrial fibrillation", 1.49]],
  ),
  ...sourced(
    {
      measure: "hazard ratio",
      unit: "1",
      population: "US adults, ARIC",
      source: "alonso-2011",
      how: "stated",
      note: "eGFR of 30 to 59 against 90 and over.",
      range: [0.2, 30],
    },
    [["atrial_fibrillation.odds.ckd", "Kidney disease and atrial fibrillation", 1.6]],
  ),
  ...sourced(
    {
      measure: "relative risk",
      unit: "1",
      population: "US adults, NHANES I followed for 19 years",
      source: "he-2001",
      how: "stated",
      range: [0.2, 30],
    },
    [
      ["heart_failure.odds.current", "Smoking and heart failure", 1.59],
      [
        "heart_failure.odds.obese",
        "Obesity and heart failure",
        1.3,
        { note: "Overweight as the source has it, a body mass index of about 28 and over." },
      ],
      ["heart_failure.odds.diabetes", "Diabetes and heart failure", 1.85],
      ["heart_failure.odds.hypertension", "Hypertension and heart failure", 1.4],
      ["heart_failure.odds.coronary_disease", "Coronary disease and heart failure", 8.11],
    ],
  ),
  ...sourced(
    {
      measure: "hazard ratio",
      unit: "1",
      population: "Adults of 12 European cohorts",
      source: "rehm-2022",
      how: "stated",
      range: [0.2, 30],
    },
    [["heart_failure.odds.ckd", "Kidney disease and heart failure", 1.71]],
  ),
  ...sourced(
    {
      measure: "odds ratio",
      unit: "1",
      population: "US adults, BRFSS 2017, age adjusted",
      source: "wheaton-2019",
      how: "computed",
      range: [0.2, 30],
    },
    [
      [
        "copd.odds.current.women",
        "Smoking and COPD, women",
        6.87,
        { note: "From shares of 18.5 of 100 who smoke, 8.9 who have stopped and 3.2 who never did." },
      ],
      [
        "copd.odds.former.women",
        "Former smoking and COPD, women",
        2.96,
        { note: "From shares of 18.5 of 100 who smoke, 8.9 who have stopped and 3.2 who never did." },
      ],
      [
        "copd.odds.current.men",
        "Smoking and COPD, men",
        6.01,
        { note: "From shares of 12.4 of 100 who smoke, 6.6 who have stopped and 2.3 who never did." },
      ],
      [
        "copd.odds.former.men",
        "Former smoking and COPD, men",
        3.0,
        { note: "From shares of 12.4 of 100 who smoke, 6.6 who have stopped and 2.3 who never did." },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "hazard ratio",
      unit: "1",
      population: "Adults of 19 European and American cohorts",
      source: "ordonez-mena-2016",
      how: "chosen",
      note: "Smoking brings cancer forward by eight years, in which the odds of it grow by about half; those who stopped lie between.",
      range: [0.2, 30],
    },
    [
      ["cancer.odds.current", "Smoking and cancer", 1.5],
      ["cancer.odds.former", "Former smoking and cancer", 1.2],
    ],
  ),
];
