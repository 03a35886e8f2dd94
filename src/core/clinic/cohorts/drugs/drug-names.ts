/** The drugs that are 0 or 1, each after those on which it hangs. */
export const DRUGS = [
  "metformin",
  "sglt2_inhibitor",
  "glp1",
  "sulfonylurea",
  "insulin",
  "statin",
  "raas_inhibitor",
  "arni",
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

/** Levels of `raas_class`. */
export const RAAS_CLASSES = ["None", "ACE inhibitor", "ARB", "ARNI"] as const;

/** Levels of `interaction`, the gravest first: who has several shows the first. */
export const INTERACTIONS = [
  "None",
  "NSAID with anticoagulant (bleeding)",
  "RAAS inhibitor with MRA (potassium)",
  "NSAID with RAAS inhibitor and diuretic (kidneys)",
  "Antiplatelet with anticoagulant (bleeding)",
  "Non-selective beta-blocker with insulin or sulfonylurea (unnoticed low glucose)",
] as const;

/** Which drugs together make each interaction, in the order of its levels after None. */
export const TOGETHER: readonly (readonly (readonly Drug[])[])[] = [
  [["nsaid", "anticoagulant"]],
  [["raas_inhibitor", "mra"]],
  [
    ["nsaid", "raas_inhibitor", "loop_diuretic"],
    ["nsaid", "raas_inhibitor", "thiazide"],
  ],
  [["antiplatelet", "anticoagulant"]],
  [
    ["non_selective_beta_blocker", "insulin"],
    ["non_selective_beta_blocker", "sulfonylurea"],
  ],
];
