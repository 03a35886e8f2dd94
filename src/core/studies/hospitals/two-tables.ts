import { concatenate } from "../../lab/sample/concatenate.ts";
import { learnedTable } from "../../lab/left-out.ts";
import { FaultError } from "../../fault.ts";
import { alignColumns } from "../../metrics/measuring/align.ts";
import { selectColumns, targetColumn, type Column, type Table } from "../../table/table.ts";
import { alike } from "../second/alike.ts";
import { refusedStudy } from "../study.ts";
import { drawn, enoughPatients, LEAST_AT_SITE, type SiteTable } from "./site-columns.ts";

/**
 * Two tables as two sites, by the columns that both have. `second` may be harmonised already; where it is not, columns that
 * are surely the same are. Throws FaultError `study-refused`.
 */
export function twoTables(open: Table, second: Table): SiteTable {
  const both = alike(open, second);
  const first = learnedTable(both.open);
  const other = learnedTable(both.second);
  if (targetColumn(first.schema) === undefined)
    throw new FaultError(
      refusedStudy(
        `${second.name} has no column that is surely the target of ${open.name}.`,
        "Say which of its columns is the outcome where the two tables are matched.",
      ),
    );
  const table = joined(first, other);
  const rows = [
    Int32Array.from({ length: first.rows }, (_, i) => i),
    Int32Array.from({ length: other.rows }, (_, i) => first.rows + i),
  ];
  const enough = enoughPatients(table);
  rows.forEach((own, i) => {
    if (!enough(own))
      throw new FaultError(
        refusedStudy(
          `${i === 0 ? open.name : second.name} has too few patients to score on: a site needs at least ${LEAST_AT_SITE}, 10 of them with and 10 without the outcome.`,
          "Open a larger table.",
        ),
      );
  });
  const names = open.name === second.name ? [open.name, `${second.name} (second)`] : [open.name, second.name];
  return drawn(
    table,
    rows.map((own, i) => ({ name: names[i] as string, rows: own })),
    both.notes,
  );
}

/** Both tables below each other, with one list of levels a column; patients of the two are never the same. */
export function joined(first: Table, other: Table): Table {
  const aligned = alignColumns(
    [first, other],
    first.schema.columns.map(({ name }) => name),
  );
  const part = (at: 0 | 1, of: Table): Table => ({
    ...selectColumns(
      first,
      first.columns.map((_, i) => i),
    ),
    rows: of.rows,
    columns: aligned.map((column): Column =>
      column.type === "numeric"
        ? { type: "numeric", values: column.values[at] as Float64Array }
        : { type: "coded", codes: column.codes[at] as Int32Array, levels: column.levels },
    ),
    patients: whose(of, at === 0 ? 0 : 1 + Math.max(-1, ...numbersOf(first))),
  });
  return concatenate([part(0, first), part(1, other)]);
}

const numbersOf = ({ patients, rows }: Table): Iterable<number> =>
  patients === undefined ? [rows - 1] : new Set(patients);

const whose = ({ patients, rows }: Table, from: number): Int32Array => {
  const least = patients === undefined ? 0 : Math.min(...new Set(patients));
  return Int32Array.from({ length: rows }, (_, row) => from + (patients?.[row] ?? row) - least);
};
