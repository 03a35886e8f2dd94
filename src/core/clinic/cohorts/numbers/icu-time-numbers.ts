import { sourced } from "./sourced-number.ts";
import type { SourcedNumber } from "./sourced-number.ts";

const stays = "724 first ICU stays of 48 h or more, or ended by death, in 186 US hospitals, 2014 to 2015";

/** From hour to hour in intensive care: sepsis that begins there, support, and decline before death. */
export const icuTimeNumbers: readonly SourcedNumber[] = [
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "40,336 ICU patients of two US hospitals",
      source: "challenge-2019",
      how: "stated",
      note: "2,932 of them",
      range: [0, 1],
    },
    [["icu.sepsis.new", "Sepsis that begins in the unit, within 48 h of those without", 0.073]],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "mmHg",
      population: "adults with septic shock",
      source: "ssc-2021",
      how: "stated",
      range: [50, 90],
    },
    [["icu.map.target", "Mean pressure aimed at with noradrenaline", 65]],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "mmHg",
      population: "adults with septic shock",
      source: "ssc-2021",
      how: "chosen",
      note: "the guideline takes .25 µg/kg/min as where vasopressin is added; a fall of about 20 mmHg is made up at that dose",
      range: [0, 300],
    },
    [
      ["icu.noradrenaline.sbp", "Systolic pressure, for 1 µg/kg/min of noradrenaline", 110],
      ["icu.noradrenaline.dbp", "Diastolic pressure, for 1 µg/kg/min of noradrenaline", 65],
      [
        "icu.noradrenaline.step",
        "Share of what is missing that the next step of noradrenaline makes up",
        0.6,
        { unit: "1" },
      ],
      ["icu.noradrenaline.most", "Most noradrenaline", 1, { unit: "µg/kg/min" }],
      ["icu.noradrenaline.least", "Least noradrenaline that is run", 0.03, { unit: "µg/kg/min" }],
    ],
  ),
  ...sourced(
    {
      measure: "rate",
      unit: "/h",
      population: stays,
      source: "eicu-demo",
      how: "chosen",
      note: "31% are ventilated on the first day; the demo gives no hours",
      range: [0, 0.5],
    },
    [
      ["icu.intubated", "Ventilation begins, each hour, at a middling severity", 0.002],
      ["icu.extubated", "Ventilation ends, each hour, at a middling severity", 0.022],
      [
        "icu.intubated.severity",
        "Logarithm of both rates, for a standard deviation of severity",
        0.6,
        { measure: "coefficient", unit: "1", range: [0, 2] },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: stays,
      source: "eicu-demo",
      how: "computed",
      note: "of those ventilated with a blood gas, half breathe 50% oxygen or more; room air is .21",
      range: [0.1, 1],
    },
    [
      ["icu.fio2.ventilated", "Inspired oxygen under ventilation, middle", 0.45],
      [
        "icu.fio2.spread",
        "Spread of inspired oxygen between stays",
        0.1,
        {
          how: "chosen",
          note: "quarter and three quarters of those ventilated lie about .15 apart",
          range: [0, 1],
        },
      ],
      ["icu.fio2.room", "Oxygen of room air", 0.21],
      ["icu.fio2.most", "Pure oxygen", 1],
      ["icu.fio2.respiratory", "Inspired oxygen without ventilation, respiratory failure", 0.35],
      ["icu.fio2.oxygen", "Inspired oxygen without ventilation, others who need any", 0.28],
      [
        "icu.fio2.needs",
        "Saturation without help below which oxygen is given",
        0.965,
        { how: "chosen", note: "guidelines aim at 94 to 98%" },
      ],
    ],
  ),
  ...sourced(
    {
      measure: "coefficient",
      unit: "points",
      population: "701 of these stays with a Glasgow Coma Scale",
      source: "eicu-demo",
      how: "computed",
      note: "55% have 15 points, 17% at most 8; a normal variable cut to these shares",
      range: [-15, 30],
    },
    [
      ["icu.gcs.slope", "Points lost for a standard deviation of depth of coma", 6.3],
      ["icu.gcs.from", "Depth at which points are lost", 0.4, { unit: "1" }],
      ["icu.gcs.severity", "Depth of coma, for a standard deviation of severity", 0.5, { unit: "1" }],
    ],
  ),
  ...sourced(
    {
      measure: "effect",
      unit: "1",
      population: "patients who die in intensive care",
      source: "challenge-2012",
      how: "chosen",
      note: "what the end of a decline of 12 hours adds; the challenge's severity scores give points in the same directions",
      range: [-60, 60],
    },
    [
      ["icu.decline.hours", "Hours of decline before death", 12, { measure: "duration", unit: "h" }],
      ["icu.decline.heart_rate", "Heart rate", 18, { unit: "/min" }],
      ["icu.decline.sbp", "Systolic pressure", -38, { unit: "mmHg" }],
      ["icu.decline.dbp", "Diastolic pressure", -22, { unit: "mmHg" }],
      ["icu.decline.spo2", "Oxygen saturation", -7, { unit: "%" }],
      ["icu.decline.respiratory_rate", "Respiratory rate", 5, { unit: "/min" }],
      ["icu.decline.gcs", "Glasgow Coma Scale", -6, { unit: "points" }],
      ["icu.decline.lactate", "Logarithm of lactate", 1.2],
    ],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "1",
      population: "written values of intensive care",
      source: "challenge-2012",
      how: "chosen",
      note: "beyond these a value is taken for an error of measurement",
      range: [0, 400],
    },
    [
      ["icu.least.sbp", "Least systolic pressure of the living", 45, { unit: "mmHg" }],
      ["icu.least.dbp", "Least diastolic pressure of the living", 20, { unit: "mmHg" }],
      ["icu.least.pulse", "Least pulse pressure", 12, { unit: "mmHg" }],
      ["icu.least.heart_rate", "Least heart rate of the living", 28, { unit: "/min" }],
      ["icu.most.heart_rate", "Most heart rate", 190, { unit: "/min" }],
      ["icu.least.respiratory_rate", "Least respiratory rate", 6, { unit: "/min" }],
      ["icu.least.spo2", "Least saturation of the living", 60, { unit: "%" }],
      ["icu.least.potassium", "Least potassium", 2, { unit: "mmol/L" }],
      ["icu.least.glucose", "Least glucose", 2, { unit: "mmol/L" }],
      ["icu.least.haemoglobin", "Least haemoglobin", 35, { unit: "g/L" }],
      ["icu.least.temperature", "Least temperature", 33, { unit: "°C" }],
      ["icu.most.temperature", "Most temperature", 41.5, { unit: "°C" }],
      ["icu.most.gcs", "Most points of the Glasgow Coma Scale", 15, { unit: "points" }],
      ["icu.least.gcs", "Least points of the Glasgow Coma Scale", 3, { unit: "points" }],
    ],
  ),
];
