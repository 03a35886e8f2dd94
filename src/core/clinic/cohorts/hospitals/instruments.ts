/** What else a laboratory may report a value in. */
export interface OwnUnit {
  readonly unit: string;
  /** places after the point, there */
  readonly decimals: number;
  /** id of the number that a value is multiplied by */
  readonly factor: string;
  /** id of what is added then: 0 °C is 32 °F */
  readonly shift?: string;
}

/** How one field is measured and written. Its error and bias are the numbers `device.FIELD.error` and `.bias`. */
export interface Instrument {
  readonly field: string;
  /** an error in the value's unit, or as a share of the value */
  readonly error: "absolute" | "relative";
  readonly unit: string;
  readonly decimals: number;
  /** what is measured with it is missing with it: a tube, a cuff */
  readonly panel: string;
  readonly own?: OwnUnit;
  /** ends of its scale: numbers `device.FIELD.least`, `.most` */
  readonly scale?: readonly ("least" | "most")[];
}

const analysed = (
  panel: string,
  rows: readonly (readonly [field: string, unit: string, decimals: number, own?: OwnUnit])[],
): Instrument[] =>
  rows.map(([field, unit, decimals, own]) => ({
    field,
    error: "relative",
    unit,
    decimals,
    panel,
    ...(own && { own }),
    ...(field === "creatinine" && { scale: ["least"] }),
  }));

const perDecilitre = (unit: "mg/dL" | "g/dL", decimals: number, of: string): OwnUnit => ({
  unit,
  decimals,
  factor: `unit.${of}.factor`,
});

/** Every field that something measures. What no cohort has is left alone. */
export const instruments: readonly Instrument[] = [
  { field: "sbp", error: "absolute", unit: "mmHg", decimals: 0, panel: "pressure", scale: ["least", "most"] },
  { field: "dbp", error: "absolute", unit: "mmHg", decimals: 0, panel: "pressure", scale: ["least", "most"] },
  { field: "heart_rate", error: "absolute", unit: "1/min", decimals: 0, panel: "monitor" },
  { field: "spo2", error: "absolute", unit: "%", decimals: 0, panel: "monitor", scale: ["most"] },
  { field: "respiratory_rate", error: "absolute", unit: "1/min", decimals: 0, panel: "breathing" },
  {
    field: "temperature",
    error: "absolute",
    unit: "°C",
    decimals: 1,
    panel: "temperature",
    own: { unit: "°F", decimals: 1, factor: "unit.temperature.factor", shift: "unit.temperature.shift" },
  },
  { field: "height_cm", error: "relative", unit: "cm", decimals: 0, panel: "body" },
  { field: "weight_kg", error: "relative", unit: "kg", decimals: 1, panel: "body" },
  ...analysed("sugar", [
    ["glucose", "mmol/L", 1, { unit: "mg/dL", decimals: 0, factor: "glycation.mg_per_mmol" }],
    ["hba1c", "mmol/mol", 0, { unit: "%", decimals: 1, factor: "glycation.slope", shift: "glycation.start" }],
  ]),
  ...analysed("chemistry", [
    ["sodium", "mmol/L", 0],
    ["potassium", "mmol/L", 1],
    ["chloride", "mmol/L", 0],
    ["bicarbonate", "mmol/L", 0],
    ["urea", "mmol/L", 1, perDecilitre("mg/dL", 0, "urea")],
    ["creatinine", "µmol/L", 0, perDecilitre("mg/dL", 2, "creatinine")],
  ]),
  ...analysed("blood count", [
    ["haemoglobin", "g/L", 0, perDecilitre("g/dL", 1, "haemoglobin")],
    ["white_cells", "10^9/L", 1],
    ["platelets", "10^9/L", 0],
    ["haematocrit", "%", 0],
    ["mcv", "fL", 0],
  ]),
  ...analysed("lipids", [
    ["total_cholesterol", "mmol/L", 2, perDecilitre("mg/dL", 0, "total_cholesterol")],
    ["hdl", "mmol/L", 2, perDecilitre("mg/dL", 0, "total_cholesterol")],
    ["triglycerides", "mmol/L", 2, perDecilitre("mg/dL", 0, "triglycerides")],
  ]),
  ...analysed("inflammation", [
    ["crp", "mg/L", 1, perDecilitre("mg/dL", 2, "crp")],
    ["albumin", "g/L", 0, perDecilitre("g/dL", 1, "haemoglobin")],
  ]),
  ...analysed("perfusion", [["lactate", "mmol/L", 1, perDecilitre("mg/dL", 0, "lactate")]]),
  ...analysed("urine", [["acr", "mg/mmol", 1, { unit: "mg/g", decimals: 0, factor: "unit.acr.factor" }]]),
  ...analysed("heart", [
    ["nt_probnp", "ng/L", 0],
    ["troponin", "ng/L", 0],
  ]),
  {
    field: "lvef",
    error: "absolute",
    unit: "%",
    decimals: 0,
    panel: "heart",
    scale: ["least", "most"],
  },
];

/** Computed from recorded values, and reported in a laboratory's own unit too. */
const derivedUnits: readonly Pick<Instrument, "field" | "unit" | "decimals" | "own">[] = [
  { field: "ldl", unit: "mmol/L", decimals: 2, own: perDecilitre("mg/dL", 0, "total_cholesterol") },
];

export interface Reported {
  readonly field: string;
  readonly unit: string;
  readonly decimals: number;
  readonly own: OwnUnit;
}

/** Fields that come in two units, by name. */
export const reportedFields: ReadonlyMap<string, Reported> = new Map(
  [...instruments, ...derivedUnits].flatMap(({ field, unit, decimals, own }) =>
    own === undefined ? [] : [[field, { field, unit, decimals, own }] as const],
  ),
);
