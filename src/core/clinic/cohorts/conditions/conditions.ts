import type { Stage } from "../simulating/stage.ts";

/** The conditions that are 0 or 1, in the order in which they are drawn. */
export const CONDITIONS = [
  "diabetes",
  "hypertension",
  "ckd",
  "coronary_disease",
  "atrial_fibrillation",
  "heart_failure",
  "copd",
  "cancer",
] as const;
export type Condition = (typeof CONDITIONS)[number];

/** Levels of `smoking`, of `diabetes_type` and of `rare_condition`. */
export const SMOKING = ["Never", "Former", "Current"] as const;
export const DIABETES_TYPES = ["None", "Type 1", "Type 2"] as const;
export const RARE_CONDITIONS = [
  "None",
  "Addison's disease",
  "Myasthenia gravis",
  "Systemic sclerosis",
  "ANCA vasculitis",
  "Acromegaly",
] as const;

/** How a cohort differs from all adults. */
export interface CaseMix {
  /** everyone has these: all else (weight, smoking, what goes with them) is as in those who have them */
  readonly always?: readonly Condition[];
  /** nobody has these */
  readonly never?: readonly Condition[];
  /** the share that has a condition in this cohort, by the id of its number */
  readonly share?: Partial<Readonly<Record<Condition, string>>>;
  /** who the cohort is, so that its shares can be held at its ages and sexes */
  readonly population?: Stage;
}

/** Level 3: what they have. Rough as yet: independent of each other. */
export function conditions({ always = [] }: CaseMix = {}): Stage {
  return {
    name: "conditions",
    prepare: () => (rows, rng) => {
      const [score, smoking] = [rows.add("bmi_score"), rows.add("smoking")];
      const [type, rare] = [rows.add("diabetes_type"), rows.add("rare_condition")];
      const fields = CONDITIONS.map((name) => rows.add(name));
      for (let i = 0; i < rows.count; i++) {
        score[i] = rng.normal();
        smoking[i] = rng.integer(2);
        rare[i] = 0;
        for (const [at, name] of CONDITIONS.entries())
          (fields[at] as Float64Array)[i] = always.includes(name) || rng.uniform() < 1 / 10 ? 1 : 0;
        type[i] = 2 * ((fields[0] as Float64Array)[i] as number);
      }
    },
  };
}
