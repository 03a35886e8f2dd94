import { isMissingCell, type Column, type Table } from "./table.ts";

/** Whose rows are whose, as a guarantee has it. */
export interface PatientUnits {
  /** the column that names the patient; undefined where no identifier is marked: each row is a unit of its own */
  readonly ids: Column | undefined;
  /** rows of each unit; rows without an id are those of one */
  readonly groups: readonly (readonly number[])[];
}

/**
 * Rows by patient wherever a column of role `identifier` is marked, also where every patient has one row: what the guarantee is of must
 * not depend on whether somebody came twice. Of several identifiers the one that names the fewest is the patient's (a number of
 * visits or of samples names more), the first of them where they name as many.
 */
export function patientUnits(table: Table): PatientUnits {
  const ids = namesPatients(table);
  if (ids === undefined) return { ids, groups: Array.from({ length: table.rows }, (_, row) => [row]) };
  const groups = new Map<number, number[]>();
  for (let row = 0; row < table.rows; row++) {
    const id = isMissingCell(ids, row) ? NOBODY : valueOf(ids, row);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [row]);
    else group.push(row);
  }
  return { ids, groups: [...groups.values()] };
}

/** No id is it. */
const NOBODY = NaN;

const valueOf = (ids: Column, row: number): number =>
  (ids.type === "coded" ? ids.codes[row] : ids.values[row]) as number;

function namesPatients({ columns, schema, rows }: Table): Column | undefined {
  let found: Column | undefined;
  let fewest = Infinity;
  for (const [i, column] of columns.entries()) {
    if (schema.columns[i]?.role !== "identifier") continue;
    const named = new Set<number>();
    let nobody = 0;
    for (let row = 0; row < rows; row++)
      if (isMissingCell(column, row)) nobody++;
      else named.add(valueOf(column, row));
    if (nobody === rows || named.size >= fewest) continue;
    found = column;
    fewest = named.size;
  }
  return found ?? columns.find((_, i) => schema.columns[i]?.role === "identifier");
}
