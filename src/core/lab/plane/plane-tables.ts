import { withholding } from "../../codec/columns/withheld.ts";
import type { Rng } from "../../math/rng.ts";
import { alignColumns } from "../../metrics/measuring/align.ts";
import { columnNames } from "../../metrics/measuring/bounds.ts";
import { outsiderNote, quasiIdentifiers } from "../../metrics/privacy/disclosure/quasi-identifiers.ts";
import type { Split } from "../../table/split.ts";
import { takeRows, targetColumn, type Column, type Table } from "../../table/table.ts";
import { timeColumn } from "../../visits/courses.ts";
import { learnedTable } from "../left-out.ts";

/** As many as the measure of small groups takes. */
const MOST_KNOWN = 5;
/** Rows of the table of independent columns, and of a coarsened one, that are measured. */
export const MOST_ROWS = 20_000;

/** The real sides of an evaluation, as `evaluateModel` has them. */
export function realTables(table: Table, split: Split): { readonly train: Table; readonly holdout: Table } {
  const learned = learnedTable(table);
  const train = takeRows(learned, split.train);
  const known = withholding(train);
  return { train: known.apply(train), holdout: known.apply(takeRows(learned, split.holdout)) };
}

/** The columns that an outsider is taken to know, by their places, as the measures of privacy choose them. */
export function knownColumns(train: Table): { readonly known: readonly number[]; readonly note?: string } {
  const names = columnNames(train);
  const columns = alignColumns([train], names);
  const taken = quasiIdentifiers(columns, MOST_KNOWN);
  if (taken.length === 0) return { known: [] };
  return {
    known: taken.map(({ name }) => names.indexOf(name)),
    note: outsiderNote("know", taken, columns),
  };
}

/** Every column but the target: what somebody may know who knows everything else. */
export function allColumns(train: Table): number[] {
  const target = targetColumn(train.schema);
  return train.columns.flatMap((_, at) => (at === target ? [] : [at]));
}

/** Every column of `train` shuffled by itself; of patients over time all but when their visits were. */
export function independentRows(train: Table, rng: Rng): Table {
  const rows = Math.min(train.rows, MOST_ROWS);
  const whole = rows === train.rows ? train : takeRows(train, rng.fork("rows").choose(train.rows, rows));
  const time = whole.patients === undefined ? undefined : timeColumn(whole.schema);
  const shuffle = rng.fork("columns");
  const columns = whole.columns.map((column, at): Column =>
    at === time
      ? column
      : (takeRows({ ...whole, columns: [column] }, shuffle.permutation(rows)).columns[0] as Column),
  );
  return { ...whole, columns };
}
