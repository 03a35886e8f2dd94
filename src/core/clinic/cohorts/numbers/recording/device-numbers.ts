import { sourced } from "../sourced-number.ts";
import type { Shared, SourcedNumber } from "../sourced-number.ts";

/** Within-subject and between-subject variation, in percent, of what analysers measure. */
const ANALYSED: readonly (readonly [field: string, about: string, within: number, between: number])[] = [
  ["glucose", "Glucose", 5.6, 7.5],
  ["hba1c", "HbA1c", 1.9, 5.7],
  ["creatinine", "Creatinine", 5.95, 14.7],
  ["total_cholesterol", "Total cholesterol", 5.95, 15.3],
  ["hdl", "HDL cholesterol", 7.3, 21.2],
  ["triglycerides", "Triglycerides", 19.9, 32.7],
  ["sodium", "Sodium", 0.6, 0.7],
  ["potassium", "Potassium", 4.6, 5.6],
  ["chloride", "Chloride", 1.2, 1.5],
  ["bicarbonate", "Bicarbonate", 4, 4.8],
  ["urea", "Urea", 12.1, 18.7],
  ["haemoglobin", "Haemoglobin", 2.85, 6.8],
  ["white_cells", "White cells", 11.4, 21.3],
  ["platelets", "Platelets", 9.1, 21.9],
  ["crp", "C-reactive protein", 42.2, 76.3],
  ["albumin", "Albumin", 3.2, 4.75],
  ["lactate", "Lactate", 27.2, 16.7],
  ["haematocrit", "Haematocrit", 2.7, 6.41],
  ["mcv", "Mean cell volume", 1.4, 4.85],
];

const ANALYSERS: Shared = {
  measure: "standard deviation",
  unit: "share of the value",
  population: "Healthy adults, studies up to 2013",
  source: "ricos-1999",
  how: "computed",
  range: [0, 0.3],
};

const analysers = ANALYSED.flatMap(([field, about, within, between]) =>
  sourced(ANALYSERS, [
    [
      `device.${field}.error`,
      `${about}: spread of an analyser's error`,
      within / 200,
      { note: `Desirable imprecision: half of the variation within a person, ${within}%.` },
    ],
    [
      `device.${field}.bias`,
      `${about}: spread of analysers' bias between hospitals`,
      Math.hypot(within, between) / 400,
      {
        note: `Desirable bias: a quarter of the root of the squared variation within (${within}%) and between (${between}%) people.`,
      },
    ],
  ]),
);

const CHOSEN = { measure: "standard deviation", how: "chosen", source: "ricos-1999" } as const;
const SHARE = {
  ...CHOSEN,
  unit: "share of the value",
  population: ANALYSERS.population,
  range: [0, 0.3],
} as const;

const likeThem = sourced(
  { ...SHARE, note: "No value in the table used; set like the analytes of its kind." },
  [
    ["device.nt_probnp.error", "NT-proBNP: spread of an analyser's error", 0.05],
    ["device.nt_probnp.bias", "NT-proBNP: spread of analysers' bias between hospitals", 0.05],
    ["device.troponin.error", "Troponin: spread of an analyser's error", 0.07],
    ["device.troponin.bias", "Troponin: spread of analysers' bias between hospitals", 0.08],
    ["device.acr.error", "Albumin to creatinine ratio: spread of an analyser's error", 0.1],
    ["device.acr.bias", "Albumin to creatinine ratio: spread of analysers' bias between hospitals", 0.08],
  ],
);

const cuffs = sourced(
  {
    ...CHOSEN,
    unit: "mmHg",
    population: "Adults in whom automated cuffs are validated",
    source: "iso-81060-2",
    note: "A device passes with a mean error of at most 5 and a spread of at most 8 mmHg; half of these, for the spread within a population as published holds part of the error already.",
    range: [0, 8],
  },
  [
    ["device.sbp.error", "Systolic pressure: spread of a cuff's error", 4],
    ["device.sbp.bias", "Systolic pressure: spread of cuffs' bias between hospitals", 2.5],
    ["device.dbp.error", "Diastolic pressure: spread of a cuff's error", 3],
    ["device.dbp.bias", "Diastolic pressure: spread of cuffs' bias between hospitals", 2],
  ],
);

const scales = [
  ...sourced(
    {
      measure: "limit",
      unit: "mmHg",
      population: "Adults in whom automated cuffs are validated",
      source: "iso-81060-2",
      how: "chosen",
      note: "The range over which monitors for adults are sold to measure; the standard validates within it.",
      range: [10, 300],
    },
    [
      ["device.sbp.least", "Lowest systolic pressure that a cuff shows", 40],
      ["device.sbp.most", "Highest systolic pressure that a cuff shows", 270],
      ["device.dbp.least", "Lowest diastolic pressure that a cuff shows", 15],
      ["device.dbp.most", "Highest diastolic pressure that a cuff shows", 215],
    ],
  ),
  ...sourced(
    {
      ...SHARE,
      measure: "limit",
      unit: "µmol/L",
      note: "About where enzymatic methods end; less is written as this.",
      range: [1, 30],
    },
    [["device.creatinine.least", "Lowest creatinine that an analyser shows", 10]],
  ),
];

const bedside: readonly SourcedNumber[] = [
  ...sourced(
    {
      ...CHOSEN,
      unit: "%",
      population: "Adults with saturations of 70 to 100%",
      source: "jubran-2015",
      note: "Oximeters differ from arterial blood by less than 2% on average, with a spread of less than 3%; a resting reading at the upper end of the scale does so less.",
      range: [0, 3],
    },
    [
      ["device.spo2.error", "Saturation: spread of an oximeter's error", 1],
      ["device.spo2.bias", "Saturation: spread of oximeters' bias between hospitals", 0.5],
    ],
  ),
  ...sourced(
    {
      ...CHOSEN,
      unit: "°C",
      population: "Adults and children, 75 studies of peripheral thermometers",
      source: "niven-2015",
      note: "Peripheral thermometers are off by more than 0.5 °C now and then; an ear or mouth reading in rest is nearer.",
      range: [0, 0.7],
    },
    [
      ["device.temperature.error", "Temperature: spread of a thermometer's error", 0.2],
      ["device.temperature.bias", "Temperature: spread of thermometers' bias between hospitals", 0.1],
    ],
  ),
  ...sourced(
    {
      ...CHOSEN,
      unit: "1/min",
      population: "Hospitalised US adults, six hospitals",
      source: "badawy-2017",
      note: "The paper takes heart rates as measured and respiratory rates as seldom counted; the spread is that of a count over half a minute.",
      range: [0, 6],
    },
    [
      ["device.heart_rate.error", "Heart rate: spread of a monitor's error", 1.5],
      ["device.heart_rate.bias", "Heart rate: spread of monitors' bias between hospitals", 0.3],
      ["device.respiratory_rate.error", "Respiratory rate: spread of a counted value's error", 1],
      ["device.respiratory_rate.bias", "Respiratory rate: spread of the bias between hospitals", 0.4],
    ],
  ),
  ...sourced(
    {
      ...CHOSEN,
      unit: "%",
      population: "Adults with an echocardiogram in two dimensions",
      source: "lang-2015",
      note: "Limits between two readers are about ten points; a spread of five is half of that.",
      range: [0, 10],
    },
    [
      ["device.lvef.error", "Ejection fraction: spread between readers of an echocardiogram", 5],
      ["device.lvef.bias", "Ejection fraction: spread of hospitals' bias", 1.5],
    ],
  ),
  ...sourced(
    {
      ...CHOSEN,
      unit: "share of the value",
      population: "Patients weighed and measured on a ward",
      source: "eicu-2018",
      note: "The database holds weights and heights from scales, beds and what patients say; a small share of the value.",
      range: [0, 0.05],
    },
    [
      ["device.height_cm.error", "Height: spread of a measured height's error", 0.005],
      ["device.height_cm.bias", "Height: spread of rods' bias between hospitals", 0.001],
      ["device.weight_kg.error", "Weight: spread of a scale's error", 0.005],
      ["device.weight_kg.bias", "Weight: spread of scales' bias between hospitals", 0.002],
    ],
  ),
];

/** Error and bias of what measures: of each value, and between hospitals. */
export const deviceNumbers: readonly SourcedNumber[] = [
  ...analysers,
  ...likeThem,
  ...cuffs,
  ...scales,
  ...bedside,
];
