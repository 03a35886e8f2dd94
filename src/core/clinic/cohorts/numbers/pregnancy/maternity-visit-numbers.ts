import { sourced } from "../sourced-number.ts";
import type { Shared, SourcedNumber } from "../sourced-number.ts";

/** Weeks of visits after the first: of every pregnancy, and besides of a first one. */
export const VISITS_OF_ALL = [16, 28, 34, 36, 38, 41] as const;
export const VISITS_OF_FIRST = [25, 31, 40] as const;

const vital: Shared = {
  measure: "mean",
  unit: "mmHg",
  population: "1,041 women with one child and no grave illness, United Kingdom",
  source: "green-2020",
  how: "stated",
  range: [20, 200],
};
const spread = { measure: "standard deviation", how: "computed", range: [0.1, 40] } as const;
const week = { measure: "limit", unit: "weeks", range: [4, 42] } as const;
const lab: Shared = {
  measure: "mean",
  unit: "1",
  population: "healthy pregnant women, reference table",
  source: "abbassi-ghanavati-2009",
  how: "computed",
  note: "Middle and a quarter of the width of the range of the trimester.",
  range: [0, 1000],
};

/** What is measured in pregnancy, by week. */
export const maternityVisitNumbers: readonly SourcedNumber[] = [
  ...sourced(vital, [
    ["pregnant.sbp.begin", "Systolic pressure at week 12", 114],
    ["pregnant.sbp.least", "Systolic pressure at its lowest", 113],
    ["pregnant.sbp.end", "Systolic pressure at week 40", 121],
    ["pregnant.sbp.week", "Week at which it is lowest", 18.6, week],
    [
      "pregnant.sbp.sd",
      "Systolic pressure, spread",
      11.4,
      { ...spread, note: "3rd to 97th centile 95 to 138, divided by 3.76." },
    ],
    ["pregnant.dbp.begin", "Diastolic pressure at week 12", 70],
    ["pregnant.dbp.least", "Diastolic pressure at its lowest", 69],
    ["pregnant.dbp.end", "Diastolic pressure at week 40", 78],
    ["pregnant.dbp.week", "Week at which it is lowest", 19.2, week],
    [
      "pregnant.dbp.sd",
      "Diastolic pressure, spread",
      8.2,
      { ...spread, note: "3rd to 97th centile 56 to 87, divided by 3.76." },
    ],
    ["pregnant.heart_rate.begin", "Heart rate at week 12", 82, { unit: "/min" }],
    ["pregnant.heart_rate.end", "Heart rate at its highest", 91, { unit: "/min" }],
    ["pregnant.heart_rate.week", "Week at which it is highest", 34.1, week],
    [
      "pregnant.heart_rate.sd",
      "Heart rate, spread",
      11.2,
      { ...spread, unit: "/min", note: "3rd to 97th centile 63 to 105, divided by 3.76." },
    ],
    ["pregnant.begin", "Week at which these begin", 12, week],
    ["pregnant.end", "Week at which these end", 40, week],
  ]),
  ...sourced(
    {
      measure: "correlation",
      unit: "1",
      population: "10,327 women, Avon, United Kingdom",
      source: "macdonald-wallis-2015",
      how: "computed",
      note: "Each 10 mmHg at week 12 go with 2 to 3 mmHg later.",
      range: [0, 1],
    },
    [
      ["pregnant.pressure.own", "Pressures of one woman with each other", 0.3],
      [
        "pregnant.pressure.pair",
        "Systolic with diastolic pressure",
        0.6,
        { how: "chosen", note: "Both are of one reading; about as outside pregnancy." },
      ],
      [
        "pregnant.pressure.bmi",
        "Systolic pressure, each kg/m² above 25",
        0.6,
        {
          measure: "coefficient",
          unit: "mmHg per kg/m²",
          how: "chosen",
          note: "Ranges are higher in each class of body mass index.",
          range: [0, 3],
        },
      ],
      [
        "pregnant.bmi",
        "Body mass index from which it counts",
        25,
        { measure: "limit", unit: "kg/m²", how: "stated", range: [20, 30] },
      ],
    ],
  ),
  ...sourced(lab, [
    [
      "pregnant.haemoglobin.begin",
      "Haemoglobin, first trimester",
      127,
      { unit: "g/L", note: "Range 116 to 139." },
    ],
    [
      "pregnant.haemoglobin.end",
      "Haemoglobin, third trimester",
      120,
      { unit: "g/L", note: "95 to 150; most in its middle." },
    ],
    [
      "pregnant.haemoglobin.sd",
      "Haemoglobin, spread",
      8,
      { unit: "g/L", measure: "standard deviation", note: "Between 6 and 14 by trimester." },
    ],
    [
      "pregnant.white_cells.begin",
      "White cells, first trimester",
      9.1,
      { unit: "10⁹/L", note: "5.7 to 13.6, skewed." },
    ],
    [
      "pregnant.white_cells.end",
      "White cells, third trimester",
      10.5,
      { unit: "10⁹/L", note: "5.9 to 16.9, skewed." },
    ],
    [
      "pregnant.white_cells.sd",
      "White cells, spread in logarithms",
      0.22,
      { measure: "standard deviation", note: "5.7 to 13.6 as four spreads." },
    ],
    [
      "pregnant.platelets.begin",
      "Platelets, first trimester",
      275,
      { unit: "10⁹/L", note: "Range 174 to 391." },
    ],
    [
      "pregnant.platelets.end",
      "Platelets, third trimester",
      250,
      { unit: "10⁹/L", note: "146 to 429, skewed." },
    ],
    [
      "pregnant.platelets.sd",
      "Platelets, spread in logarithms",
      0.21,
      { measure: "standard deviation", note: "174 to 391 as four spreads." },
    ],
    [
      "pregnant.creatinine.begin",
      "Creatinine, first trimester",
      49,
      { unit: "µmol/L", note: "0.4 to 0.7 mg/dL, times 88.4." },
    ],
    [
      "pregnant.creatinine.end",
      "Creatinine, third trimester",
      53,
      { unit: "µmol/L", note: "0.4 to 0.9 mg/dL, times 88.4, skewed." },
    ],
    [
      "pregnant.creatinine.sd",
      "Creatinine, spread in logarithms",
      0.15,
      { measure: "standard deviation", note: "0.4 to 0.7 as four spreads." },
    ],
    [
      "pregnant.lab.own",
      "Laboratory values of one woman with each other",
      0.7,
      {
        measure: "correlation",
        how: "chosen",
        note: "Reference tables are of different women; high within one.",
        range: [0, 1],
      },
    ],
  ]),
  ...sourced(
    {
      measure: "rate",
      unit: "kg a week",
      population: "women in the United States, recommendation",
      source: "iom-2009",
      how: "stated",
      range: [0, 1],
    },
    [
      ["gain.normal", "Weight gain, body mass index below 25", 0.42],
      ["gain.overweight", "Weight gain, 25 to 30", 0.28],
      ["gain.obese", "Weight gain, above 30", 0.22],
      [
        "gain.first",
        "Weight gained until week 13",
        1.25,
        { measure: "effect", unit: "kg", how: "computed", note: "Middle of 0.5 to 2 kg.", range: [0, 5] },
      ],
      ["gain.from", "Week from which it is gained evenly", 13, week],
      [
        "gain.spread",
        "Spread of weekly gain, as a share",
        0.35,
        {
          measure: "standard deviation",
          unit: "1",
          how: "chosen",
          note: "Most women gain more or less than is recommended.",
          range: [0, 1],
        },
      ],
      [
        "gain.reading",
        "Weight from visit to visit, spread",
        0.6,
        {
          measure: "standard deviation",
          unit: "kg",
          how: "chosen",
          note: "Clothes, meals and water.",
          range: [0, 3],
        },
      ],
    ],
  ),
  ...sourced(
    {
      ...week,
      population: "pregnant women in England",
      source: "nice-ng201",
      how: "stated",
    },
    [
      ["visit.booking", "First visit, by week", 10],
      [
        "visit.booking.sd",
        "First visit, spread",
        1.2,
        {
          measure: "standard deviation",
          how: "chosen",
          note: "By week 10; most come between 8 and 13.",
          range: [0.1, 4],
        },
      ],
      [
        "visit.late",
        "First visit of those who come late, up to",
        25,
        { how: "chosen", note: "From week 14 on, spread evenly.", range: [14, 36] },
      ],
      ["visit.late.from", "First visit of those who come late, from", 14],
      ...VISITS_OF_ALL.map(
        (at) => [`visit.all.${at}`, `A visit of every pregnancy, week ${at}`, at] as const,
      ),
      ...VISITS_OF_FIRST.map(
        (at) => [`visit.first.${at}`, `A visit of a first pregnancy, week ${at}`, at] as const,
      ),
      [
        "visit.spread",
        "Visits around their week, spread",
        0.5,
        { measure: "standard deviation", how: "chosen", note: "A few days early or late.", range: [0, 2] },
      ],
      [
        "visit.missed",
        "Visits missed",
        0.07,
        {
          measure: "share",
          unit: "1",
          how: "chosen",
          note: "The guideline asks to follow up missed visits; a few in a hundred.",
          range: [0, 0.9],
        },
      ],
      [
        "visit.missed.smokes",
        "Odds of missing a visit, smoking",
        1.8,
        {
          measure: "odds ratio",
          unit: "1",
          how: "chosen",
          note: "The guideline names women who live in hardship.",
          range: [0.5, 10],
        },
      ],
      ["fundus.from", "Height of the uterus is measured from week", 24, { measure: "limit" }],
      [
        "fundus.sd",
        "Height of the uterus in cm against the week, spread",
        1.2,
        {
          measure: "standard deviation",
          unit: "cm",
          how: "chosen",
          note: "Within 2 cm of the week in most.",
          range: [0.2, 5],
        },
      ],
      [
        "visit.bloods",
        "Blood is drawn again within this many weeks of 28",
        2.4,
        {
          measure: "limit",
          how: "chosen",
          note: "At week 28, wherever the nearest visit is.",
          range: [0.5, 6],
        },
      ],
      ["visit.bloods.week", "Blood is drawn again at week", 28],
    ],
  ),
];
