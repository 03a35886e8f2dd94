import { sourced } from "../sourced-number.ts";
import type { Shared, SourcedNumber } from "../sourced-number.ts";

const ukpds: Shared = {
  measure: "rate",
  unit: "1/year",
  population: "5,097 people with type 2 diabetes, UKPDS",
  source: "adler-2003",
  how: "stated",
  range: [0, 0.5],
};

/** Kidneys and eyes from year to year, and death. */
const progression: readonly SourcedNumber[] = [
  ...sourced(ukpds, [
    ["dc.albuminuria.micro", "From none to microalbuminuria", 0.02],
    ["dc.albuminuria.macro", "From micro- to macroalbuminuria", 0.028],
    ["dc.death.none", "Death without albuminuria", 0.014],
    ["dc.death.micro", "Death with microalbuminuria", 0.03],
    ["dc.death.macro", "Death with macroalbuminuria", 0.046],
    ["dc.death.renal", "Death with raised creatinine", 0.192],
    [
      "dc.death.creatinine",
      "Creatinine that counts as raised",
      175,
      { measure: "limit", unit: "µmol/L", range: [120, 400] },
    ],
    [
      "dc.death.age",
      "Death, a year of age",
      0.08,
      {
        measure: "coefficient",
        unit: "log rate",
        how: "chosen",
        range: [0, 0.15],
        note: "Mortality doubles in 8 to 9 years of age.",
      },
    ],
    [
      "dc.death.age.middle",
      "Age that the rates stand for",
      62,
      {
        measure: "mean",
        unit: "years",
        how: "chosen",
        range: [40, 80],
        note: "53 at diagnosis, median 10 years on.",
      },
    ],
  ]),
  ...sourced({ ...ukpds, measure: "limit", unit: "mg/mmol", range: [1, 400] }, [
    [
      "dc.acr.micro",
      "Albumin to creatinine that is microalbuminuria, from",
      3,
      { source: "kdigo-2013", population: "adults with kidney disease" },
    ],
    [
      "dc.acr.macro",
      "Albumin to creatinine that is macroalbuminuria, from",
      30,
      { source: "kdigo-2013", population: "adults with kidney disease" },
    ],
    [
      "dc.acr.apart",
      "How far from its limits a stage's values stay, as a factor",
      1.3,
      { how: "chosen", unit: "1", range: [1, 3], note: "A stage is one that repeated samples confirm." },
    ],
    [
      "dc.acr.widest",
      "Macroalbuminuria, highest at its start as a factor of its limit",
      5,
      { how: "chosen", unit: "1", range: [2, 20], note: "Up to about 150 mg/mmol." },
    ],
  ]),
  ...sourced(
    {
      measure: "rate",
      unit: "1/year",
      population: "1,216 people with type 2 diabetes and no retinopathy, UKPDS",
      source: "stratton-2001",
      how: "computed",
      range: [0, 0.5],
      note: "22% within 6 years: 1 - 0.78^(1/6).",
    },
    [["dc.retinopathy.rate", "New retinopathy", 0.0406]],
  ),
  ...sourced(
    {
      measure: "rate",
      unit: "mL/min/1.73 m2 a year",
      population: "7,020 people with type 2 diabetes, EMPA-REG OUTCOME",
      source: "wanner-2016",
      how: "stated",
      range: [-10, 2],
    },
    [
      ["dc.egfr.slope", "Filtration each year", -1.67],
      ["dc.egfr.slope.sglt2", "Filtration each year with an SGLT2 inhibitor", -0.19],
    ],
  ),
  ...sourced(
    {
      measure: "rate",
      unit: "mL/min/1.73 m2 a year",
      population: "4,401 people with type 2 diabetes and albuminuria, CREDENCE",
      source: "credence-2019",
      how: "stated",
      range: [-10, 2],
    },
    [
      ["dc.egfr.slope.macro", "Filtration each year with macroalbuminuria", -4.59],
      [
        "dc.egfr.slope.macro.sglt2",
        "Filtration each year with macroalbuminuria and an SGLT2 inhibitor",
        -1.85,
      ],
    ],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "mL/min/1.73 m2",
      population: "7,020 people with type 2 diabetes, EMPA-REG OUTCOME",
      source: "wanner-2018",
      how: "computed",
      range: [-10, 0],
      note: "0.77 a week less than with placebo over four weeks.",
    },
    [
      ["dc.egfr.sglt2.dip", "Filtration when an SGLT2 inhibitor is begun", -3.1],
      [
        "dc.egfr.least",
        "Filtration that falls no further",
        6,
        { measure: "limit", how: "chosen", range: [2, 15], note: "Below it a patient is on dialysis." },
      ],
      [
        "dc.egfr.day",
        "Filtration from review to review without any cause, spread",
        2.5,
        { measure: "standard deviation", how: "chosen", range: [0, 15], note: "Life, not the analyser." },
      ],
    ],
  ),
];

const effect = (source: string, population: string, note: string): Shared => ({
  measure: "effect",
  unit: "mmol/mol",
  population,
  source,
  how: "computed",
  note,
  range: [-40, 20],
});

/** What treatment does, when it is intensified, and who misses a review. */
const care: readonly SourcedNumber[] = [
  ...sourced(effect("hirst-2012", "people with type 2 diabetes, 35 trials", "1.12% of HbA1c."), [
    ["dc.hba1c.tablets", "HbA1c with metformin", -12.2],
  ]),
  ...sourced(effect("vasilakou-2013", "people with type 2 diabetes, 45 trials", "0.66% of HbA1c."), [
    ["dc.hba1c.sglt2", "HbA1c with an SGLT2 inhibitor", -7.2],
    ["dc.weight.sglt2", "Weight with an SGLT2 inhibitor", -1.8, { unit: "kg", how: "stated" }],
    ["dc.sbp.sglt2", "Systolic pressure with an SGLT2 inhibitor", -4.45, { unit: "mmHg", how: "stated" }],
  ]),
  ...sourced(effect("leader-2016", "9,340 people with type 2 diabetes, LEADER", "0.40% of HbA1c."), [
    ["dc.hba1c.glp1", "HbA1c with liraglutide", -4.4],
    ["dc.weight.glp1", "Weight with liraglutide", -2.3, { unit: "kg", how: "stated" }],
  ]),
  ...sourced(
    effect("holman-2007", "234 people with type 2 diabetes on basal insulin, 4-T", "0.8% of HbA1c."),
    [
      ["dc.hba1c.insulin", "HbA1c with basal insulin", -8.7],
      ["dc.weight.insulin", "Weight with basal insulin", 1.9, { unit: "kg", how: "stated" }],
    ],
  ),
  ...sourced(
    {
      measure: "rate",
      unit: "mmol/mol a year",
      population: "1,454 people with type 2 diabetes on metformin, ADOPT",
      source: "adopt-2006",
      how: "computed",
      range: [-5, 10],
      note: "0.14% of HbA1c a year after six months.",
    },
    [["dc.hba1c.drift", "HbA1c each year on the same treatment, type 2", 1.5]],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "mmol/mol",
      population: "adults with type 2 diabetes",
      source: "nice-ng28",
      how: "stated",
      range: [48, 90],
      note: "Treatment is intensified when HbA1c rises to 58 mmol/mol (7.5%) or above.",
    },
    [
      ["dc.intensify.from", "HbA1c from which treatment is intensified", 58],
      [
        "dc.sglt2.egfr",
        "Filtration below which no SGLT2 inhibitor is begun",
        30,
        {
          unit: "mL/min/1.73 m2",
          how: "chosen",
          range: [15, 60],
          note: "Licences of the years simulated: 30 to 45.",
        },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "81,573 people with type 2 diabetes, English general practices",
      source: "khunti-2013",
      how: "chosen",
      range: [0, 1],
      note: "Median time to intensification there is about two to three years at 7.5% and more.",
    },
    [
      ["dc.intensify.share", "Treatment intensified at a review where it should be", 0.35],
      ["dc.intensify.glp1", "From tablets to GLP-1 rather than insulin", 0.45],
      ["dc.sglt2.begun", "SGLT2 inhibitor begun at a review, type 2 with any drug", 0.12],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "259 people with type 1 diabetes of one clinic",
      source: "non-attendance-1998",
      how: "chosen",
      range: [0, 0.9],
      note: "39% missed one of several appointments in a year; a yearly review is offered again. Who missed one was younger and had an HbA1c half a percent higher.",
    },
    [
      ["dc.missed.share", "Yearly reviews missed, at all middles", 0.13],
      [
        "dc.missed.decade",
        "Missing a review, ten years older",
        -0.25,
        { measure: "coefficient", unit: "log odds", range: [-2, 2] },
      ],
      [
        "dc.missed.hba1c",
        "Missing a review, 1 mmol/mol of HbA1c",
        0.02,
        { measure: "coefficient", unit: "log odds", range: [-0.2, 0.2] },
      ],
      [
        "dc.review.spread",
        "Reviews early or late, spread",
        21,
        { measure: "duration", unit: "days", range: [0, 90] },
      ],
      [
        "dc.sbp.day",
        "Systolic pressure from review to review, spread",
        9,
        { measure: "standard deviation", unit: "mmHg", range: [0, 30] },
      ],
      [
        "dc.weight.day",
        "Weight from review to review, spread",
        1.2,
        { measure: "standard deviation", unit: "kg", range: [0, 10] },
      ],
    ],
  ),
];

/** The diabetes clinic from review to review. */
export const diabetesCourseNumbers: readonly SourcedNumber[] = [...progression, ...care];
