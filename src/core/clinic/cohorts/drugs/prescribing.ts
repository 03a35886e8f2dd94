import type { Numbers } from "../numbers/numbers.ts";
import { DRUGS } from "./drug-names.ts";
import type { Drug } from "./drug-names.ts";
import { TRAITS, traitBit } from "./traits.ts";
import type { Trait } from "./traits.ts";

/** Traits and drugs that hold together: "raas_inhibitor+potassium_over_5". */
type Together = readonly (Trait | Drug)[];

interface Prescribing {
  /** why it is given; of several that hold, the first counts; `drug.share.why` is the share that takes it */
  readonly why: readonly Together[];
  /** why it is not: `drug.avoided.against` is the share of prescriptions that are left out, 1 where none is given */
  readonly against?: readonly Together[];
}

export const PRESCRIBING: Readonly<Record<Drug, Prescribing>> = {
  metformin: { why: [["type_2"]], against: [["egfr_surely_30"], ["egfr_under_45"]] },
  sglt2_inhibitor: {
    why: [["heart_failure", "type_2"], ["heart_failure"], ["type_2", "metformin"], ["type_2"]],
    against: [["egfr_surely_20"], ["type_1"], ["pregnant"]],
  },
  glp1: { why: [["type_2", "metformin"], ["type_2"]], against: [["pregnant"]] },
  sulfonylurea: { why: [["type_2", "metformin"], ["type_2"]], against: [["egfr_under_30"]] },
  insulin: { why: [["type_1"], ["type_2", "metformin"], ["type_2"]] },
  statin: { why: [["coronary_disease"], ["type_2"], ["middle_aged"]], against: [["pregnant"]] },
  raas_inhibitor: {
    why: [["heart_failure"], ["hypertension"]],
    against: [["potassium_over_5"], ["potassium_surely_5.5"], ["pregnant"]],
  },
  arni: { why: [["raas_inhibitor", "heart_failure"]], against: [["egfr_under_30"]] },
  ace_inhibitor: { why: [["raas_inhibitor"]], against: [["arni"]] },
  beta_blocker: {
    why: [["heart_failure"], ["atrial_fibrillation"], ["coronary_disease"], ["hypertension"]],
    against: [["copd"]],
  },
  non_selective_beta_blocker: {
    why: [["beta_blocker"]],
    against: [["copd"], ["insulin"], ["sulfonylurea"]],
  },
  mra: {
    why: [["heart_failure"]],
    against: [
      ["egfr_surely_30"],
      ["potassium_surely_5.5"],
      ["raas_inhibitor", "potassium_over_5"],
      ["pregnant"],
    ],
  },
  loop_diuretic: { why: [["heart_failure"], ["egfr_under_30"]] },
  thiazide: { why: [["hypertension"]], against: [["loop_diuretic"], ["egfr_under_30"]] },
  calcium_channel_blocker: { why: [["hypertension"]], against: [["heart_failure"]] },
  anticoagulant: { why: [["atrial_fibrillation"]] },
  antiplatelet: { why: [["coronary_disease"]], against: [["anticoagulant"]] },
  bronchodilator: { why: [["copd"]] },
  corticosteroid: { why: [["addison"], ["adult"]] },
  nsaid: {
    why: [["adult"]],
    against: [
      ["anticoagulant"],
      ["egfr_under_30"],
      ["heart_failure"],
      ["raas_inhibitor", "loop_diuretic"],
      ["raas_inhibitor", "thiazide"],
      ["pregnant"],
    ],
  },
};

export const drugBit = (drug: Drug): number => 1 << DRUGS.indexOf(drug);

/** Traits and drugs as bits, and the share that goes with them. */
export interface Reason {
  readonly traits: number;
  readonly drugs: number;
  readonly share: number;
}

/** How a drug is prescribed, as drawing reads it: `against` has the share that is given all the same. */
export interface Prescription {
  readonly bit: number;
  readonly why: readonly Reason[];
  readonly against: readonly Reason[];
}

const isDrug = (name: Trait | Drug): name is Drug => DRUGS.some((drug) => drug === name);
const isTrait = (name: Trait | Drug): name is Trait => TRAITS.some((trait) => trait === name);

function reason(together: Together, share: number): Reason {
  return {
    traits: together.filter(isTrait).reduce((bits, trait) => bits | traitBit(trait), 0),
    drugs: together.filter(isDrug).reduce((bits, drug) => bits | drugBit(drug), 0),
    share,
  };
}

/** @param own share of those with any indication, by drug, in the place of the published ones */
export function prescriptions(
  numbers: Numbers,
  own: Partial<Readonly<Record<Drug, string>>> = {},
): Prescription[] {
  return DRUGS.map((drug) => {
    const { why, against = [] } = PRESCRIBING[drug];
    const id = own[drug];
    return {
      bit: drugBit(drug),
      why: why.map((all) => {
        const share = numbers.of(`${drug}.share.${all.join("+")}`);
        return reason(all, id === undefined ? share : numbers.of(id));
      }),
      against: against.map((all) => reason(all, 1 - numbers.of(`${drug}.avoided.${all.join("+")}`))),
    };
  });
}
