import { sourced } from "../sourced-number.ts";
import type { Shared, SourcedNumber } from "../sourced-number.ts";

const risk: Shared = {
  measure: "relative risk",
  unit: "1",
  population: "25,356,688 pregnancies in 92 cohorts",
  source: "bartsch-2016",
  how: "stated",
  range: [0.1, 20],
};
const first: Shared = {
  measure: "share",
  unit: "1",
  population: "763,795 women who had their first birth in Sweden, 1987 to 2004",
  source: "hernandez-diaz-2009",
  how: "stated",
  range: [0, 0.9],
};
const proteinuria: Shared = {
  measure: "limit",
  unit: "mg/mmol",
  population: "pregnant women",
  source: "nice-ng133",
  how: "chosen",
  note: "Normal below 30 mg/mmol; most women well below.",
  range: [0, 1000],
};

/** Who has pre-eclampsia and when, what it does, and what treats raised pressure. */
export const pregnancyPressureNumbers: readonly SourcedNumber[] = [
  ...sourced(first, [
    ["preeclampsia.first", "Pre-eclampsia in a first pregnancy", 0.041],
    [
      "preeclampsia.later",
      "Pre-eclampsia in a later pregnancy, never before",
      0.011,
      { how: "chosen", note: "Stated as around 1%." },
    ],
    ["preeclampsia.again", "Pre-eclampsia in a later pregnancy, once before", 0.147],
    [
      "preeclampsia.most",
      "Highest risk of one woman",
      0.6,
      {
        measure: "limit",
        how: "chosen",
        note: "31.9% after two such pregnancies; products of risks are cut here.",
      },
    ],
  ]),
  ...sourced(risk, [
    ["preeclampsia.hypertension", "Pre-eclampsia, hypertension before pregnancy", 5.1],
    ["preeclampsia.diabetes", "Pre-eclampsia, diabetes before pregnancy", 3.7],
    ["preeclampsia.obese", "Pre-eclampsia, body mass index above 30", 2.8],
    ["preeclampsia.twins", "Pre-eclampsia, twins", 2.9],
    ["preeclampsia.forty", "Pre-eclampsia, age above 40", 1.5],
    [
      "preeclampsia.obese.from",
      "Body mass index from which that holds",
      30,
      { measure: "limit", unit: "kg/m²", range: [25, 40] },
    ],
    [
      "preeclampsia.forty.from",
      "Age from which that holds",
      40,
      { measure: "limit", unit: "years", range: [30, 45] },
    ],
  ]),
  ...sourced(
    {
      measure: "relative risk",
      unit: "1",
      population: "36,716 women in 60 trials",
      source: "duley-2019",
      how: "stated",
      range: [0.1, 2],
    },
    [["aspirin.preeclampsia", "Pre-eclampsia, aspirin against none", 0.82]],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "pregnant women in England",
      source: "nice-ng133",
      how: "chosen",
      note: "The guideline asks for it in all at high risk; a share forgets or is not asked.",
      range: [0, 1],
    },
    [["aspirin.share", "Women at high risk who take aspirin from week 12", 0.7]],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "456,668 singleton births in Washington State, 2003 to 2008",
      source: "lisonkova-2013",
      how: "computed",
      note: "Early onset 0.38% of pregnancies, late onset 2.72%.",
      range: [0, 1],
    },
    [
      ["preeclampsia.early", "Pre-eclampsia that begins before week 34", 0.123],
      [
        "preeclampsia.early.until",
        "Week before which onset is early",
        34,
        { measure: "limit", unit: "weeks", how: "stated", range: [32, 36] },
      ],
      [
        "preeclampsia.from",
        "First week of onset",
        24,
        {
          measure: "limit",
          unit: "weeks",
          how: "chosen",
          note: "By definition after week 20; few before 24.",
          range: [20, 30],
        },
      ],
      [
        "preeclampsia.until",
        "Last week of onset",
        40,
        { measure: "limit", unit: "weeks", how: "chosen", note: "Until birth.", range: [36, 42] },
      ],
      [
        "preeclampsia.wait",
        "Weeks from early onset to birth, on average",
        1.6,
        {
          measure: "duration",
          unit: "weeks",
          how: "chosen",
          note: "Care that waits wins one to two weeks.",
          range: [0.1, 6],
        },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "mmHg",
      population: "987 women with hypertension, CHIPS trial",
      source: "magee-2015",
      how: "chosen",
      note: "Diastolic pressure was held at 85 or 100; treatment is offered from 140/90 on.",
      range: [-40, 40],
    },
    [
      ["pregnant.hypertension.sbp", "Systolic pressure, hypertension before pregnancy", 18],
      ["pregnant.hypertension.dbp", "Diastolic pressure, hypertension before pregnancy", 11],
      ["antihypertensive.sbp", "Systolic pressure, labetalol or nifedipine", -12],
      ["antihypertensive.dbp", "Diastolic pressure, labetalol or nifedipine", -8],
    ],
  ),
  ...sourced(proteinuria, [
    [
      "preeclampsia.sbp",
      "Pre-eclampsia: systolic pressure from",
      140,
      { unit: "mmHg", how: "stated", range: [120, 180] },
    ],
    [
      "preeclampsia.dbp",
      "Pre-eclampsia: diastolic pressure from",
      90,
      { unit: "mmHg", how: "stated", range: [70, 120] },
    ],
    [
      "preeclampsia.sbp.above",
      "Systolic pressure beyond that, spread",
      14,
      { measure: "standard deviation", unit: "mmHg", note: "From 160 on it is severe.", range: [1, 40] },
    ],
    [
      "preeclampsia.dbp.above",
      "Diastolic pressure beyond that, spread",
      8,
      { measure: "standard deviation", unit: "mmHg", note: "From 110 on it is severe.", range: [1, 40] },
    ],
    ["protein.usual", "Protein to creatinine in urine, middle", 9],
    [
      "protein.sd",
      "Its spread in logarithms",
      0.4,
      { measure: "standard deviation", unit: "1", range: [0.05, 2] },
    ],
    ["protein.from", "Pre-eclampsia: protein to creatinine from", 30, { how: "stated" }],
    [
      "protein.preeclampsia",
      "Protein to creatinine beyond that, middle",
      70,
      { note: "From 30 to several hundred." },
    ],
    [
      "protein.preeclampsia.sd",
      "Its spread in logarithms",
      0.9,
      { measure: "standard deviation", unit: "1", note: "From 30 to several hundred.", range: [0.05, 2] },
    ],
    [
      "platelets.preeclampsia",
      "Platelets in pre-eclampsia, of what they were",
      0.82,
      { measure: "relative risk", unit: "1", note: "A fall below 150 is one of its signs.", range: [0.2, 1] },
    ],
    [
      "creatinine.preeclampsia",
      "Creatinine in pre-eclampsia, of what it was",
      1.25,
      { measure: "relative risk", unit: "1", note: "90 µmol/L and more is one of its signs.", range: [1, 3] },
    ],
  ]),
];
