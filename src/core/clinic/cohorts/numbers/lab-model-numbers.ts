import { bySexAndBand, spreadByAge } from "./bands.ts";
import { sourced } from "./sourced-number.ts";
import type { Shared, SourcedNumber } from "./sourced-number.ts";

const nhanes: Shared = {
  measure: "mean",
  unit: "1",
  population: "US adults, NHANES 2009 to 2012",
  source: "nhanes-2009",
  how: "computed",
  note: "Of the public rows with their examination weights, pregnant women left out.",
  range: [0, 100],
};
const later: Shared = {
  ...nhanes,
  measure: "effect",
  population: "US adults, NHANES 2017 to 2018",
  source: "nhanes-2017",
  note: "Regression on filtration below 60, HbA1c of 6.5% and more, sex and band of age in the public rows.",
  range: [-2, 2],
};
const sd: Partial<Shared> = { measure: "standard deviation" };
const blood: Shared = {
  ...nhanes,
  population: "healthy adults",
  source: "dacie-lewis-2017",
  how: "stated",
  range: [0, 500],
};
const kidney: Shared = {
  ...nhanes,
  population: "adults with chronic kidney disease",
  source: "kdigo-2013",
  how: "chosen",
  note: "Within what the guideline calls normal, moderately and severely increased.",
};

/** How laboratory values follow from conditions and from each other. */
export const labModelNumbers: readonly SourcedNumber[] = [
  ...bySexAndBand(
    {
      ...nhanes,
      measure: "share",
      note: "Adults with filtration below 60 by the one creatinine of the public rows, over the share of their age with chronic kidney disease, which albuminuria adds to; at most 0.97.",
      how: "computed",
      range: [0, 1],
    },
    "ckd.low_filtration",
    "Filtration below 60, of those with chronic kidney disease",
    {
      women: [0.01, 0.05, 0.07, 0.36, 0.39, 0.7, 0.97],
      men: [0.02, 0.07, 0.13, 0.19, 0.44, 0.67, 0.97],
    },
  ),
  ...sourced(nhanes, [
    [
      "egfr.low.limit",
      "Filtration that counts as low",
      60,
      { source: "kdigo-2013", how: "stated", unit: "mL/min/1.73 m2", measure: "limit" },
    ],
    ["egfr.low.mean", "Filtration of those below 60", 46.6, { unit: "mL/min/1.73 m2" }],
    ["egfr.low.sd", "Filtration of those below 60, spread", 12.4, { ...sd, unit: "mL/min/1.73 m2" }],
    [
      "egfr.child.mean",
      "Filtration of children",
      115,
      {
        source: "schwartz-2009",
        population: "children without kidney disease",
        how: "chosen",
        note: "Children without kidney disease are at 90 and over; here in the middle of what adults of 20 have.",
        unit: "mL/min/1.73 m2",
        range: [60, 200],
      },
    ],
    [
      "egfr.child.sd",
      "Filtration of children, spread",
      14,
      {
        ...sd,
        source: "schwartz-2009",
        population: "children without kidney disease",
        how: "chosen",
        note: "As in adults of 20 to 29.",
        unit: "mL/min/1.73 m2",
      },
    ],
    [
      "egfr.least",
      "Least filtration outside kidney replacement",
      6,
      {
        source: "kdigo-2013",
        how: "chosen",
        note: "Below it kidney replacement is usual.",
        unit: "mL/min/1.73 m2",
        measure: "limit",
      },
    ],
    [
      "urea.filtration",
      "Urea, power of filtration below 60",
      -0.8,
      {
        measure: "coefficient",
        range: [-2, 0],
        note: "Between -0.69 among those below 60 and -1.09 where the line begins at 60, by regressions of the logarithm on that of filtration, sex and band of age in the public rows.",
      },
    ],
    [
      "hba1c.diabetes.mean",
      "HbA1c with diabetes",
      53.1,
      {
        unit: "mmol/mol",
        how: "calibrated",
        note: "So that those with diabetes, heavier than others, have 54 mmol/mol as in the public rows.",
      },
    ],
    ["hba1c.diabetes.sd", "HbA1c with diabetes, spread", 17.6, { ...sd, unit: "mmol/mol" }],
    [
      "hba1c.diabetes.floor",
      "HbA1c with diabetes, least",
      30,
      {
        measure: "limit",
        unit: "mmol/mol",
        how: "chosen",
        note: "1 in 100 of those with diabetes had less.",
      },
    ],
    ...(["without", "with"] as const).flatMap((has, i) => [
      [
        `glucose.${has}.hba1c`,
        `HbA1c around which glucose is taken, ${has} diabetes`,
        [35.7, 52.9][i] as number,
        { unit: "mmol/mol" },
      ] as const,
      [
        `glucose.${has}.mean`,
        `Glucose of a morning at that HbA1c, ${has} diabetes`,
        [5.11, 7.67][i] as number,
        { unit: "mmol/L" },
      ] as const,
      [
        `glucose.${has}.follows`,
        `Step of glucose for one of the mean glucose of HbA1c, ${has} diabetes`,
        [0.413, 0.889][i] as number,
        {
          measure: "coefficient",
          range: [0, 2],
          note: "Regression of serum glucose on HbA1c in the public rows, over the slope of mean glucose.",
        },
      ] as const,
      [
        `glucose.${has}.sd`,
        `Glucose around that, spread, ${has} diabetes`,
        [0.78, 2.12][i] as number,
        { ...sd, unit: "mmol/L" },
      ] as const,
    ]),
    [
      "hba1c.most",
      "HbA1c, highest",
      160,
      {
        measure: "limit",
        range: [100, 250],
        unit: "mmol/mol",
        how: "chosen",
        note: "The highest of the public rows was 16.4%, 156 mmol/mol.",
      },
    ],
    [
      "nt_probnp.most",
      "NT-proBNP, highest",
      35000,
      {
        measure: "limit",
        range: [5000, 100000],
        unit: "ng/L",
        population: "18,356 Scots without cardiovascular disease",
        source: "welsh-2022",
        how: "chosen",
        note: "The analyser's range ends there.",
      },
    ],
    [
      "glucose.skew",
      "Glucose around that, how skewed: spread of the logarithm whose shape it has",
      0.4,
      {
        measure: "coefficient",
        unit: "1",
        how: "chosen",
        range: [0.01, 1],
        note: "High values are commoner than low ones in every survey; drawn evenly, 1 in 100 without diabetes would be at 3.1 mmol/L or less.",
      },
    ],
    [
      "glucose.least",
      "Least glucose",
      2.2,
      {
        measure: "limit",
        unit: "mmol/L",
        how: "chosen",
        note: "Fewer than 1 in 10,000 of the public rows had less.",
      },
    ],
  ]),
  ...sourced(later, [
    ["potassium.filtration", "Potassium, each mL/min of filtration below 60", 0.0086, { unit: "mmol/L" }],
    ["bicarbonate.filtration", "Bicarbonate, each mL/min of filtration below 60", -0.051, { unit: "mmol/L" }],
    ["anion_gap.filtration", "Anion gap, each mL/min of filtration below 60", 0.034, { unit: "mmol/L" }],
  ]),
  ...sourced(blood, [
    [
      "mchc.mean",
      "Haemoglobin in a litre of red cells",
      344,
      {
        unit: "g/L",
        source: "le-2016",
        population: "US people, NHANES 2003 to 2012",
        how: "calibrated",
        note: "So that about 3.5% of men are below 130 and 7.6% of women below 120 g/L, from the haematocrits of the survey.",
        range: [300, 370],
      },
    ],
    [
      "mchc.sd",
      "Haemoglobin in a litre of red cells, spread",
      7.5,
      { ...sd, unit: "g/L", how: "computed", note: "Half of the 15 that stands for two spreads." },
    ],
    ["platelets.mean", "Platelets", 280, { unit: "10^9/L" }],
    [
      "platelets.sd",
      "Platelets, spread",
      65,
      { ...sd, unit: "10^9/L", how: "computed", note: "Half of the 130 that stands for two spreads." },
    ],
  ]),
  ...sourced(kidney, [
    [
      "acr.limit",
      "Albumin to creatinine that counts as raised",
      3,
      { how: "stated", unit: "mg/mmol", measure: "limit" },
    ],
    ["acr.middle", "Albumin to creatinine of those below the limit, median", 0.8, { unit: "mg/mmol" }],
    ["acr.width", "Albumin to creatinine of those below the limit, spread of the log odds", 0.7, sd],
    ["acr.raised.mean", "Albumin to creatinine of those above the limit, above it", 15, { unit: "mg/mmol" }],
    [
      "acr.raised.sd",
      "Albumin to creatinine of those above the limit, spread",
      35,
      { ...sd, unit: "mg/mmol" },
    ],
    [
      "acr.raised.low_filtration",
      "Raised albumin to creatinine, of those with filtration below 60",
      0.4,
      { measure: "share", range: [0, 1] },
    ],
    [
      "lactate.mean",
      "Lactate, not acutely ill",
      1.1,
      {
        unit: "mmol/L",
        population: "adults",
        source: "news-2017",
        note: "Below the 2 mmol/L that warning scores look for.",
      },
    ],
    [
      "lactate.sd",
      "Lactate, spread",
      0.35,
      {
        ...sd,
        unit: "mmol/L",
        population: "adults",
        source: "news-2017",
        note: "Below the 2 mmol/L that warning scores look for.",
      },
    ],
  ]),
  ...spreadByAge(
    {
      unit: "ng/L",
      population: "18,356 Scots without cardiovascular disease",
      source: "welsh-2022",
      how: "computed",
      note: "Of log-normals through medians and 97.5th centiles, stated for under 30, 50 to 59 and 80 and over; between them on a line of logarithms.",
      range: [5, 5000],
    },
    "nt_probnp",
    "NT-proBNP without heart disease",
    {
      women: [
        [65, 66, 73, 89, 150, 269, 518],
        [51, 53, 61, 80, 167, 382, 990],
      ],
      men: [
        [29, 31, 38, 54, 115, 306, 1044],
        [29, 30, 38, 53, 151, 594, 3734],
      ],
    },
  ),
  ...spreadByAge(
    {
      unit: "ng/L",
      population: "US adults without cardiovascular disease, NHANES 1999 to 2004",
      source: "mcevoy-2023",
      how: "calibrated",
      note: "Log-normals (logarithms spread by 0.8) of which 0.3% at 18 to 39, 1.7% at 40 to 59 and 12.6% from 60 are above 14 (women) and 22 ng/L (men).",
      range: [0.5, 60],
    },
    "troponin",
    "Troponin T, high sensitivity, without heart disease",
    {
      women: [
        [1.9, 2.4, 3, 4, 5.7, 8.1, 11.5],
        [1.8, 2.3, 2.8, 3.8, 5.4, 7.7, 10.9],
      ],
      men: [
        [3, 3.7, 4.7, 6.3, 9, 12.8, 18.1],
        [2.9, 3.5, 4.5, 6, 8.5, 12.1, 17.1],
      ],
    },
  ),
];
