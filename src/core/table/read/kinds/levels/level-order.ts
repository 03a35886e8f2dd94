import { ordinalOrder } from "../../../formats/ordinal-order.ts";
import { yesAndNo } from "./yes-no.ts";

const NEGATIVE = new Set(["no", "n", "false", "f", "0", "nein", "non", "falsch"]);
const SORTED_LEVELS = 10_000;
const collator = new Intl.Collator("en", { numeric: true });

/**
 * Levels in an order a person expects: no before yes, words by their own order where they have one, numbers by value, texts
 * by name. `given`: the order that a person set; levels that it does not name come after those.
 */
export function orderLevels(levels: readonly string[], given?: readonly string[]): string[] {
  if (given !== undefined) {
    const named = given.filter((level) => levels.includes(level));
    return [...new Set(named), ...orderLevels(levels.filter((level) => !named.includes(level)))];
  }
  if (levels.length > SORTED_LEVELS) return [...levels];
  if (levels.length === 2) {
    const pair = yesAndNo(levels);
    if (pair !== undefined) return [pair.no, pair.yes];
    const negative = levels.findIndex((level) => NEGATIVE.has(level.toLowerCase()));
    if (negative === 1) return [levels[1] as string, levels[0] as string];
    if (negative === 0) return [...levels];
  }
  return [...(ordinalOrder(levels) ?? [...levels].sort(byName))];
}

const byName = (a: string, b: string): number => collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
