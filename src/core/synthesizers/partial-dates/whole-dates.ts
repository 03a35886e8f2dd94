import { partialDates, withWholeDates } from "../../codec/columns/partial-dates.ts";
import { createRng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import type { Condition } from "../synthesizer.ts";

/** `table` with the same whole dates for the same cells. */
export function wholeOf(table: Table): Table {
  const partial = partialDates(table);
  return partial.length === 0 ? table : withWholeDates(table, partial, createRng(0));
}

/** Whether a value of `column` meets all conditions on it. */
export function meeting(where: readonly Condition[], column: string): (value: number) => boolean {
  const own = where.filter((condition) => condition.column === column);
  return (value) =>
    own.every(
      (condition) =>
        !("in" in condition) && value >= (condition.from ?? -Infinity) && value <= (condition.to ?? Infinity),
    );
}
