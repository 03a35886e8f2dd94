import type { Numbers } from "../numbers/numbers.ts";

/** Filtration (mL/min/1.73 m²) from creatinine (µmol/L), and back; ages in years, `female` 0 or 1. */
export interface Filtration {
  /** @param heightCm counts for children alone */
  readonly of: (creatinine: number, age: number, female: number, heightCm: number) => number;
  /** The creatinine that gives `egfr`. */
  readonly creatinine: (egfr: number, age: number, female: number, heightCm: number) => number;
}

/**
 * Adults by CKD-EPI 2021 (Inker): 142 · min(Scr/κ, 1)^α · max(Scr/κ, 1)^-1.2 · 0.9938^age · 1.012 in women. Under 18 by the
 * bedside formula of Schwartz 2009: 0.413 · height / Scr. Scr in mg/dL.
 */
export function filtration(numbers: Numbers): Filtration {
  const perMg = numbers.of("ckd_epi.umol_per_mg");
  const [grown, child] = [ckdEpi2021(numbers), numbers.of("schwartz.scale")];
  const until = numbers.of("schwartz.until");
  return {
    of: (creatinine, age, female, heightCm) =>
      age < until ? (child * heightCm * perMg) / creatinine : grown.of(creatinine / perMg, age, female),
    creatinine: (egfr, age, female, heightCm) =>
      age < until ? (child * heightCm * perMg) / egfr : perMg * grown.creatinine(egfr, age, female),
  };
}

/** CKD-EPI 2021 of adults; creatinine in mg/dL. */
export function ckdEpi2021(numbers: Numbers): {
  readonly of: (creatinine: number, age: number, female: number) => number;
  readonly creatinine: (egfr: number, age: number, female: number) => number;
} {
  const n = (name: string): number => numbers.of(`ckd_epi.${name}`);
  const [scale, fall, yearly, woman] = [n("scale"), n("above"), Math.log(n("year")), n("women")];
  const [women, men] = [
    { kappa: n("kappa.women"), below: n("below.women"), scale: scale * woman },
    { kappa: n("kappa.men"), below: n("below.men"), scale },
  ];
  return {
    of: (creatinine, age, female) => {
      const sex = female === 1 ? women : men;
      const ratio = creatinine / sex.kappa;
      return sex.scale * Math.exp(yearly * age) * ratio ** (ratio < 1 ? sex.below : fall);
    },
    creatinine: (egfr, age, female) => {
      const sex = female === 1 ? women : men;
      const ratio = egfr / (sex.scale * Math.exp(yearly * age));
      return sex.kappa * ratio ** (1 / (ratio > 1 ? sex.below : fall));
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
