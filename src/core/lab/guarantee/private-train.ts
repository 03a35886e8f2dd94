import { splitByCoins } from "../../table/coin-split.ts";
import { patientUnits } from "../../table/patient-units.ts";
import type { Split } from "../../table/split.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { learnedTable } from "../left-out.ts";
import { splitTable, type Holdout } from "../fit/training-rows.ts";

/** `table` with the patient of each row wherever a column of role `identifier` is marked (`patientUnits`). */
export function withUnits(table: Table): Table {
  const { ids, groups } = patientUnits(table);
  if (ids === undefined) return table;
  const patients = new Int32Array(table.rows);
  groups.forEach((rows, patient) => rows.forEach((row) => (patients[row] = patient)));
  return { ...table, patients };
}

/** What a method with a guarantee is given of `table`: the learned columns, whose rows they are, and how it is split. */
export function privateTrain(
  table: Table,
  holdout: Holdout,
): { readonly split: Split; readonly train: Table } {
  const { patients } = withUnits(table);
  const { patients: _repeated, ...rest } = learnedTable(table);
  const learned = patients === undefined ? rest : { ...rest, patients };
  const split = holdout === undefined ? splitTable(table, undefined) : splitByCoins(table, holdout);
  return { split, train: holdout === undefined ? learned : takeRows(learned, split.train) };
}
