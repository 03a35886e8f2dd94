import type { Derivation } from "../../codec/derived/derivations.ts";
import type { Grid } from "../../codec/columns/grid.ts";
import { gridOf, snap } from "../../codec/columns/grid.ts";
import type { Column, ColumnSchema, NumericColumn, Table } from "../../table/table.ts";
import type { KeptRules } from "./kept-rules.ts";
import { ordersOf } from "./kept-rules.ts";

/**
 * `table`, rows of a model with everything put back, with the values of two columns swapped where they stand in the wrong
 * order. Orders that a model breaks in few rows are not learned as gaps; to reject those rows would favour whoever lies
 * far from the border, patients with high values, while a swap leaves both columns' values as they were drawn. A column
 * that a gap, a formula, a lookup or a gate has to do with is left alone: its row is rejected. As b is never below a in
 * training rows, no value leaves its column's range.
 */
export function swappedOrders({ rules, derivations }: KeptRules, table: Table): Table {
  const tied = new Set(derivations.steps.flatMap(columnsTied));
  const orders = rules
    .flatMap(({ constraint }) => ordersOf(constraint, table))
    .filter(({ low, high }) => !tied.has(low) && !tied.has(high));
  if (orders.length === 0) return table;
  const changed = new Set(orders.flatMap(({ low, high }) => [low, high]));
  const columns = table.columns.map((column, j): Column =>
    column.type === "numeric" && changed.has(j) ? { type: "numeric", values: column.values.slice() } : column,
  );
  const pairs = orders.map(({ low, high }) => ({
    low: sideOf(columns, table, low),
    high: sideOf(columns, table, high),
  }));
  for (let row = 0; row < table.rows; row++)
    for (let pass = 0; pass < pairs.length; pass++) {
      let swapped = false;
      for (const { low, high } of pairs) {
        const [a, b] = [low.values[row] as number, high.values[row] as number];
        if (!(a > b)) continue;
        low.values[row] = snap(b, low.grid);
        high.values[row] = snap(a, high.grid);
        swapped = true;
      }
      if (!swapped) break;
    }
  return { ...table, columns };
}

interface Side {
  readonly values: Float64Array;
  readonly grid: Grid;
}

const sideOf = (columns: readonly Column[], { schema }: Table, j: number): Side => ({
  values: (columns[j] as NumericColumn).values,
  grid: gridOf(schema.columns[j] as ColumnSchema),
});

/** The columns that a swap would take from what a step says of them; what nearly follows may be a little further off. */
function columnsTied(step: Derivation): number[] {
  switch (step.kind) {
    case "lookup":
      return [step.column, step.parent];
    case "relation":
      return step.exact ? [step.column, ...step.parents] : [];
    case "gap":
    case "within":
      return [step.column, ...step.parents];
    case "forced":
      return [step.column, ...step.when.map(({ column }) => column), ...("like" in step ? [step.like] : [])];
  }
}
