import { ordinalOrder } from "../../../table/formats/ordinal-order.ts";
import { orderLevels } from "../../../table/read/kinds/levels/level-order.ts";
import type { LevelsColumn, NoisyShares } from "./noisy-columns.ts";

/** `levels` in an order that follows from their texts alone. */
export function levelsColumn(
  name: string,
  levels: readonly string[],
  { shares, variance }: NoisyShares,
  { missing, untold }: { readonly missing: boolean; readonly untold: boolean },
): LevelsColumn {
  const count = levels.length + (missing ? 1 : 0);
  return {
    type: "levels",
    name,
    count,
    shares,
    variance,
    missing: missing ? count - 1 : -1,
    ordered: levels.length <= 2 || ordinalOrder(levels) !== undefined,
    levels,
    untold,
  };
}

export const inOrder = (levels: Iterable<string>): string[] => orderLevels([...levels].sort());
