import { boostingDefaults } from "../../math/trees/boosting.ts";
import type { BoostingSettings } from "../../math/trees/boosting.ts";
import type { Rng } from "../../math/rng.ts";
import { takeRows } from "../../table/table.ts";
import type { Table } from "../../table/table.ts";
import { count } from "./verdict.ts";

/** Rows of a table that a tree learner is given: about 300,000 cells, at least 1,000 and at most `most` rows. */
export const learnedRows = (columns: number, most: number): number =>
  Math.max(1000, Math.min(most, Math.floor(300_000 / Math.max(1, columns))));

/** scikit-learn's settings; 64 bins a number where more than 60 columns make histograms the whole of the work. */
export const boostingFor = (columns: number): BoostingSettings =>
  columns > 60 ? { ...boostingDefaults, mostBins: 64 } : boostingDefaults;

/** At most `most` rows of `table`, drawn without replacement and kept in their order. */
export function atMost(table: Table, most: number, rng: Rng): Table {
  return table.rows <= most ? table : takeRows(table, rng.choose(table.rows, most).sort());
}

/** "C2ST uses 3,000 rows drawn from each table." when any of `tables` has more than `most`. */
export function drawnNote(subject: string, tables: readonly Table[], most: number): { note?: string } {
  return tables.some((table) => table.rows > most)
    ? { note: `${subject} at most ${count(most)} rows drawn from each table.` }
    : {};
}

/** Several notes as one; left out where there is none. */
export function noted(...notes: readonly (string | { note?: string } | undefined)[]): { note?: string } {
  const said = notes.flatMap((note) => (typeof note === "string" ? [note] : note?.note ? [note.note] : []));
  return said.length > 0 ? { note: said.join(" ") } : {};
}

/** Every column's name. */
export const columnNames = (table: Table): string[] => table.schema.columns.map(({ name }) => name);
