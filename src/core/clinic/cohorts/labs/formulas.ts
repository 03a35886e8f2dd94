import type { Numbers } from "../numbers/numbers.ts";

/** CKD-EPI 2021, from creatinine and back. */
export interface Filtration {
  /** @param creatinine µmol/L @param age years @param female 0 or 1 @returns mL/min/1.73 m² */
  readonly of: (creatinine: number, age: number, female: number) => number;
  /** The creatinine (µmol/L) that gives `egfr`. */
  readonly creatinine: (egfr: number, age: number, female: number) => number;
}

/** Inker 2021: 142 · min(Scr/κ, 1)^α · max(Scr/κ, 1)^-1.2 · 0.9938^age · 1.012 in women, of adults. */
export function ckdEpi2021(numbers: Numbers): Filtration {
  const n = (name: string): number => numbers.of(`ckd_epi.${name}`);
  const [scale, fall, yearly, women] = [n("scale"), n("above"), n("year"), n("women")];
  const perMg = n("umol_per_mg");
  const [kappa, alpha] = [
    [n("kappa.men"), n("kappa.women")],
    [n("below.men"), n("below.women")],
  ] as [[number, number], [number, number]];
  const logYear = Math.log(yearly);
  const whole = (age: number, female: number): number =>
    scale * Math.exp(logYear * age) * (female === 1 ? women : 1);
  return {
    of: (creatinine, age, female) => {
      const ratio = creatinine / perMg / (kappa[female as 0 | 1] as number);
      return whole(age, female) * ratio ** (ratio < 1 ? (alpha[female as 0 | 1] as number) : fall);
    },
    creatinine: (egfr, age, female) => {
      const ratio = egfr / whole(age, female);
      const power = ratio > 1 ? (alpha[female as 0 | 1] as number) : fall;
      return (kappa[female as 0 | 1] as number) * perMg * ratio ** (1 / power);
    },
  };
}

/** HbA1c in its two units, and the mean glucose that goes with it (Nathan 2008). */
export interface Glycation {
  /** mmol/mol (IFCC) to % (NGSP) */
  readonly percent: (ifcc: number) => number;
  /** % to mmol/mol */
  readonly ifcc: (percent: number) => number;
  /** mean glucose in mmol/L of an HbA1c in mmol/mol */
  readonly meanGlucose: (ifcc: number) => number;
}

/** NGSP = 0.09148 · IFCC + 2.152; mean glucose in mg/dL = 28.7 · NGSP - 46.7. */
export function glycation(numbers: Numbers): Glycation {
  const n = (name: string): number => numbers.of(`glycation.${name}`);
  const [slope, start, rise, less, perMmol] = [
    n("slope"),
    n("start"),
    n("glucose"),
    n("less"),
    n("mg_per_mmol"),
  ];
  const percent = (ifcc: number): number => slope * ifcc + start;
  return {
    percent,
    ifcc: (it) => (it - start) / slope,
    meanGlucose: (ifcc) => (rise * percent(ifcc) - less) / perMmol,
  };
}

/** LDL cholesterol from what laboratories measure. */
export interface Lipids {
  /** mmol/L; NaN where triglycerides are too high for the formula. */
  readonly ldl: (total: number, hdl: number, triglycerides: number) => number;
  /** cholesterol that very low density lipoproteins carry, mmol/L */
  readonly vldl: (triglycerides: number) => number;
}

/** Friedewald 1972: LDL = total - HDL - triglycerides / 2.2 in mmol/L, below 4.5 mmol/L of triglycerides. */
export function friedewald(numbers: Numbers): Lipids {
  const [divisor, most] = [numbers.of("friedewald.divisor"), numbers.of("friedewald.most")];
  return {
    ldl: (total, hdl, triglycerides) => (triglycerides < most ? total - hdl - triglycerides / divisor : NaN),
    vldl: (triglycerides) => triglycerides / divisor,
  };
}

/** Sodium less chloride and bicarbonate, mmol/L. */
export const anionGap = (sodium: number, chloride: number, bicarbonate: number): number =>
  sodium - chloride - bicarbonate;
