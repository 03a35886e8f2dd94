import { sourced } from "../sourced-number.ts";
import type { Shared, SourcedNumber } from "../sourced-number.ts";

/** Bands of the rate of births by age of the mother. */
export const MOTHERS = [15, 20, 25, 30, 35, 40, 45] as const;

const births: Shared = {
  measure: "share",
  unit: "1",
  population: "births in the United States, 2019",
  source: "martin-2021",
  how: "stated",
  range: [0, 1],
};

/** Who is pregnant, what goes before and what comes of it. */
export const maternityNumbers: readonly SourcedNumber[] = [
  ...sourced(
    { ...births, measure: "rate", unit: "births a year per 1,000 women", range: [0, 300] },
    ([16.7, 66.6, 93.7, 98.3, 52.8, 12, 0.9] as const).map(
      (rate, i) =>
        [
          `mothers.${MOTHERS[i]}`,
          `Births, women of ${MOTHERS[i]} to ${(MOTHERS[i] ?? 0) + 4}`,
          rate,
        ] as const,
    ),
  ),
  ...sourced(births, [
    [
      "maternity.first",
      "First births",
      0.38,
      { how: "chosen", note: "Table 13 counts first births; rounded to a hundredth." },
    ],
    [
      "maternity.first.year",
      "Odds of a first birth, each year of age",
      0.9,
      {
        measure: "odds ratio",
        how: "chosen",
        note: "First births fall from nearly all in the teens to about a quarter from 35 on (Table 13).",
        range: [0.5, 1.5],
      },
    ],
    [
      "maternity.more",
      "Of women with an earlier birth, those with one more",
      0.4,
      { how: "chosen", note: "Second to third and later births are about as 32 to 30 (Table 13)." },
    ],
    [
      "maternity.age",
      "Age of all mothers, middle",
      29,
      { measure: "mean", unit: "years", how: "computed", note: "From the rates by age.", range: [15, 45] },
    ],
    ["maternity.twins", "Twin births", 0.0321],
    ["maternity.smokes", "Smoked in pregnancy", 0.06],
    [
      "maternity.hypertension",
      "Hypertension before pregnancy",
      0.022,
      { how: "chosen", note: "Risk factors on birth certificates; about 2 in 100, rising." },
    ],
    [
      "maternity.diabetes",
      "Diabetes before pregnancy",
      0.01,
      { how: "chosen", note: "Risk factors on birth certificates; about 1 in 100." },
    ],
    ["maternity.early_care", "Care begun in the first trimester", 0.776],
    [
      "maternity.preterm",
      "Born before week 37 without pre-eclampsia, one child",
      0.079,
      {
        how: "calibrated",
        note: "Such that 10.2% of all births, twins and pre-eclampsia included, are preterm.",
      },
    ],
    [
      "maternity.preterm.twins",
      "Twins born before week 37",
      0.6,
      { how: "chosen", note: "About three fifths of twins are preterm (Table 25)." },
    ],
    [
      "maternity.preterm.power",
      "How steeply preterm births fall before week 37",
      4.66,
      {
        measure: "coefficient",
        how: "calibrated",
        note: "Such that 27% of preterm births come before week 34 (2.77 of 10.23%).",
        range: [1, 10],
      },
    ],
    [
      "maternity.preterm.longest",
      "Weeks before 37 at which births are counted",
      13,
      { measure: "limit", unit: "weeks", how: "chosen", note: "From week 24 on.", range: [5, 15] },
    ],
    [
      "maternity.term",
      "Week of birth of those born at term, middle",
      39.2,
      {
        measure: "mean",
        unit: "weeks",
        how: "chosen",
        note: "Most births are of weeks 39 and 40 (Table 24).",
        range: [37, 42],
      },
    ],
    [
      "maternity.term.sd",
      "Its spread",
      1.1,
      {
        measure: "standard deviation",
        unit: "weeks",
        how: "chosen",
        note: "About 6 in 100 are born from week 41 on (Table 24).",
        range: [0.2, 3],
      },
    ],
    ["maternity.term.from", "First week at term", 37, { measure: "limit", unit: "weeks", range: [36, 38] }],
    [
      "maternity.term.to",
      "Last week of birth",
      42.9,
      {
        measure: "limit",
        unit: "weeks",
        how: "chosen",
        note: "Few are born after week 42.",
        range: [41, 44],
      },
    ],
    [
      "maternity.caesarean",
      "Caesarean births, one child and no pre-eclampsia",
      0.255,
      { how: "calibrated", note: "Such that 31.7% of all births are by caesarean." },
    ],
    [
      "maternity.caesarean.twins",
      "Odds of a caesarean, twins",
      6,
      {
        measure: "odds ratio",
        how: "chosen",
        note: "About three quarters of twins are born by caesarean.",
        range: [1, 30],
      },
    ],
    [
      "maternity.caesarean.preeclampsia",
      "Odds of a caesarean, pre-eclampsia",
      2.5,
      { measure: "odds ratio", how: "chosen", note: "About half of them.", range: [1, 10] },
    ],
    [
      "maternity.caesarean.bmi",
      "Odds of a caesarean, each kg/m² above 25",
      1.05,
      { measure: "odds ratio", how: "chosen", note: "Rates rise by body mass index.", range: [0.9, 1.3] },
    ],
    [
      "maternity.caesarean.year",
      "Odds of a caesarean, each year of age",
      1.05,
      {
        measure: "odds ratio",
        how: "chosen",
        note: "From about 20% in the teens to 48% from 40 on.",
        range: [0.9, 1.3],
      },
    ],
  ]),
  ...sourced(
    {
      measure: "relative risk",
      unit: "1",
      population: "795,221 pregnancies in 55 studies",
      source: "bramham-2014",
      how: "stated",
      range: [0.5, 10],
    },
    [["preterm.hypertension", "Preterm birth, hypertension before pregnancy", 2.7]],
  ),
  ...sourced(
    {
      measure: "odds ratio",
      unit: "1",
      population: "20 prospective studies",
      source: "shah-2000",
      how: "stated",
      range: [0.5, 5],
    },
    [["preterm.smokes", "Preterm birth, smoking", 1.27]],
  ),
  ...sourced(
    {
      measure: "coefficient",
      unit: "1",
      population: "392 women with certain dates, Texas",
      source: "hadlock-1991",
      how: "stated",
      note: "ln weight in g = 0.578 + 0.332 weeks - 0.00354 weeks².",
      range: [-1, 1],
    },
    [
      ["fetal.start", "Fetal weight, start", 0.578],
      ["fetal.week", "Fetal weight, each week", 0.332],
      ["fetal.square", "Fetal weight, each squared week", -0.00354],
      ["fetal.sd", "Fetal weight, spread as a share", 0.127, { measure: "standard deviation" }],
      [
        "fetal.twins",
        "Weight of a twin, of one child's",
        0.9,
        {
          measure: "relative risk",
          how: "chosen",
          note: "The standard is of one child; twins are lighter near term.",
        },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "g",
      population: "meta-analysis of 921 studies",
      source: "kramer-1987",
      how: "chosen",
      note: "About 11 g less for each cigarette a day; about 15 of them.",
      range: [-500, 0],
    },
    [["fetal.smokes", "Birth weight, smoking", -165]],
  ),
];
