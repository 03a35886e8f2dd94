import type { Numbers } from "../numbers/numbers.ts";
import { bleed } from "./bleed.ts";
import type { Emergency } from "./episode.ts";
import { hyperkalaemia } from "./hyperkalaemia.ts";
import { ketoacidosis } from "./ketoacidosis.ts";
import { sepsis } from "./sepsis.ts";

/** What the field `crisis` is a place in. */
export const CRISES = ["None", "Sepsis", "Ketoacidosis", "Hyperkalaemia", "Upper GI bleed"] as const;
export const SEPSIS = CRISES.indexOf("Sepsis");
export const KETOACIDOSIS = CRISES.indexOf("Ketoacidosis");
export const HYPERKALAEMIA = CRISES.indexOf("Hyperkalaemia");
export const BLEED = CRISES.indexOf("Upper GI bleed");

/** Emergencies by their place in `CRISES`; none at 0. */
export function emergencies(numbers: Numbers): readonly (Emergency | undefined)[] {
  return [undefined, sepsis(numbers), ketoacidosis(numbers), hyperkalaemia(numbers), bleed(numbers)];
}
