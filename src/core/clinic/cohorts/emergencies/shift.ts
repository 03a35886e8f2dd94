/** What an emergency adds to as it is. */
const ADDED = [
  "heart_rate",
  "respiratory_rate",
  "temperature",
  "sbp",
  "dbp",
  "spo2",
  "gcs",
  "glucose",
  "potassium",
  "bicarbonate",
  "ketones",
  "crp",
  "haemoglobin",
] as const;

/** What it adds to on the logarithmic scale. */
export const MULTIPLIED = ["lactate", "creatinine", "urea", "white_cells", "platelets"] as const;

export type Sign = (typeof ADDED)[number] | (typeof MULTIPLIED)[number];

/** What an emergency does to vitals and labs at one hour; 0 is nothing. */
export type Shift = Record<Sign, number>;

/** Every sign that an emergency can move. */
export const SIGNS: readonly Sign[] = [...ADDED, ...MULTIPLIED];

/** A body without an emergency. */
export function noShift(): Shift {
  return {
    heart_rate: 0,
    respiratory_rate: 0,
    temperature: 0,
    sbp: 0,
    dbp: 0,
    spo2: 0,
    gcs: 0,
    glucose: 0,
    potassium: 0,
    bicarbonate: 0,
    ketones: 0,
    crp: 0,
    haemoglobin: 0,
    lactate: 0,
    creatinine: 0,
    urea: 0,
    white_cells: 0,
    platelets: 0,
  };
}

const onLogarithm = new Set<string>(MULTIPLIED);

/** A sign as it is with a shift, from what it would be without. */
export const shifted = (sign: Sign, usual: number, shift: Shift): number =>
  onLogarithm.has(sign) ? usual * Math.exp(shift[sign]) : usual + shift[sign];
