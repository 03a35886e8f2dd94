import { createRng } from "../../../math/rng.ts";
import type { Column, Table } from "../../../table/table.ts";
import type { PromptStrategy } from "../prompts/prompt-pack.ts";
import type { Collapse } from "./replies-view.ts";

/** How much rows repeat themselves, repeats included, beside as many real rows (the same ones for every strategy). */
export function collapseOf(strategy: PromptStrategy, made: Table, real: Table): Collapse {
  const order = createRng(0).fork("as many real rows").permutation(real.rows);
  const some = order.subarray(0, Math.min(made.rows, real.rows));
  const all = Int32Array.from({ length: made.rows }, (_, row) => row);
  return {
    strategy,
    rows: made.rows,
    distinctRows: new Set(Array.from(all, (row) => rowKey(made, row))).size,
    columns: made.schema.columns.map(({ name }, i) => ({
      name,
      distinct: distinctOf(made.columns[i] as Column, all),
      real: distinctOf(real.columns[i] as Column, some),
    })),
  };
}

/** A row as a text that equal rows share. */
export const rowKey = ({ columns }: Table, row: number): string =>
  columns.map((column) => (column.type === "coded" ? column.codes[row] : column.values[row])).join("|");

function distinctOf(column: Column, rows: Int32Array): number {
  const seen = new Set<number>();
  for (const row of rows) {
    const value = (column.type === "coded" ? column.codes[row] : column.values[row]) as number;
    if (column.type === "coded" ? value >= 0 : Number.isFinite(value)) seen.add(value);
  }
  return seen.size;
}
