import type { Table } from "../../../table/table.ts";
import type { CohortColumn } from "../cohort.ts";
import { recordNumber } from "./record-number.ts";
import { coded, dated, measured, tableOf, yesNo } from "./simulated-column.ts";
import type { SimulatedColumn } from "./simulated-column.ts";

/** Fields of all rows, with the number of each row's patient. */
export interface Collected {
  readonly rows: number;
  readonly patient: Int32Array;
  /** number of the first patient, where these are not the first rows */
  readonly first?: number;
  /** asked for once each */
  readonly field: (name: string) => Float64Array;
}

/** What was collected as a table, with the columns of a level. Record numbers are apart for each seed. */
export function toTable(
  name: string,
  prefix: string,
  columns: readonly CohortColumn[],
  { rows, patient, first = 0, field }: Collected,
  seed: number,
): Table {
  const patients = rows === 0 ? 0 : (patient[rows - 1] as number) + 1 - first;
  const ids: string[] = [];
  for (let i = 0; i < patients; i++) ids.push(recordNumber(prefix, first + i, seed));
  const several = patients < rows;
  const places = first === 0 ? patient : patient.map((number) => number - first);
  const id = coded("patient_id", places, ids, {
    kind: "identifier",
    role: "identifier",
    reason: several
      ? "A record number with several rows each; keeps the rows of a patient together and is never learned."
      : "A record number, one a row; never learned.",
  });
  return tableOf(name, rows, [id, ...columns.map((column) => columnOf(column, field(column.name)))]);
}

function columnOf({ name, shown, reason, role }: CohortColumn, values: Float64Array): SimulatedColumn {
  switch (shown.as) {
    case "number":
      return measured(name, values, shown.decimals, reason, role);
    case "date":
      return dated(name, values, shown.step, shown.pattern, reason);
    case "levels":
      return coded(name, codesOf(values), shown.levels, {
        kind: "category",
        reason,
        ...(role !== undefined && { role }),
      });
    case "yes-no":
      return yesNo(name, codesOf(values), reason, role);
  }
}

function codesOf(values: Float64Array): Int32Array {
  const codes = new Int32Array(values.length);
  for (let i = 0; i < codes.length; i++) {
    const value = values[i] as number;
    codes[i] = Number.isNaN(value) ? -1 : value;
  }
  return codes;
}
