import { isMissingCell, type Column, type ColumnSchema, type Table } from "../table/table.ts";

/**
 * Names of the columns, left-out ones among them, that do not change within a patient: a patient with two known cells or more
 * shows it, and none shows the opposite. None without `Table.patients`.
 */
export function staticColumns(table: Table): string[] {
  const { patients } = table;
  if (patients === undefined) return [];
  return table.columns.flatMap((column, i) =>
    isStatic(column, patients) ? [(table.schema.columns[i] as ColumnSchema).name] : [],
  );
}

function isStatic(column: Column, patients: Int32Array): boolean {
  const cells = column.type === "numeric" ? column.values : column.codes;
  const seen = new Map<number, number>();
  let repeated = false;
  for (let row = 0; row < patients.length; row++) {
    if (isMissingCell(column, row)) continue;
    const patient = patients[row] as number;
    const before = seen.get(patient);
    const cell = cells[row] as number;
    if (before === undefined) seen.set(patient, cell);
    else if (before !== cell) return false;
    else repeated = true;
  }
  return repeated;
}
