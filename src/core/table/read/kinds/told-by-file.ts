import type { Facts } from "./column-facts.ts";
import type { ColumnHint, ColumnHints } from "../../hints.ts";
import type { ColumnSchema, Kind } from "../../table.ts";

/** What a schema has of a column because its file says so, whatever a person makes of its kind and role. */
export type ToldByFile = Pick<ColumnSchema, "label" | "unit" | "valueLabels" | "storedAs">;

/** The part of a hint that goes into the schema as it is. Labels belong to levels: numbers and dates have none. */
export function toldByHint(hint: ColumnHint | undefined, kind: Kind): ToldByFile {
  return hint === undefined ? {} : told(hint, kind);
}

/** What is left of it when the column becomes `kind`. */
export const toldBySchema = (schema: ColumnSchema, kind: Kind): ToldByFile => told(schema, kind);

const NUMERIC: ReadonlySet<Kind> = new Set<Kind>(["integer", "decimal", "datetime"]);

function told({ label, unit, valueLabels, storedAs }: ToldByFile, kind: Kind): ToldByFile {
  return {
    ...(label !== undefined && { label }),
    ...(unit !== undefined && { unit }),
    ...(valueLabels !== undefined && !NUMERIC.has(kind) && { valueLabels }),
    ...(storedAs !== undefined && { storedAs }),
  };
}

/** Kinds that concern people: what was found out by the cells is never undone by how they are stored. */
const FOUND: ReadonlySet<Kind> = new Set<Kind>(["identifier", "text", "constant"]);

/** The kind that the file tells, where the cells allow it and nothing was found that weighs more than a way of storing. */
export function kindTold(hints: ColumnHints | undefined, facts: Facts, found: Kind): Kind | undefined {
  const kind = hints?.get(facts.name)?.kind;
  if (kind === undefined || kind === found || !fits(facts, kind)) return undefined;
  return FOUND.has(found) && !(kind === "identifier" || kind === "text") ? undefined : kind;
}

function fits(facts: Facts, kind: Kind): boolean {
  switch (kind) {
    case "integer":
      return facts.numberShare === 1 && facts.writing.decimals === 0;
    case "decimal":
      return facts.numberShare === 1;
    case "datetime":
      return facts.date !== undefined && facts.dateShare === 1;
    case "boolean":
      return facts.texts !== undefined && facts.distinct <= 2;
    case "category":
      return facts.texts !== undefined;
    case "identifier":
    case "text":
      return true;
    case "constant":
      return false;
  }
}
