import { LEAST_SHARED } from "../../table/rare-levels.ts";
import type { Table } from "../../table/table.ts";
import { takeRows } from "../../table/table.ts";

const SEARCHED_ROWS = 5000;
const SEARCHED_CELLS = 600_000;

/** At most 5,000 rows, evenly spread, in which rules are looked for; fewer where there are many columns. */
export function searchedRows(table: Table): Table {
  const most = Math.max(500, Math.min(SEARCHED_ROWS, Math.floor(SEARCHED_CELLS / table.columns.length)));
  if (table.rows <= most) return table;
  return takeRows(
    table,
    Int32Array.from({ length: most }, (_, i) => Math.floor((i * table.rows) / most)),
  );
}

/** A rule that chance alone would show more often than this, among all that are looked at, is none. */
const BY_CHANCE = 0.01;

/**
 * Whether so many `patients` without an exception are more than chance: each would be none with probability `share`, and
 * `looked` such rules are looked at. Fewer than five patients never are.
 */
export const beyondChance = (patients: number, share: number, looked: number): boolean =>
  patients >= LEAST_SHARED && patients * -Math.log(share) >= Math.log(looked / BY_CHANCE);

/** Counts different patients among rows; each row is one where patients are not told. */
export function patientCounter({ patients }: Table): (rows: readonly number[]) => number {
  if (!patients) return (rows) => rows.length;
  return (rows) => new Set(rows.map((row) => patients[row])).size;
}
