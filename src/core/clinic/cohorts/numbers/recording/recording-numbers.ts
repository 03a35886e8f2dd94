import { sourced } from "../sourced-number.ts";
import type { SourcedNumber } from "../sourced-number.ts";

const digits = sourced(
  {
    measure: "share",
    unit: "1",
    population: "Adults in primary care, Canada (707,227) and UK (1,558,471), 2006 to 2015",
    source: "greiver-2019",
    how: "stated",
    range: [0, 0.95],
  },
  [
    [
      "digits.sbp.zero",
      "Systolic pressures that end in zero",
      0.325,
      { note: "Abstract: three years after a practice bought an automated cuff." },
    ],
    [
      "digits.both.zero",
      "Blood pressures of which both values end in zero",
      0.154,
      { note: "Abstract: Canada in 2015." },
    ],
    [
      "digits.spread",
      "How much the habit of writing zeros differs between hospitals, as the spread of its logarithm",
      0.4,
      {
        measure: "standard deviation",
        how: "chosen",
        note: "The shares fell from 26.6% to 15.4% and from 24.2% to 17.3%; sites differ at least as much.",
        range: [0, 2],
      },
    ],
  ],
);

const written: readonly SourcedNumber[] = [
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "Hospitalised US adults, 36,966 stays in six hospitals",
      source: "badawy-2017",
      how: "chosen",
      note: "Recorded rates cluster at 18 and 20 and are seldom odd: most are counted for half a minute or less, and doubled.",
      range: [0, 0.95],
    },
    [["rounding.respiratory_rate.doubled", "Respiratory rates counted for half a minute and doubled", 0.8]],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "Adults with an echocardiogram in two dimensions",
      source: "lang-2015",
      how: "chosen",
      note: "An ejection fraction is read by eye as often as it is traced, and then in steps of five.",
      range: [0, 0.95],
    },
    [
      ["rounding.lvef.fives", "Ejection fractions written in steps of five", 0.6],
      [
        "rounding.lvef.step",
        "The step of an ejection fraction read by eye",
        5,
        { measure: "limit", unit: "%", range: [1, 10] },
      ],
      [
        "device.lvef.least",
        "Lowest ejection fraction that is written",
        5,
        { measure: "limit", unit: "%", note: "Below it no reader gives a number.", range: [1, 15] },
      ],
      [
        "device.lvef.most",
        "Highest ejection fraction that is written",
        85,
        { measure: "limit", unit: "%", note: "Above it no reader gives a number.", range: [70, 95] },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "%",
      population: "Adults with saturations of 70 to 100%",
      source: "jubran-2015",
      how: "chosen",
      note: "The end of an oximeter's scale.",
      range: [100, 100],
    },
    [["device.spo2.most", "Highest saturation that an oximeter shows", 100]],
  ),
];

const gaps = sourced(
  {
    measure: "share",
    unit: "1",
    population: "10,000 US patients with anaesthesia, three hospitals",
    source: "rusanov-2014",
    how: "chosen",
    range: [0, 0.9],
    note: "The paper counts days with results, not gaps: 2.9 for the healthy and 9.4 for the gravely ill; shares of gaps are set to what wards and clinics leave out.",
  },
  [
    ["gaps.pressure", "Blood pressures not measured in a patient without conditions", 0.02],
    ["gaps.monitor", "Heart rates and saturations not measured", 0.03],
    ["gaps.breathing", "Respiratory rates not measured", 0.1],
    ["gaps.temperature", "Temperatures not measured", 0.06],
    ["gaps.body", "Heights and weights not measured", 0.06],
    ["gaps.sugar", "Glucose and HbA1c not measured", 0.12],
    ["gaps.chemistry", "Electrolytes, urea and creatinine not measured", 0.1],
    ["gaps.blood count", "Blood counts not measured", 0.12],
    ["gaps.lipids", "Lipids not measured", 0.2],
    ["gaps.inflammation", "C-reactive protein and albumin not measured", 0.3],
    ["gaps.heart", "NT-proBNP and ejection fraction not measured", 0.35],
    ["gaps.perfusion", "Lactate not measured", 0.3],
    ["gaps.urine", "Albumin to creatinine ratio not measured", 0.3],
    [
      "gaps.illness",
      "How much less often a value is missing for each condition more, as log odds",
      -0.54,
      {
        measure: "coefficient",
        how: "computed",
        note: "Patients of ASA class 4 have 5.05 times the days with results of class 1: log(5.05) over three classes, a condition standing for a class.",
        range: [-3, 1],
      },
    ],
    [
      "gaps.hospital",
      "How much gaps differ between hospitals, as spread of log odds",
      0.5,
      { measure: "standard deviation", range: [0, 2] },
    ],
  ],
);

const mixes = sourced(
  {
    measure: "standard deviation",
    unit: "1",
    population: "Intensive care stays in 208 US hospitals, 2014 and 2015",
    source: "eicu-2018",
    how: "chosen",
    range: [0, 2],
  },
  [
    [
      "mix.size",
      "How much hospitals differ in size, as the spread of the logarithm",
      0.5,
      { note: "Hospitals from below 100 to over 500 beds; here less, so that the smallest still counts." },
    ],
    [
      "mix.age",
      "How much hospitals differ in whom they draw by age, per 20 years",
      0.3,
      { note: "Mean ages of hospitals differ by years, not by decades." },
    ],
    [
      "mix.illness",
      "How much hospitals differ in whom they draw by conditions, per condition",
      0.25,
      { note: "Teaching and community hospitals differ in how ill their patients are." },
    ],
    [
      "mix.age.middle",
      "Age that pulls a patient to no hospital rather than another",
      60,
      {
        measure: "mean",
        unit: "years",
        note: "About the mean age of adult inpatients; so that a pull by age is none by size.",
        range: [18, 90],
      },
    ],
    [
      "mix.age.unit",
      "Years that a hospital's pull by age is told for",
      20,
      {
        measure: "duration",
        unit: "years",
        note: "About the spread of ages of adult inpatients.",
        range: [1, 40],
      },
    ],
  ],
);

/** How values are rounded, left out and spread over hospitals. */
export const recordingNumbers: readonly SourcedNumber[] = [...digits, ...written, ...gaps, ...mixes];
