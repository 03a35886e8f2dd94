import { sourced } from "./sourced-number.ts";
import type { SourcedNumber } from "./sourced-number.ts";

/** Which share of those with an indication and nothing against it take a drug. */
export const drugNumbers: readonly SourcedNumber[] = [
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US adults with diabetes, diagnosed or not, NHANES 2015 to 2016",
      source: "le-2020",
      how: "chosen",
      note: "Metformin first, the others in the order of the source; together they give the 67 of 100 who take any medicine.",
      range: [0, 1],
    },
    [
      ["metformin.share.type_2", "Metformin in type 2 diabetes", 0.52],
      ["sulfonylurea.share.type_2", "Sulfonylurea in type 2 diabetes", 0.17],
      ["insulin.share.type_2", "Insulin in type 2 diabetes", 0.18],
      ["glp1.share.type_2", "GLP-1 receptor agonist in type 2 diabetes", 0.05],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "People with type 1 diabetes",
      source: "ada-2024",
      how: "stated",
      note: "All need it to live.",
      range: [0, 1],
    },
    [["insulin.share.type_1", "Insulin in type 1 diabetes", 1]],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US adults with diabetes who take medicines, NHANES 2017 to March 2020",
      source: "shen-2023",
      how: "computed",
      note: "9.4 of 100 who take medicines for diabetes, who are 67 of 100.",
      range: [0, 1],
    },
    [["sglt2_inhibitor.share.type_2", "SGLT2 inhibitor in type 2 diabetes", 0.063]],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US inpatients with heart failure and reduced ejection fraction, 2021 to 2022",
      source: "pierce-2023",
      how: "stated",
      note: "At discharge, of those without a contraindication.",
      range: [0, 1],
    },
    [
      [
        "sglt2_inhibitor.share.heart_failure+type_2",
        "SGLT2 inhibitor in heart failure with type 2 diabetes",
        0.262,
      ],
      ["sglt2_inhibitor.share.heart_failure", "SGLT2 inhibitor in heart failure", 0.155],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US adults of 40 and over, NHANES 2011 to 2012",
      source: "gu-2014",
      how: "computed",
      range: [0, 1],
    },
    [
      [
        "statin.share.coronary_disease",
        "Statin in coronary disease",
        0.66,
        { note: "71 of 100 take a medicine for cholesterol, 93 of 100 of these a statin." },
      ],
      [
        "statin.share.type_2",
        "Statin in type 2 diabetes",
        0.5,
        { how: "chosen", note: "Between those with coronary disease and all of 40 and over." },
      ],
      [
        "statin.share.middle_aged",
        "Statin from 40 without either",
        0.15,
        { how: "calibrated", note: "Adults of 40 and over come to 26 of 100, as in the source." },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "years",
      population: "US adults, NHANES 2011 to 2012",
      source: "gu-2014",
      how: "stated",
      note: "Whom the source asked.",
      range: [30, 70],
    },
    [["drugs.age.middle", "From when statins are given for age", 40]],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US adults with hypertension, NHANES 2009 to 2010",
      source: "gu-2012",
      how: "stated",
      range: [0, 1],
    },
    [
      [
        "raas_inhibitor.share.hypertension",
        "RAAS inhibitor in hypertension",
        0.555,
        { how: "computed", note: "33.3 of 100 an ACE inhibitor, 22.2 an ARB." },
      ],
      [
        "ace_inhibitor.share.raas_inhibitor",
        "ACE inhibitor among RAAS inhibitors",
        0.6,
        { how: "computed", note: "33.3 of 100 an ACE inhibitor, 22.2 an ARB." },
      ],
      ["beta_blocker.share.hypertension", "Beta-blocker in hypertension", 0.319],
      ["thiazide.share.hypertension", "Thiazide in hypertension", 0.276],
      ["calcium_channel_blocker.share.hypertension", "Calcium channel blocker in hypertension", 0.209],
      [
        "beta_blocker.share.coronary_disease",
        "Beta-blocker in coronary disease",
        0.5,
        {
          how: "chosen",
          note: "Between the 32 of 100 of all with hypertension and the 67 in heart failure.",
        },
      ],
      [
        "beta_blocker.share.atrial_fibrillation",
        "Beta-blocker in atrial fibrillation",
        0.5,
        {
          how: "chosen",
          note: "Between the 32 of 100 of all with hypertension and the 67 in heart failure.",
        },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US outpatients with heart failure and reduced ejection fraction, 2015 to 2017",
      source: "greene-2018",
      how: "stated",
      note: "Of those who are eligible.",
      range: [0, 1],
    },
    [
      ["raas_inhibitor.share.heart_failure", "RAAS inhibitor in heart failure", 0.73],
      ["beta_blocker.share.heart_failure", "Beta-blocker in heart failure", 0.67],
      ["mra.share.heart_failure", "MRA in heart failure", 0.33],
      [
        "arni.share.raas_inhibitor+heart_failure",
        "ARNI among RAAS inhibitors in heart failure",
        0.18,
        { how: "computed", note: "13 of 100 an ARNI, 60.5 an ACE inhibitor or ARB." },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "Dutch outpatients with heart failure, 2013 to 2016",
      source: "check-hf-2023",
      how: "computed",
      note: "Median 40 mg, quartiles 40 and 80 mg.",
      range: [0, 1],
    },
    [
      [
        "loop_diuretic.share.heart_failure",
        "Loop diuretic in heart failure",
        0.79,
        { note: "8,179 of 10,366." },
      ],
      ["furosemide.share.low", "Furosemide, lowest dose", 0.18],
      ["furosemide.share.usual", "Furosemide, usual dose", 0.45],
      ["furosemide.share.double", "Furosemide, twice the usual dose", 0.25],
      ["furosemide.share.high", "Furosemide, high dose", 0.12],
    ],
  ),
  ...sourced(
    {
      measure: "mean",
      unit: "mg",
      population: "Dutch outpatients with heart failure, 2013 to 2016",
      source: "check-hf-2023",
      how: "chosen",
      note: "Sizes of tablets around the median of 40 mg and the upper quartile of 80 mg.",
      range: [10, 500],
    },
    [
      ["furosemide.mg.low", "Furosemide a day, lowest", 20],
      ["furosemide.mg.usual", "Furosemide a day, usual", 40],
      ["furosemide.mg.double", "Furosemide a day, doubled", 80],
      ["furosemide.mg.high", "Furosemide a day, high", 120],
    ],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "1",
      population: "Dutch outpatients with heart failure, 2013 to 2016",
      source: "check-hf-2023",
      how: "chosen",
      note: "The source has higher doses where kidneys are worse, and no ratio.",
      range: [1, 4],
    },
    [["furosemide.times.egfr_under_30", "Furosemide where eGFR is under 30", 2]],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "Adults with kidney disease",
      source: "kdigo-2024",
      how: "chosen",
      note: "Preferred to thiazides there; how many take one is not told.",
      range: [0, 1],
    },
    [["loop_diuretic.share.egfr_under_30", "Loop diuretic where eGFR is under 30", 0.4]],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US outpatients with atrial fibrillation and a risk of stroke, 2014",
      source: "marzec-2017",
      how: "stated",
      range: [0, 1],
    },
    [["anticoagulant.share.atrial_fibrillation", "Anticoagulant in atrial fibrillation", 0.607]],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US adults with cardiovascular disease",
      source: "gu-2014",
      how: "chosen",
      note: "As many as take a medicine for cholesterol, 71 of 100; both are for life.",
      range: [0, 1],
    },
    [["antiplatelet.share.coronary_disease", "Antiplatelet in coronary disease", 0.7]],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "Scottish adults with COPD, 2001 to 2010",
      source: "short-2011",
      how: "chosen",
      note: "Twice the 12 of 100 of the source, whose patients have COPD.",
      range: [0, 1],
    },
    [["non_selective_beta_blocker.share.beta_blocker", "Non-selective among beta-blockers", 0.25]],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US adults with COPD, BRFSS 2011",
      source: "mmwr-copd-2012",
      how: "stated",
      range: [0, 1],
    },
    [["bronchodilator.share.copd", "Daily medicine for COPD", 0.556]],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "People with Addison's disease",
      source: "bornstein-2016",
      how: "stated",
      note: "All need it to live.",
      range: [0, 1],
    },
    [["corticosteroid.share.addison", "Corticosteroid in Addison's disease", 1]],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US adults, NHANES 1999 to 2008",
      source: "overman-2013",
      how: "stated",
      range: [0, 1],
    },
    [["corticosteroid.share.adult", "Oral corticosteroid, adults", 0.012]],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "US adults, NHIS 2010",
      source: "zhou-2014",
      how: "stated",
      range: [0, 1],
    },
    [["nsaid.share.adult", "NSAID regularly, adults", 0.121]],
  ),
];
