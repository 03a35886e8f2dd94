import { sourced } from "../sourced-number.ts";
import type { SourcedNumber } from "../sourced-number.ts";

const bleeders = "adults with acute upper gastrointestinal bleeding";

/** Upper gastrointestinal bleeding: blood lost, what follows at once and what later, and transfusion. */
export const bleedNumbers: readonly SourcedNumber[] = [
  ...sourced(
    {
      measure: "limit",
      unit: "g/L",
      population: "889 adults with acute upper gastrointestinal bleeding",
      source: "villanueva-2013",
      how: "stated",
      range: [50, 120],
    },
    [["bleed.transfuse", "Haemoglobin below which red cells are given", 70]],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "g/L",
      population: "936 adults with acute upper gastrointestinal bleeding",
      source: "trigger-2015",
      how: "chosen",
      note: "one unit of red cells raises haemoglobin by about 10 g/L in an adult of 70 kg",
      range: [0, 20],
    },
    [["bleed.unit", "Haemoglobin, for a unit of red cells", 10]],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "6,750 adults with acute upper gastrointestinal bleeding, UK 2007",
      source: "hearnshaw-2011",
      how: "stated",
      range: [0, 1],
    },
    [["bleed.again", "Bleeds again", 0.13]],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "1",
      population: "adults who lose blood",
      source: "atls-2018",
      how: "chosen",
      note: "classes of haemorrhage: above 15% of blood volume heart rate exceeds 100, above 30% pressure falls and breathing is fast",
      range: [-400, 400],
    },
    [
      ["bleed.heart_rate", "Heart rate, for the whole blood volume", 110, { unit: "/min" }],
      ["bleed.respiratory_rate", "Respiratory rate, for the whole blood volume", 22, { unit: "/min" }],
      [
        "bleed.sbp",
        "Systolic pressure, for the whole blood volume beyond the first tenth",
        -110,
        { unit: "mmHg" },
      ],
      [
        "bleed.dbp",
        "Diastolic pressure, for the whole blood volume beyond the first tenth",
        -60,
        { unit: "mmHg" },
      ],
      ["bleed.spared", "Share of blood lost before pressure falls", 0.1],
      ["bleed.lactate", "Logarithm of lactate, for the whole blood volume", 3.2],
      [
        "bleed.fatal",
        "Share of blood volume that no treatment keeps up with",
        0.5,
        { measure: "limit", range: [0.3, 0.7] },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "1",
      population: "1,748 adults with acute upper gastrointestinal bleeding, west of Scotland",
      source: "blatchford-2000",
      how: "chosen",
      note: "urea, haemoglobin, pressure and pulse make the score; the median patient scores about 6 (urea 8 to 10, haemoglobin about 110)",
      range: [0, 20],
    },
    [
      ["bleed.lost", "Share of blood volume lost at arrival, median", 0.2],
      ["bleed.spread", "Spread of its logarithm", 0.4],
      ["bleed.rate", "Share of blood volume lost each hour while it bleeds", 0.02],
      [
        "bleed.stops",
        "Share of bleeds that stop by themselves, each hour",
        0.2,
        { measure: "rate", unit: "/h" },
      ],
      ["bleed.urea", "Logarithm of urea, for the whole blood volume digested", 3],
      ["bleed.units", "Units of red cells at a time", 2, { unit: "units" }],
    ],
  ),
  ...sourced(
    {
      measure: "duration",
      unit: "h",
      population: bleeders,
      source: "hearnshaw-2011",
      how: "chosen",
      note: "haemoglobin falls as fluid replaces what was lost, which takes a day without and hours with infusion; half are scoped within a day",
      range: [1, 96],
    },
    [
      ["bleed.dilution", "Time constant of dilution without infusion", 16],
      ["bleed.dilution.fluids", "Time constant of dilution and of volume under infusion", 4],
      ["bleed.urea.delay", "Time constant of urea", 10],
      ["bleed.before", "Hours of illness before a patient is seen", 6],
      ["bleed.endoscopy", "Hours from treatment to endoscopy", 10],
      ["bleed.hours", "Hours in which it may bleed again", 72],
    ],
  ),
];
