import { sourced } from "../sourced-number.ts";
import type { SourcedNumber } from "../sourced-number.ts";

const adults = "adults with sepsis";

/** What sepsis does to vitals and labs, how it goes on, and what treatment does. One unit of drive is sepsis as admitted. */
export const sepsisNumbers: readonly SourcedNumber[] = [
  ...sourced(
    {
      measure: "effect",
      unit: "1",
      population: adults,
      source: "sepsis-3",
      how: "chosen",
      note: "the criteria (respiratory rate 22, systolic pressure 100, altered mentation, lactate above 2) are met by a median patient at a drive of about 1",
      range: [-200, 200],
    },
    [
      ["sepsis.heart_rate", "Heart rate, for a unit of drive", 20, { unit: "/min" }],
      ["sepsis.respiratory_rate", "Respiratory rate, for a unit of drive", 5, { unit: "/min" }],
      ["sepsis.temperature", "Temperature, for a unit of drive", 1.1, { unit: "°C" }],
      ["sepsis.sbp", "Systolic pressure, for a unit of drive", -20, { unit: "mmHg" }],
      ["sepsis.dbp", "Diastolic pressure, for a unit of drive", -13, { unit: "mmHg" }],
      ["sepsis.spo2", "Oxygen saturation, for a unit of drive", -1.5, { unit: "%" }],
      ["sepsis.gcs", "Glasgow Coma Scale, for a unit of drive", -0.7, { unit: "points" }],
      ["sepsis.lactate", "Logarithm of lactate, for a unit of drive", 0.65],
      ["sepsis.white_cells", "Logarithm of white cells, for a unit of drive", 0.3],
      ["sepsis.creatinine", "Logarithm of creatinine, for a unit of drive that has lasted", 0.3],
      ["sepsis.urea", "Logarithm of urea, for a unit of drive that has lasted", 0.35],
      ["sepsis.platelets", "Logarithm of platelets, for a unit of drive that has lasted", -0.3],
      ["sepsis.bicarbonate", "Bicarbonate, for a unit of drive", -2.5, { unit: "mmol/L" }],
      ["sepsis.crp", "C-reactive protein, for a unit of drive that has lasted", 130, { unit: "mg/L" }],
      ["sepsis.spread", "Spread of the logarithm of drive between patients", 0.35],
      ["sepsis.most", "Most drive that a body takes", 3.2],
    ],
  ),
  ...sourced(
    {
      measure: "duration",
      unit: "h",
      population: adults,
      source: "pepys-2003",
      how: "chosen",
      note: "C-reactive protein rises within 6 hours and peaks around 48; organs follow at the pace at which SOFA is scored, a day",
      range: [1, 96],
    },
    [
      ["sepsis.crp.delay", "Time constant of C-reactive protein", 20],
      ["sepsis.organ.delay", "Time constant of kidneys and platelets", 24],
      ["sepsis.delay", "Time constant of vitals and lactate", 2],
      ["sepsis.before", "Hours of illness before a patient is seen", 14],
    ],
  ),
  ...sourced(
    {
      measure: "rate",
      unit: "/h",
      population: "49,331 patients with sepsis in 149 New York hospitals, 2014 to 2016",
      source: "seymour-2017",
      how: "chosen",
      note: "the odds of death rise by 4% for each hour that the bundle is late; drive rises at that pace while untreated",
      range: [0, 0.5],
    },
    [["sepsis.worsening", "Growth of drive for each hour without an effective antibiotic", 0.04]],
  ),
  ...sourced(
    {
      measure: "duration",
      unit: "h",
      population: "111 adults with severe sepsis or septic shock",
      source: "nguyen-2004",
      how: "calibrated",
      note: "lactate of those who recover falls by 38% in the first 6 hours of treatment; of those who die by 12%",
      range: [1, 96],
    },
    [
      ["sepsis.half-life", "Half-life of drive under treatment, of those who live", 6],
      ["sepsis.half-life.dying", "Half-life of drive under treatment, of those who die", 40],
    ],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "1",
      population: adults,
      source: "ssc-2021",
      how: "chosen",
      note: "30 mL/kg within the first 3 hours; the size of its effect is not stated and is set to a third of the fall in pressure",
      range: [0, 10],
    },
    [
      ["sepsis.fluid.hours", "Hours over which the first fluids run", 3, { unit: "h", how: "stated" }],
      [
        "sepsis.fluid.effect",
        "Share of the fall in pressure that full fluids take back",
        0.35,
        { range: [0, 1] },
      ],
      [
        "sepsis.fluid.stay",
        "Hours that fluids stay in the vessels, time constant",
        10,
        { unit: "h", range: [1, 48] },
      ],
    ],
  ),
];
