import type { Column, Table } from "../../../table/table.ts";

/** A column that was measured from courses. */
export interface NamedColumn {
  readonly name: string;
  readonly column: Column;
}

export const numbersColumn = (name: string, values: Float64Array): NamedColumn => ({
  name,
  column: { type: "numeric", values },
});

export const levelsColumn = (name: string, codes: Int32Array, levels: readonly string[]): NamedColumn => ({
  name,
  column: { type: "coded", codes, levels },
});

/** What was measured as a table that metrics of rows take. */
export const tableOfColumns = (
  rows: number,
  columns: readonly NamedColumn[],
  patients?: Int32Array,
): Table => ({
  name: "courses",
  rows,
  columns: columns.map(({ column }) => column),
  schema: {
    columns: columns.map(({ name, column }) => ({
      name,
      kind: column.type === "numeric" ? "decimal" : "category",
      role: "feature",
      reason: "",
      missingToken: "",
    })),
    dialect: { delimiter: ",", quote: '"', newline: "\n", bom: false, encoding: "utf-8" },
    missingTokens: [""],
  },
  ...(patients && { patients }),
});
