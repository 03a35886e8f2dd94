import { FaultError } from "../../fault.ts";
import { withPatients } from "../../table/split.ts";
import type { Column, ColumnSchema, Table } from "../../table/table.ts";
import { countOrFew } from "../reducing/few.ts";
import { refusedStudy } from "../study.ts";
import { describedColumns } from "./described.ts";
import { turnColumn } from "./turn-column.ts";

/** The second table as if it had been read with the open one. */
export interface Harmonised {
  /** the open table's columns, schema and levels; what the second table lacks is missing in every row */
  readonly table: Table;
  /** what was turned, and how many cells could not be, one sentence each */
  readonly notes: readonly string[];
}

/**
 * `second` with the schema of `open`: each column from the one that a person confirmed, its unit and decimals those of the
 * open table, its levels among those of the open table. A cell that cannot be turned is missing and counted. Identifiers
 * become running numbers that keep the second table's patients together.
 * @param columns names of the open table -> names of the second one; a column that is left out is missing
 * Throws FaultError `columns-differ` for a name that is not there, `study-refused` where two columns cannot be the same.
 */
export function harmonise(open: Table, second: Table, columns: Readonly<Record<string, string>>): Harmonised {
  checkNames(open, second, columns);
  const mine = describedColumns(open);
  const theirs = describedColumns(second);
  const whole = withPatients(second);
  const patient = (row: number): number => whole.patients?.[row] ?? row;
  const notes: string[] = [];
  const made = open.schema.columns.map((schema, i): Column => {
    const own = open.columns[i] as Column;
    if (schema.role === "identifier" || schema.kind === "identifier")
      return running(own, second.rows, patient);
    const name = columns[schema.name];
    const [a, b] = [mine.get(schema.name), name === undefined ? undefined : theirs.get(name)];
    if (a === undefined || b === undefined || name === undefined) return empty(own, second.rows);
    const turned = turnColumn(a, b);
    if ("refused" in turned)
      throw new FaultError(
        refusedStudy(
          `${name} of ${second.name} cannot be taken for ${schema.name}. ${turned.refused}`,
          "Match another column, or none.",
        ),
      );
    if (turned.turned) notes.push(`${name} as ${schema.name}: ${turned.turned}.`);
    if (turned.lost > 0) notes.push(lostWords(name, schema, turned.lost));
    return turned.column;
  });
  const { patients } = whole;
  return {
    table: {
      name: second.name,
      rows: second.rows,
      columns: made,
      schema: open.schema,
      ...(patients && { patients }),
    },
    notes,
  };
}

const lostWords = (name: string, { name: column }: ColumnSchema, lost: number): string =>
  `${countOrFew(lost)} cells of ${name} are missing in ${column}: no value of the open table is meant.`;

function checkNames(open: Table, second: Table, columns: Readonly<Record<string, string>>): void {
  const has = (table: Table, name: string): boolean => table.schema.columns.some((own) => own.name === name);
  const missing = [
    ...Object.keys(columns).filter((name) => !has(open, name)),
    ...Object.values(columns).filter((name) => !has(second, name)),
  ];
  if (missing.length > 0) throw new FaultError({ code: "columns-differ", missing, extra: [] });
  const twice = Object.values(columns).find((name, i, all) => all.indexOf(name) !== i);
  if (twice !== undefined)
    throw new FaultError(
      refusedStudy(`${twice} of ${second.name} is matched with two columns.`, "Match each column once."),
    );
  if (Object.keys(columns).length === 0)
    throw new FaultError(
      refusedStudy(
        `No column of ${second.name} is matched with one of ${open.name}.`,
        "Match at least the outcome and the columns that predict it.",
      ),
    );
}

const empty = (like: Column, rows: number): Column =>
  like.type === "numeric"
    ? { type: "numeric", values: new Float64Array(rows).fill(NaN) }
    : { type: "coded", codes: new Int32Array(rows).fill(-1), levels: like.levels };

/** One number a patient, in no relation to the identifiers of either table. */
function running(like: Column, rows: number, patient: (row: number) => number): Column {
  if (like.type === "numeric")
    return { type: "numeric", values: Float64Array.from({ length: rows }, (_, row) => patient(row) + 1) };
  const codes = Int32Array.from({ length: rows }, (_, row) => patient(row));
  const most = codes.reduce((a, b) => Math.max(a, b), -1);
  return { type: "coded", codes, levels: Array.from({ length: most + 1 }, (_, i) => `second-${i + 1}`) };
}
