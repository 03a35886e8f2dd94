import type { Numbers } from "../numbers/numbers.ts";
import type { Sex } from "./age-curve.ts";

/** Levels of `rare_condition`: fewer than 1 adult in 1,000 has any one of them. */
export const RARE_CONDITIONS = [
  "None",
  "Addison's disease",
  "Myasthenia gravis",
  "Systemic sclerosis",
  "ANCA vasculitis",
  "Acromegaly",
] as const;

/** Where shares stand, in the order of the levels. */
const IDS = [
  ["rare.addison.share", "one"],
  ["rare.myasthenia.share", "by sex"],
  ["rare.sclerosis.share", "by sex"],
  ["rare.vasculitis.share", "one"],
  ["rare.acromegaly.share", "one"],
] as const;

/** Sums of shares up to each level but the first: a uniform draw below sum i, and not below i - 1, has level i + 1. */
export function rareUpTo(sex: Sex, numbers: Numbers): number[] {
  let sum = 0;
  return IDS.map(([id, by]) => (sum += numbers.of(by === "one" ? id : `${id}.${sex}`)));
}

/** The level of a uniform draw. */
export function rareLevel(draw: number, upTo: readonly number[]): number {
  if (draw >= (upTo[upTo.length - 1] as number)) return 0;
  let level = 0;
  while (draw >= (upTo[level] as number)) level++;
  return level + 1;
}
