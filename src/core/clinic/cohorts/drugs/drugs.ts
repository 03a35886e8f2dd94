import type { Stage } from "../simulating/stage.ts";

/** The drugs that are 0 or 1, in the order in which they are prescribed. */
export const DRUGS = [
  "metformin",
  "sglt2_inhibitor",
  "glp1",
  "sulfonylurea",
  "insulin",
  "statin",
  "raas_inhibitor",
  "ace_inhibitor",
  "beta_blocker",
  "non_selective_beta_blocker",
  "mra",
  "loop_diuretic",
  "thiazide",
  "calcium_channel_blocker",
  "anticoagulant",
  "antiplatelet",
  "bronchodilator",
  "corticosteroid",
  "nsaid",
] as const;
export type Drug = (typeof DRUGS)[number];

/** Levels of `interaction`; of two, the first of these is shown. */
export const INTERACTIONS = [
  "None",
  "NSAID with anticoagulant (bleeding)",
  "RAAS inhibitor with MRA (potassium)",
  "NSAID with RAAS inhibitor and diuretic (kidneys)",
  "Antiplatelet with anticoagulant (bleeding)",
  "Beta-blocker with insulin (unnoticed low glucose)",
] as const;

/** How treatment in a cohort differs from that of all adults. */
export interface Treatment {
  /** the share of those with an indication who take a drug here, by the id of its number */
  readonly share?: Partial<Readonly<Record<Drug, string>>>;
}

/** Level 3: what they take, after their conditions. Rough as yet: nobody takes anything. */
export function drugs(treatment: Treatment = {}): Stage {
  return {
    name: "drugs",
    prepare: () => (rows) => {
      for (const name of DRUGS) rows.add(name).fill(treatment.share?.[name] === undefined ? 0 : 1);
      rows.add("furosemide_mg");
      rows.add("interaction");
    },
  };
}
