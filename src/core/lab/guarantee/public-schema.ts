import { publicColumn, type PublicFacts } from "../../private/public/public-facts.ts";
import type { ColumnSchema, Schema, Table } from "../../table/table.ts";
import { fillings, type Filling } from "../left-out.ts";

/**
 * What of a schema is known without the cells: names, kinds, roles and parts that a person confirms, what the file's dictionary
 * says, and how cells are written. Findings, reasons, limits, forms of ids, words for missing and shares of coarser dates were
 * read from cells and are not in it.
 */
export const publicSchema = ({ columns, dialect }: Schema, facts: PublicFacts): Schema => ({
  columns: columns.map((column) => withoutCells(column, facts)),
  dialect,
  missingTokens: [""],
});

function withoutCells(column: ColumnSchema, facts: PublicFacts): ColumnSchema {
  const { name, kind, role, number, date, survival, course, outsider, label, unit, storedAs } = column;
  const declared = new Set(publicColumn(facts, name).levels?.values);
  const labels = column.valueLabels?.filter((one) => declared.has(one.label)) ?? [];
  return {
    name,
    kind,
    role,
    reason: "",
    missingToken: "",
    ...(number && { number: withoutExact(number) }),
    ...(date && { date: { pattern: date.pattern, ...(date.months && { months: date.months }) } }),
    ...(survival && { survival }),
    ...(course && { course }),
    ...(outsider && { outsider }),
    ...(label !== undefined && { label }),
    ...(unit !== undefined && { unit }),
    ...(labels.length > 0 && { valueLabels: labels }),
    ...(storedAs !== undefined && { storedAs }),
  };
}

type NumberFormat = NonNullable<ColumnSchema["number"]>;

function withoutExact({ exact: _read, ...format }: NumberFormat): NumberFormat {
  return format;
}

const NUMERIC: ReadonlySet<string> = new Set(["integer", "decimal", "datetime"]);

/** How each column comes about, by kinds and roles alone: ids are numbers where the column holds numbers. */
export const publicFillings = (table: Table): Filling[] =>
  fillings(table).map((filling, i) => {
    if (filling === "learned" || filling === "empty") return filling;
    return NUMERIC.has(table.schema.columns[i]?.kind ?? "") ? "id-number" : "id-text";
  });
