import { normalQuantile } from "../../../math/normal.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { ByAge, Sex } from "./age-curve.ts";

/** Those that others hang on, in the order in which they are drawn: each after all that it hangs on. */
export const LINKED = [
  "diabetes",
  "hypertension",
  "ckd",
  "coronary_disease",
  "atrial_fibrillation",
  "heart_failure",
] as const;
/** Those that hang on smoking and on weight alone. */
export const APART = ["copd", "cancer"] as const;
export const CONDITIONS = [...LINKED, ...APART] as const;
export type Condition = (typeof CONDITIONS)[number];

export const SMOKING = ["Never", "Former", "Current"] as const;
/** Body mass index under 25, 25 to under 30, 30 and over. */
export const WEIGHTS = ["normal", "overweight", "obese"] as const;
/** Steps of `bmi_score` within each of these. */
const STEPS = 4;
export const SCORES = WEIGHTS.length * STEPS;
/** Kinds of people before any condition: smoking × weight. */
export const ROOTS = SMOKING.length * SCORES;

/** Where the published shares stand. */
export const SHARES: Readonly<Record<Condition, ByAge>> = {
  diabetes: { id: "diabetes.share", bands: ["20-39", "40-59", "60-84"], by: "margins" },
  hypertension: { id: "hypertension.share", bands: ["18-39", "40-59", "60-84"], by: "crossed" },
  ckd: { id: "ckd.share", bands: ["18-44", "45-64", "65-84"], by: "margins" },
  coronary_disease: {
    id: "coronary_disease.share",
    bands: ["20-39", "40-59", "60-79", "80-90"],
    by: "crossed",
  },
  atrial_fibrillation: {
    id: "atrial_fibrillation.share",
    bands: ["20-54", "55-59", "60-64", "65-69", "70-74", "75-79", "80-84", "85-92"],
    by: "crossed",
  },
  heart_failure: { id: "heart_failure.share", bands: ["20-39", "40-59", "60-79", "80-90"], by: "crossed" },
  copd: { id: "copd.share", bands: ["18-39", "40-59", "60-84"], by: "margins" },
  cancer: { id: "cancer.share", bands: ["18-44", "45-64", "65-74", "75-90"], by: "margins" },
};

type Cause = "former" | "current" | "overweight" | "obese" | "bmi" | Condition;

/** What a condition hangs on: ids are `condition.odds.cause`, with the sex after it where women and men have their own. */
const CAUSES: Readonly<Record<Condition, Partial<Readonly<Record<Cause, "one" | "by sex">>>>> = {
  diabetes: { overweight: "one", obese: "one", former: "one", current: "one" },
  hypertension: { overweight: "by sex", obese: "by sex", diabetes: "one" },
  ckd: { bmi: "one", current: "one", diabetes: "one", hypertension: "one" },
  coronary_disease: {
    former: "one",
    current: "one",
    overweight: "one",
    obese: "one",
    diabetes: "one",
    hypertension: "one",
    ckd: "one",
  },
  atrial_fibrillation: {
    obese: "one",
    diabetes: "by sex",
    hypertension: "by sex",
    ckd: "one",
    coronary_disease: "one",
  },
  heart_failure: {
    current: "one",
    obese: "one",
    diabetes: "one",
    hypertension: "one",
    ckd: "one",
    coronary_disease: "one",
    atrial_fibrillation: "by sex",
  },
  copd: { former: "by sex", current: "by sex" },
  cancer: { former: "one", current: "one" },
};

/** How often each step of `bmi_score` occurs in a sex, and where it begins, both as shares of that sex. */
export interface Scores {
  readonly begins: Float64Array;
  readonly shares: Float64Array;
}

export function scoresOf(sex: Sex, numbers: Numbers): Scores {
  const [over, obese] = [numbers.of(`overweight.share.${sex}`), numbers.of(`obese.share.${sex}`)];
  const weights = [1 - over - obese, over, obese];
  const [begins, shares] = [new Float64Array(SCORES), new Float64Array(SCORES)];
  let sum = 0;
  for (let step = 0; step < SCORES; step++) {
    shares[step] = (weights[Math.floor(step / STEPS)] as number) / STEPS;
    begins[step] = sum;
    sum += shares[step] as number;
  }
  return { begins, shares };
}

/**
 * What the odds of a condition are multiplied by in each kind of people, `after` linked conditions: place
 * `root × 2^after + bits`, the first condition's bit the highest. The ratio of a disease's rates is taken as that of its odds.
 */
export function oddsOf(condition: Condition, after: number, sex: Sex, numbers: Numbers): Float64Array {
  const causes = Object.entries(CAUSES[condition]).map(([cause, by]) => {
    const id = `${condition}.odds.${cause}`;
    return { cause, odds: numbers.of(by === "one" ? id : `${id}.${sex}`) };
  });
  const { begins, shares } = scoresOf(sex, numbers);
  const cells = 1 << after;
  return Float64Array.from({ length: ROOTS * cells }, (_, at) => {
    const root = Math.floor(at / cells);
    const [smoking, step] = [Math.floor(root / SCORES), root % SCORES];
    const weight = Math.floor(step / STEPS);
    const score = normalQuantile((begins[step] as number) + (shares[step] as number) / 2);
    let product = 1;
    for (const { cause, odds } of causes) {
      const linked = LINKED.findIndex((name) => name === cause);
      if (cause === "bmi") product *= odds ** score;
      else if (cause === SMOKING[smoking]?.toLowerCase() || cause === WEIGHTS[weight]) product *= odds;
      else if (linked >= 0 && (at >> (after - 1 - linked)) & 1) product *= odds;
    }
    return product;
  });
}
