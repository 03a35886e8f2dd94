import type { ColumnCondition } from "../../requests/check.ts";
import type { NoisyColumn } from "./noisy-columns.ts";

/** 1 for every token some of whose cells meet the condition, which may be more than it takes: such rows are looked at again. */
export function allowedTokens(
  column: NoisyColumn,
  { levels, low, high, missing }: ColumnCondition,
): Uint8Array {
  return Uint8Array.from({ length: column.count }, (_, token) => {
    if (token === column.missing) return missing ? 1 : 0;
    if (column.type === "levels") return levels?.[token] === 1 ? 1 : 0;
    const { bins, ticks } = column;
    const from = ticks.fromTick(bins.edges[token] as number);
    const to = ticks.fromTick((bins.edges[token + 1] as number) - 1);
    return from <= high && to >= low ? 1 : 0;
  });
}
