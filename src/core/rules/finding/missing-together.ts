import { LEAST_SHARED } from "../../table/rare-levels.ts";
import type { Column, Table } from "../../table/table.ts";
import { isMissingCell } from "../../table/table.ts";

/** Rows that have a cell and rows that have none, each at least so many, before columns are said to go together. */
const LEAST_ROWS = 10;

/** Groups of two or more of `columns` that have a cell in the same rows, and how many rows that asks something of. */
export function missingTogether(
  table: Table,
  columns: readonly number[],
): { readonly columns: readonly string[]; readonly rows: number }[] {
  const groups = new Map<string, { first: Uint8Array; columns: number[] }[]>();
  for (const j of columns) {
    const column = table.columns[j] as Column;
    const mask = Uint8Array.from({ length: table.rows }, (_, row) => (isMissingCell(column, row) ? 1 : 0));
    let hash = 0;
    let missing = 0;
    mask.forEach((is, row) => {
      if (is === 0) return;
      missing++;
      hash = (Math.imul(hash, 31) + row) | 0;
    });
    if (Math.min(missing, table.rows - missing) < LEAST_ROWS) continue;
    if (!enoughPatients(mask, table.patients)) continue;
    const key = `${missing} ${hash}`;
    const alike = groups.get(key) ?? [];
    groups.set(key, alike);
    const group = alike.find(({ first }) => first.every((is, row) => is === mask[row]));
    if (group) group.columns.push(j);
    else alike.push({ first: mask, columns: [j] });
  }
  return [...groups.values()]
    .flat()
    .flatMap(({ columns: own }) =>
      own.length < 2
        ? []
        : [{ columns: own.map((j) => table.schema.columns[j]?.name ?? ""), rows: table.rows }],
    );
}

function enoughPatients(mask: Uint8Array, patients: Int32Array | undefined): boolean {
  if (!patients) return true;
  const without = new Set(patients.filter((_, row) => mask[row] === 1)).size;
  const having = new Set(patients.filter((_, row) => mask[row] === 0)).size;
  return Math.min(without, having) >= LEAST_SHARED;
}
