import { bySexAndBand, spreadByAge } from "./bands.ts";
import { sourced } from "../sourced-number.ts";
import type { Shared, SourcedNumber } from "../sourced-number.ts";

const of = (unit: string, range: readonly [number, number]): Omit<Shared, "measure"> => ({
  unit,
  range,
  population: "US adults, NHANES 2009 to 2012",
  source: "nhanes-2009",
  how: "computed",
  note: "Of the public rows with their examination weights, pregnant women left out; pressures are means of up to three readings.",
});

/** Level 1: what is measured at every bedside, by age and sex. */
export const vitalNumbers: readonly SourcedNumber[] = [
  ...spreadByAge(of("cm", [140, 200]), "height_cm", "Height", {
    women: [
      [163, 163.6, 162.9, 161.9, 161.1, 159.4, 155.7],
      [6.9, 7.3, 7, 7, 6.5, 6.9, 6.5],
    ],
    men: [
      [176.4, 176.6, 176.6, 176.1, 175.1, 172.7, 171.2],
      [7.6, 7.6, 7.5, 7.4, 7.8, 7.3, 7.1],
    ],
  }),
  ...spreadByAge(of("kg/m2", [15, 45]), "bmi", "Body mass index", {
    women: [
      [27.2, 28.8, 29.1, 29.4, 29.8, 30.2, 26.4],
      [7.2, 7.5, 7.8, 7.4, 6.8, 7.4, 5.1],
    ],
    men: [
      [26.9, 28.9, 29.3, 29.4, 29.1, 28.6, 27.1],
      [5.7, 6.2, 5.7, 5.8, 6, 4.7, 4.5],
    ],
  }),
  ...spreadByAge(of("mmHg", [80, 180]), "sbp", "Systolic pressure", {
    women: [
      [108.9, 111.1, 115.6, 121.8, 127.9, 133.4, 141],
      [10.3, 12.9, 14.6, 16.9, 18.2, 19.3, 22.6],
    ],
    men: [
      [117.7, 119.2, 120.7, 125.9, 127.1, 130.3, 134.7],
      [10.8, 12.3, 13.8, 17.3, 18.1, 18.9, 22.1],
    ],
  }),
  ...spreadByAge(of("mmHg", [40, 110]), "dbp", "Diastolic pressure", {
    women: [
      [66.1, 69.9, 71.8, 72.6, 70.6, 65.2, 63.4],
      [9.7, 10.3, 10.4, 10, 11, 10.9, 10.9],
    ],
    men: [
      [68.7, 73.8, 75.5, 76.3, 71, 66.6, 63.2],
      [10.7, 11, 10.7, 10.2, 10.9, 10.2, 11.5],
    ],
  }),
  ...spreadByAge(of("/min", [40, 120]), "heart_rate", "Heart rate at rest", {
    women: [
      [76.5, 75.8, 74.6, 73, 72.6, 71.3, 70.7],
      [10.9, 10.9, 12, 10.5, 12.2, 12.5, 12.1],
    ],
    men: [
      [72, 71.6, 71.4, 70.6, 70, 67.9, 68.4],
      [12.1, 12, 11.7, 12.3, 12.6, 12.1, 13.2],
    ],
  }),
  ...bySexAndBand(
    { ...of("1", [-0.2, 0.9]), measure: "correlation" },
    "correlation.sbp.dbp",
    "Systolic and diastolic pressure",
    {
      women: [0.45, 0.63, 0.66, 0.5, 0.44, 0.35, 0.33],
      men: [0.37, 0.56, 0.65, 0.56, 0.45, 0.38, 0.4],
    },
  ),
  ...spreadByAge(
    {
      unit: "%",
      population: "5,152 adults of Tromsø, 2001 to 2002",
      source: "vold-2015",
      how: "computed",
      note: "Log-normal through the shares at 95% and less and at 92% and less under 60, at 60 to 70 and from 70, the rounding of the device included.",
      range: [1, 6],
    },
    "desaturation",
    "What saturation lacks of 100%",
    {
      women: [
        [2.75, 2.75, 2.75, 2.75, 2.94, 3.1, 3.1],
        [0.98, 0.98, 0.98, 0.98, 1.28, 1.59, 1.59],
      ],
      men: [
        [2.75, 2.75, 2.75, 2.75, 2.94, 3.1, 3.1],
        [0.98, 0.98, 0.98, 0.98, 1.28, 1.59, 1.59],
      ],
    },
  ),
  ...sourced(
    {
      measure: "mean",
      unit: "/min",
      population: "adults not acutely ill",
      source: "news-2017",
      how: "chosen",
      note: "Middle of 12 to 20 breaths a minute, which score 0, and the spread that keeps 95% within.",
      range: [10, 24],
    },
    [
      ["respiratory_rate.mean", "Respiratory rate", 16],
      [
        "respiratory_rate.sd",
        "Respiratory rate, spread",
        2,
        { measure: "standard deviation", range: [0.5, 6] },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "mmHg",
      population: "US adults, NHANES 2009 to 2012",
      source: "nhanes-2009",
      how: "chosen",
      note: "Fewer than 1 in 1,000 adults had less between their two pressures.",
      range: [5, 20],
    },
    [
      ["pulse_pressure.least", "Least between systolic and diastolic pressure", 12],
      [
        "bmi.most",
        "Highest body mass index",
        80,
        {
          unit: "kg/m2",
          range: [50, 150],
          note: "Fewer than 1 in 10,000 adults of twenty years of the survey had more.",
        },
      ],
      [
        "sbp.most",
        "Highest systolic pressure",
        260,
        {
          range: [200, 320],
          note: "The highest mean of three readings in twenty years of the survey was 230.",
        },
      ],
      [
        "bmi.least",
        "Least body mass index",
        10,
        {
          unit: "kg/m2",
          range: [5, 12],
          note: "Below the leanest adult of the public rows (13.2); its distance from the mean shapes the skew.",
        },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "mean",
      unit: "°C",
      population: "35,488 outpatients of a Boston hospital",
      source: "obermeyer-2017",
      how: "stated",
      range: [36, 37.5],
    },
    [
      ["temperature.mean", "Body temperature", 36.6],
      [
        "temperature.sd",
        "Body temperature, spread",
        0.4,
        {
          measure: "standard deviation",
          how: "computed",
          note: "95% of patients had 35.7 to 37.3 °C; a quarter of that.",
          range: [0, 1],
        },
      ],
      [
        "temperature.decade",
        "Body temperature, each ten years of age",
        -0.02,
        { measure: "effect", range: [-0.1, 0.1] },
      ],
      [
        "temperature.age",
        "Age at which the mean temperature holds",
        53,
        {
          measure: "mean",
          unit: "years",
          how: "chosen",
          note: "The mean age of the outpatients was 52.9 years.",
          range: [20, 90],
        },
      ],
    ],
  ),
];
