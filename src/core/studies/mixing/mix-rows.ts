import type { Rng } from "../../math/rng.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { concatenate } from "../../lab/sample/concatenate.ts";
import { nestedOrder, wholePatients } from "../measuring/nested-rows.ts";

/** How many rows of each go into a mix. */
export interface MixOf {
  readonly real: number;
  readonly synthetic: number;
}

/**
 * `of.real` rows of `real` and `of.synthetic` of `synthetic`, patients whole, so that with several rows a patient it may be a few
 * less. Where both
 * tables are as long and the numbers add up to that length, the synthetic rows stand in the places of the real ones that are
 * left out, so a mix of a table with its copy is that table, and a mix of nothing but one of them is that one.
 * Same rng, nested mixes: what is left out at one share is left out at every greater one.
 */
export function mixRows(real: Table, synthetic: Table, of: MixOf, rng: Rng): Table {
  const kept = wholePatients(real, nestedOrder(real, rng.fork("order")), of.real);
  const put = wholePatients(synthetic, nestedOrder(synthetic, rng.fork("order")).reverse(), of.synthetic);
  if (put.length === 0) return takeRows(real, kept.slice().sort());
  if (kept.length === 0) return takeRows(synthetic, put.slice().sort());
  const both = concatenate([real, withLevelsOf(real, synthetic)]);
  const places = [
    ...Array.from(kept, (row) => ({ row, at: row })),
    ...Array.from(put, (row) => ({ row: real.rows + row, at: row })),
  ].toSorted((a, b) => a.at - b.at || a.row - b.row);
  return takeRows(
    both,
    places.map(({ row }) => row),
  );
}

/** `table` with the columns of `like` in its order, their levels first, and patients that are none of `like`'s. */
function withLevelsOf(like: Table, table: Table): Table {
  const columns = like.schema.columns.map(({ name }, i) => {
    const column = table.columns[table.schema.columns.findIndex((one) => one.name === name)];
    const first = like.columns[i];
    if (column === undefined || first === undefined)
      throw new RangeError(`A synthetic table has no column called ${name}.`);
    if (column.type === "numeric" || first.type === "numeric" || column.levels === first.levels)
      return column;
    const at = new Map(first.levels.map((level, code) => [level, code]));
    const codes = column.levels.map((level) => at.get(level) ?? -1);
    return {
      ...column,
      levels: first.levels,
      codes: column.codes.map((code) => (code < 0 ? -1 : (codes[code] as number))),
    };
  });
  const most = like.patients?.reduce((a, b) => Math.max(a, b), 0) ?? 0;
  const patients =
    like.patients &&
    (table.patients?.map((patient) => most + 1 + patient) ??
      Int32Array.from({ length: table.rows }, (_, row) => most + 1 + row));
  return { ...table, columns, ...(patients && { patients }) };
}
