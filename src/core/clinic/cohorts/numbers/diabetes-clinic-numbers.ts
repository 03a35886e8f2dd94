import { sourced } from "./sourced-number.ts";
import type { Shared, SourcedNumber } from "./sourced-number.ts";

const audit: Shared = {
  measure: "share",
  unit: "1",
  population: "people with diabetes, England and Wales, 2010 to 2011",
  source: "nda-2012",
  how: "chosen",
  range: [0, 1],
};

const register: Shared = {
  measure: "mean",
  unit: "years",
  population: "people with diabetes, National Diabetes Register of Sweden",
  source: "gudbjornsdottir-2003",
  how: "chosen",
  range: [0.5, 40],
  note: "As usual in registers of hospital clinics and primary care; the paper gives means of subgroups.",
};

/** Who comes, since when, and how sugar is. */
const people: readonly SourcedNumber[] = [
  ...sourced(
    {
      measure: "effect",
      unit: "1",
      population: "733 adults with type 1 and 12,397 with type 2 diabetes, NHIS 2016 to 2021",
      source: "fang-2023",
      how: "computed",
      note: "Mean body mass index 27.6 in type 1 against 30.9 in type 2.",
      range: [0.7, 1.1],
    },
    [["dc.type1.weight", "Weight for height in type 1 against type 2", 0.893]],
  ),
  ...sourced({ ...audit, note: "Most of those under 30 and few over 60 have type 1; near 9% of everyone." }, [
    ["dc.type1.share", "Type 1 at 40 years, of those with diabetes", 0.33],
    [
      "dc.type1.decade",
      "Type 1, ten years older",
      -1.2,
      { measure: "coefficient", unit: "log odds", range: [-4, 0] },
    ],
    ["dc.type1.least", "Type 1 at any age, at least", 0.02],
    [
      "dc.type1.age",
      "Age that the share stands for",
      40,
      { measure: "mean", unit: "years", range: [20, 60] },
    ],
  ]),
  ...sourced(register, [
    ["dc.duration.type1", "Duration of type 1, median", 16],
    ["dc.duration.type2", "Duration of type 2, median", 6.5],
    [
      "dc.duration.sd",
      "Duration, spread of its logarithm",
      0.8,
      { measure: "standard deviation", unit: "1", range: [0.1, 2] },
    ],
    ["dc.onset.type1", "Earliest age at onset of type 1", 2, { measure: "limit" }],
    ["dc.onset.type2", "Earliest age at onset of type 2", 18, { measure: "limit" }],
  ]),
  ...sourced(
    {
      ...audit,
      measure: "mean",
      unit: "mmol/mol",
      how: "computed",
      range: [30, 100],
      note: "Type 1: 92.6% above 48, 71.3% above 58 and 18.1% above 86; type 2: 72.5%, 32.6% and 6.8%. A log-normal of type 1, one above a floor of type 2, through these.",
    },
    [
      ["dc.hba1c.type1", "HbA1c in type 1, median", 67.4],
      [
        "dc.hba1c.type1.sd",
        "HbA1c in type 1, spread of its logarithm",
        0.2675,
        { measure: "standard deviation", unit: "1", range: [0.05, 1] },
      ],
      ["dc.hba1c.floor", "HbA1c in type 2, floor", 38],
      ["dc.hba1c.type2", "HbA1c in type 2 above the floor, median", 14.3, { range: [5, 50] }],
      [
        "dc.hba1c.type2.sd",
        "HbA1c in type 2 above the floor, spread of its logarithm",
        0.75,
        { measure: "standard deviation", unit: "1", range: [0.1, 2] },
      ],
      [
        "dc.hba1c.most",
        "Highest HbA1c",
        150,
        { measure: "limit", how: "chosen", range: [120, 200], note: "What analysers report." },
      ],
      [
        "dc.hba1c.day",
        "HbA1c from review to review without any cause, spread",
        3.5,
        {
          measure: "standard deviation",
          how: "chosen",
          range: [0, 15],
          note: "Life, not the analyser; within the published spread between patients.",
        },
      ],
    ],
  ),
  ...sourced({ ...register, measure: "share", unit: "1", range: [0, 1] }, [
    ["dc.treatment.diet", "Type 2 without drugs", 0.2],
    ["dc.treatment.tablets", "Type 2 with tablets", 0.5],
    ["dc.treatment.glp1", "Type 2 with GLP-1 and no insulin", 0.08],
    ["dc.treatment.insulin", "Type 2 with insulin", 0.22],
    [
      "dc.treatment.sugar",
      "Correlation of the step of treatment with HbA1c",
      0.35,
      { measure: "correlation" },
    ],
    [
      "dc.treatment.duration",
      "Correlation of the step of treatment with duration",
      0.45,
      { measure: "correlation" },
    ],
    ["dc.sglt2.share", "SGLT2 inhibitor in type 2 with any drug, first review", 0.15],
  ]),
  ...sourced(
    {
      measure: "effect",
      unit: "1",
      population: "5,097 people with type 2 diabetes, UKPDS",
      source: "adler-2003",
      how: "chosen",
      range: [0, 1],
      note: "Albuminuria rises with HbA1c and years of diabetes; size for one value is not published there.",
    },
    [
      ["dc.acr.hba1c", "Logarithm of albumin to creatinine, 1 mmol/mol of HbA1c", 0.015],
      ["dc.acr.year", "Logarithm of albumin to creatinine, a year of diabetes", 0.02],
    ],
  ),
];

/** Eyes, and what brings patients to hospital. */
const complications: readonly SourcedNumber[] = [
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "22,896 people with diabetes, 35 studies",
      source: "yau-2012",
      how: "stated",
      range: [0, 1],
    },
    [["dc.retinopathy.share", "Retinopathy under 10 years of diabetes", 0.211]],
  ),
  ...sourced(
    {
      measure: "coefficient",
      unit: "log odds",
      population: "22,896 people with diabetes, 35 studies",
      source: "yau-2012",
      how: "computed",
      range: [0, 1],
      note: "21.1% under 10 years and 76.3% from 20 years on: the difference of log odds over 20 years.",
    },
    [
      ["dc.retinopathy.year", "Retinopathy, a year of diabetes", 0.1245],
      [
        "dc.retinopathy.from",
        "Duration that the share stands for",
        5,
        { measure: "mean", unit: "years", how: "chosen", range: [0, 20], note: "Middle of under 10 years." },
      ],
      [
        "dc.retinopathy.most",
        "Duration beyond which prevalence rises no more",
        30,
        {
          measure: "limit",
          unit: "years",
          how: "chosen",
          range: [20, 60],
          note: "Beyond the published bands.",
        },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "coefficient",
      unit: "log rate",
      population: "4,758 people with diabetes, GoDARTS",
      source: "liu-godarts-2013",
      how: "computed",
      range: [0, 0.2],
      note: "Hazard ratio 1.42 by a spread of HbA1c, of 14 mmol/mol.",
    },
    [
      ["dc.retinopathy.hba1c", "Retinopathy, 1 mmol/mol of HbA1c", 0.025],
      [
        "dc.retinopathy.hba1c.middle",
        "HbA1c that rates stand for",
        58,
        { measure: "mean", unit: "mmol/mol", how: "chosen", range: [40, 80], note: "Mean of the clinic." },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "coefficient",
      unit: "log odds",
      population: "97,689 people with type 2 diabetes, England",
      source: "khalid-2014",
      how: "calibrated",
      range: [-10, 0],
      note: "Such that 8 of 100 are admitted as an emergency between two reviews: 18.8 admissions for diabetes in 100 years were published, planned and repeated ones included.",
    },
    [
      ["dc.emergency.intercept", "Emergency admission in a year, of a patient at all middles", -2.64],
      [
        "dc.emergency.age",
        "Emergency admission, a year of age",
        0.025,
        {
          how: "chosen",
          range: [0, 0.2],
          note: "Risk rises with age there; the size is within the published bands.",
        },
      ],
      [
        "dc.emergency.age.middle",
        "Age that effects are counted from",
        60,
        { measure: "mean", unit: "years", how: "chosen", range: [40, 80], note: "Middle of the clinic." },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "hazard ratio",
      unit: "1",
      population: "4,585 people with type 2 diabetes, UKPDS",
      source: "stratton-2000",
      how: "stated",
      range: [1, 3],
    },
    [
      [
        "dc.emergency.hba1c",
        "Any end point of diabetes, 1% more of HbA1c",
        1.27,
        { how: "computed", note: "1% less goes with 21% less: 1 divided by 0.79." },
      ],
      [
        "dc.percent",
        "HbA1c, 1% in mmol/mol",
        10.93,
        {
          measure: "effect",
          unit: "mmol/mol",
          how: "computed",
          range: [10, 12],
          note: "1/0.09148, the slope of NGSP against IFCC.",
        },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "hazard ratio",
      unit: "1",
      population: "1,120,295 adults of Northern California",
      source: "go-2004",
      how: "stated",
      range: [1, 10],
    },
    [
      ["dc.emergency.egfr.45", "Hospitalisation, filtration 45 to 59 against 60 and over", 1.1],
      ["dc.emergency.egfr.30", "Hospitalisation, filtration 30 to 44", 1.5],
      ["dc.emergency.egfr.15", "Hospitalisation, filtration 15 to 29", 2.1],
      ["dc.emergency.egfr.0", "Hospitalisation, filtration below 15", 3.1],
    ],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "mL/min/1.73 m2",
      population: "1,120,295 adults of Northern California",
      source: "go-2004",
      how: "stated",
      range: [5, 90],
    },
    [
      ["dc.stage.60", "Filtration where stage 3a begins, below", 60],
      ["dc.stage.45", "Filtration where stage 3b begins, below", 45],
      ["dc.stage.30", "Filtration where stage 4 begins, below", 30],
      ["dc.stage.15", "Filtration where stage 5 begins, below", 15],
    ],
  ),
  ...sourced(
    {
      measure: "hazard ratio",
      unit: "1",
      population: "2.8 million patients of English general practices, men and women together",
      source: "hippisley-cox-2013",
      how: "computed",
      range: [1, 3],
      note: "Men and women averaged: 1.13 and 1.14 of former, 1.31 and 1.36 of light smokers.",
    },
    [
      ["dc.emergency.smoking.former", "Emergency admission, former smokers", 1.135],
      ["dc.emergency.smoking.current", "Emergency admission, current smokers", 1.335],
    ],
  ),
  ...sourced(
    {
      measure: "hazard ratio",
      unit: "1",
      population: "6,609 people with kidney disease, EMPA-KIDNEY",
      source: "empa-kidney-2023",
      how: "stated",
      range: [0.5, 1],
    },
    [["dc.emergency.sglt2", "Hospitalisation with an SGLT2 inhibitor", 0.86]],
  ),
  ...sourced(
    {
      ...audit,
      note: "Of the audit's care processes, albumin in urine is recorded of about three in four, smoking of more than nine in ten; who is not asked is made up.",
    },
    [
      ["dc.unrecorded.smoking", "Smoking not asked for", 0.06],
      ["dc.unrecorded.retinopathy", "Eyes not photographed, HbA1c at its middle", 0.05],
      [
        "dc.unrecorded.hba1c",
        "Eyes not photographed, 1 mmol/mol of HbA1c",
        0.02,
        { measure: "coefficient", unit: "log odds", range: [-0.2, 0.2] },
      ],
    ],
  ),
];

/** The diabetes clinic: levels 1 to 3. */
export const diabetesClinicNumbers: readonly SourcedNumber[] = [...people, ...complications];
