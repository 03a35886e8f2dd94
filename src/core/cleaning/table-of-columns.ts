import { gatherFacts } from "../table/read/kinds/column-facts.ts";
import { infer } from "../table/read/kinds/infer.ts";
import { describeColumn, settle } from "../table/read/settle/settle-columns.ts";
import type { RawCells } from "../table/read/column-cells.ts";
import type { Column, ColumnSchema, Table } from "../table/table.ts";
import { placeOf, type Given } from "./step-kind.ts";

/**
 * The columns `names` as the table reads them at this place in the list of steps: kinds told from their cells, or as a
 * person set them before.
 */
export function tableOfColumns({ rows, reading, kinds }: Given, names: readonly string[]): Table {
  const { tokens, context } = reading;
  const cells = names.map((name) => rows.cells[placeOf(rows, name)] as RawCells);
  const facts = names.map((name, i) => gatherFacts(name, cells[i] as RawCells, tokens, context));
  const { inferred } = infer(facts, { cells, tokens: names.map(() => tokens), hints: rows.hints });
  const columns: Column[] = [];
  const schemas: ColumnSchema[] = [];
  names.forEach((name, i) => {
    const told = inferred[i];
    const kind = kinds.get(name) ?? told?.kind ?? "category";
    const settled = settle(cells[i] as RawCells, kind, { name, tokens, context, strayAsMissing: true });
    columns.push(settled.column);
    schemas.push(
      describeColumn(settled, { name, kind, role: told?.role ?? "feature", reason: told?.reason ?? "" }),
    );
  });
  const dialect = { ...rows.dialect, bom: false, encoding: "utf-8" } as const;
  return { name: "", rows: rows.rows, columns, schema: { columns: schemas, dialect, missingTokens: [""] } };
}
