import type { Table } from "../../table/table.ts";
import { fillings, type Filling } from "../left-out.ts";

const NUMERIC: ReadonlySet<string> = new Set(["integer", "decimal", "datetime"]);

/** How each column comes about, by kinds and roles alone: ids are numbers where the column holds numbers. */
export const publicFillings = (table: Table): Filling[] =>
  fillings(table).map((filling, i) => {
    if (filling === "learned" || filling === "empty") return filling;
    return NUMERIC.has(table.schema.columns[i]?.kind ?? "") ? "id-number" : "id-text";
  });
