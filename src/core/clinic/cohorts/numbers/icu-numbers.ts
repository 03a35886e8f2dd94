import { sourced } from "./sourced-number.ts";
import type { Shared, SourcedNumber } from "./sourced-number.ts";

const stays = "724 first ICU stays of 48 h or more, or ended by death, in 186 US hospitals, 2014 to 2015";
const computed = (about: string): Shared => ({
  measure: "share",
  unit: "1",
  population: stays,
  source: "eicu-demo",
  how: "computed",
  note: about,
  range: [0, 1],
});

/** Why they came, and what became of them. */
const admissionNumbers: readonly SourcedNumber[] = [
  ...sourced(computed("count of the admission diagnoses of APACHE, grouped"), [
    ["icu.share.sepsis", "Admitted for sepsis", 0.174],
    ["icu.share.respiratory", "Admitted for respiratory failure", 0.203],
    ["icu.share.cardiac", "Admitted for the heart", 0.178],
    ["icu.share.surgery", "Admitted after surgery", 0.122],
    ["icu.share.neurological", "Admitted for the brain", 0.087],
    ["icu.share.dka", "Admitted for diabetic ketoacidosis", 0.033],
    ["icu.share.bleed", "Admitted for gastrointestinal bleeding", 0.039],
    ["icu.share.renal", "Admitted for kidney failure or potassium", 0.019],
    ["icu.share.other", "Admitted for another reason", 0.145],
  ]),
  ...sourced(computed("share of the group in whom APACHE counts ventilation on the first day"), [
    ["icu.ventilated.sepsis", "Ventilated, sepsis", 0.27],
    ["icu.ventilated.respiratory", "Ventilated, respiratory failure", 0.57],
    ["icu.ventilated.cardiac", "Ventilated, the heart", 0.2],
    ["icu.ventilated.surgery", "Ventilated, after surgery", 0.45],
    ["icu.ventilated.neurological", "Ventilated, the brain", 0.22],
    ["icu.ventilated.dka", "Ventilated, diabetic ketoacidosis", 0.04],
    ["icu.ventilated.bleed", "Ventilated, gastrointestinal bleeding", 0.07],
    ["icu.ventilated.renal", "Ventilated, kidney failure", 0.21],
    ["icu.ventilated.other", "Ventilated, another reason", 0.22],
  ]),
  ...sourced(
    computed(
      "share of the group with a diagnosis of diabetes; all who have ketoacidosis are counted as diabetic",
    ),
    [
      ["icu.diabetes.sepsis", "Diabetes, sepsis", 0.15],
      ["icu.diabetes.respiratory", "Diabetes, respiratory failure", 0.16],
      ["icu.diabetes.cardiac", "Diabetes, the heart", 0.29],
      ["icu.diabetes.surgery", "Diabetes, after surgery", 0.2],
      ["icu.diabetes.neurological", "Diabetes, the brain", 0.17],
      ["icu.diabetes.dka", "Diabetes, diabetic ketoacidosis", 1],
      ["icu.diabetes.bleed", "Diabetes, gastrointestinal bleeding", 0.29],
      ["icu.diabetes.renal", "Diabetes, kidney failure", 0.29],
      ["icu.diabetes.other", "Diabetes, another reason", 0.13],
    ],
  ),
  ...sourced(computed("deaths in hospital among the group; at least .02 where few or none died"), [
    ["icu.death.sepsis", "Died in hospital, sepsis", 0.222],
    ["icu.death.respiratory", "Died in hospital, respiratory failure", 0.231],
    ["icu.death.cardiac", "Died in hospital, the heart", 0.085],
    ["icu.death.surgery", "Died in hospital, after surgery", 0.114],
    ["icu.death.neurological", "Died in hospital, the brain", 0.254],
    ["icu.death.dka", "Died in hospital, diabetic ketoacidosis", 0.02],
    ["icu.death.bleed", "Died in hospital, gastrointestinal bleeding", 0.071],
    ["icu.death.renal", "Died in hospital, kidney failure", 0.071],
    ["icu.death.other", "Died in hospital, another reason", 0.124],
    ["icu.death.early", "Of those who died, died in the unit within 48 h", 0.348],
  ]),
  ...sourced(
    {
      measure: "coefficient",
      unit: "1",
      population: stays,
      source: "eicu-demo",
      how: "computed",
      note: "logistic regression of death in hospital on the APACHE score, for a standard deviation of 26 points",
      range: [0, 3],
    },
    [["icu.death.severity", "Log odds of death, for a standard deviation of severity", 1.04]],
  ),
  ...sourced(
    {
      measure: "share",
      unit: "1",
      population: "4,000 ICU stays of 48 h or more, set A",
      source: "challenge-2012",
      how: "stated",
      note: "554 of them; odds within diagnoses are moved so that this share dies",
      range: [0.01, 0.5],
    },
    [["icu.death", "Died in hospital", 0.1385]],
  ),
  ...sourced(
    {
      measure: "coefficient",
      unit: "1",
      population: stays,
      source: "eicu-demo",
      how: "chosen",
      note: "age is a part of the APACHE score, which severity stands for",
      range: [0, 1],
    },
    [
      [
        "icu.dka.age",
        "Logarithm of the odds of ketoacidosis, for a standard deviation of age",
        -0.6,
        {
          population: "8,553 adults with ketoacidosis in 171 units of Australia and New Zealand",
          source: "venkatesh-2015",
          note: "three quarters of them were on insulin already; those who come are some ten years younger than others in intensive care",
          range: [-3, 0],
        },
      ],
      ["icu.severity.age", "Severity, for a standard deviation of age", 0.25],
      [
        "icu.age.mean",
        "Age",
        66.4,
        { measure: "mean", unit: "years", how: "computed", note: "mean of the stays", range: [18, 100] },
      ],
      [
        "icu.age.sd",
        "Age",
        15.8,
        {
          measure: "standard deviation",
          unit: "years",
          how: "computed",
          note: "standard deviation of the stays",
          range: [1, 40],
        },
      ],
      [
        "icu.crisis.severity",
        "Correlation of the emergency's severity with severity",
        0.6,
        { measure: "correlation" },
      ],
    ],
  ),
];

const pressure = "1,793 ICU stays with cuff pressures in at least 12 of their first 24 hours";
const hourly: Shared = {
  measure: "mean",
  unit: "mmHg",
  population: pressure,
  source: "eicu-demo",
  how: "computed",
  note: "hourly means of cuff pressures; within a stay against its own mean",
  range: [0, 250],
};
const bedside: Shared = {
  measure: "mean",
  unit: "/min",
  population: "4,000 ICU stays of 48 h or more, set A",
  source: "challenge-2012",
  how: "chosen",
  note: "near the means of the set's time series (heart rate 87, breathing 19 to 20, 37 °C), less what emergencies add",
  range: [-30, 150],
};

const kept: Partial<Shared> = { measure: "correlation", unit: "1", range: [0, 0.999] };

/** Vitals: between patients, with severity, and from hour to hour. */
const vitalNumbers: readonly SourcedNumber[] = [
  ...sourced(hourly, [
    [
      "icu.sbp.mean",
      "Systolic pressure",
      123,
      { how: "calibrated", note: "119.9 mmHg over all stays and hours, emergencies included" },
    ],
    [
      "icu.dbp.mean",
      "Diastolic pressure",
      67,
      { how: "calibrated", note: "65.6 mmHg over all stays and hours, emergencies included" },
    ],
    [
      "icu.sbp.between",
      "Systolic pressure, between stays",
      15,
      {
        measure: "standard deviation",
        how: "calibrated",
        note: "18.1 mmHg between stays, severity and emergencies included",
      },
    ],
    [
      "icu.dbp.between",
      "Diastolic pressure, between stays",
      9.5,
      {
        measure: "standard deviation",
        how: "calibrated",
        note: "11.1 mmHg between stays, severity and emergencies included",
      },
    ],
    [
      "icu.sbp.within",
      "Systolic pressure, within a stay",
      11,
      {
        measure: "standard deviation",
        how: "calibrated",
        note: "13.5 mmHg within stays, emergencies and devices included",
      },
    ],
    [
      "icu.dbp.within",
      "Diastolic pressure, within a stay",
      8,
      {
        measure: "standard deviation",
        how: "calibrated",
        note: "9.6 mmHg within stays, emergencies and devices included",
      },
    ],
    [
      "icu.sbp.again",
      "Systolic pressure, an hour and the next within a stay",
      0.6,
      {
        ...kept,
        how: "calibrated",
        note: ".45 within stays as recorded; readings err, so what is true keeps more",
      },
    ],
    [
      "icu.dbp.again",
      "Diastolic pressure, an hour and the next within a stay",
      0.5,
      {
        ...kept,
        how: "calibrated",
        note: ".29 within stays as recorded; readings err, so what is true keeps more",
      },
    ],
    [
      "icu.pressures",
      "Systolic and diastolic pressure",
      0.6,
      { ...kept, note: ".59 over all hours, .62 within stays" },
    ],
  ]),
  ...sourced(bedside, [
    ["icu.heart_rate.mean", "Heart rate", 83],
    ["icu.respiratory_rate.mean", "Respiratory rate", 18.5],
    ["icu.temperature.mean", "Temperature", 36.8, { unit: "°C" }],
    ["icu.spo2.mean", "Oxygen saturation", 97, { unit: "%" }],
  ]),
  ...sourced({ ...bedside, measure: "standard deviation" }, [
    ["icu.heart_rate.between", "Heart rate, between stays", 13],
    ["icu.heart_rate.within", "Heart rate, within a stay", 7],
    ["icu.respiratory_rate.between", "Respiratory rate, between stays", 3],
    ["icu.respiratory_rate.within", "Respiratory rate, within a stay", 2.6],
    ["icu.temperature.between", "Temperature, between stays", 0.4, { unit: "°C" }],
    ["icu.temperature.within", "Temperature, within a stay", 0.25, { unit: "°C" }],
    ["icu.spo2.between", "Oxygen saturation, between stays", 1.3, { unit: "%" }],
    ["icu.spo2.within", "Oxygen saturation, within a stay", 1, { unit: "%" }],
  ]),
  ...sourced({ ...bedside, ...kept }, [
    ["icu.heart_rate.again", "Heart rate, an hour and the next within a stay", 0.8],
    ["icu.respiratory_rate.again", "Respiratory rate, an hour and the next within a stay", 0.6],
    ["icu.temperature.again", "Temperature, an hour and the next within a stay", 0.85],
    ["icu.spo2.again", "Oxygen saturation, an hour and the next within a stay", 0.6],
  ]),
  ...sourced(
    {
      measure: "effect",
      unit: "1",
      population: "4,000 ICU stays of 48 h or more, set A",
      source: "challenge-2012",
      how: "chosen",
      note: "sign and order of size of what the challenge's severity scores give points for",
      range: [-50, 50],
    },
    [
      ["icu.heart_rate.severity", "Heart rate, for a standard deviation of severity", 5, { unit: "/min" }],
      [
        "icu.respiratory_rate.severity",
        "Respiratory rate, for a standard deviation of severity",
        1.2,
        { unit: "/min" },
      ],
      ["icu.temperature.severity", "Temperature, for a standard deviation of severity", -0.1, { unit: "°C" }],
      ["icu.spo2.severity", "Oxygen saturation, for a standard deviation of severity", -0.6, { unit: "%" }],
      ["icu.sbp.severity", "Systolic pressure, for a standard deviation of severity", -5, { unit: "mmHg" }],
      ["icu.dbp.severity", "Diastolic pressure, for a standard deviation of severity", -3, { unit: "mmHg" }],
      ["icu.respiratory.respiratory_rate", "Respiratory rate, in respiratory failure", 4, { unit: "/min" }],
      ["icu.respiratory.spo2", "Oxygen saturation, in respiratory failure", -2, { unit: "%" }],
      ["icu.ventilated.spo2", "Oxygen saturation, under ventilation", 1.5, { unit: "%" }],
      ["icu.ventilated.respiratory_rate", "Respiratory rate, under ventilation", -2, { unit: "/min" }],
      ["icu.ventilated.gcs", "Depth of coma, under ventilation and sedation", 0.75],
      ["icu.neurological.gcs", "Depth of coma, admitted for the brain", 0.8],
    ],
  ),
];

export const icuNumbers: readonly SourcedNumber[] = [...admissionNumbers, ...vitalNumbers];
