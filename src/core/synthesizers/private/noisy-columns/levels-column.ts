import { ordinalOrder } from "../../../table/formats/ordinal-order.ts";
import { orderLevels } from "../../../table/read/kinds/levels/level-order.ts";
import { yesAndNo } from "../../../table/read/kinds/levels/yes-no.ts";
import type { PublicColumn } from "../../../private/public/public-facts.ts";
import type { Column, ColumnSchema } from "../../../table/table.ts";
import type { LevelsColumn, NoisyShares } from "./noisy-columns.ts";

/**
 * The levels that need not be paid for: declared ones, and the two words of a column of yes and no. Which two words a
 * table writes for no and yes is how its cells are written, as a date's pattern is.
 */
export function publicLevels(
  schema: ColumnSchema,
  column: Column,
  { levels }: Pick<PublicColumn, "levels">,
): readonly string[] | undefined {
  if (levels !== undefined) return [...new Set(levels.values)];
  if (schema.kind !== "boolean" || column.type !== "coded") return undefined;
  const words = yesAndNo(column.levels);
  return words && [words.no, words.yes];
}

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
