import type { TableCode } from "../../codec/columns/table-code.ts";
import { FaultError } from "../../fault.ts";
import { shareLevels } from "../../table/rare-levels.ts";
import type { Column, ColumnSchema, Table } from "../../table/table.ts";
import type { Artifact } from "../synthesizer.ts";

/** Throws FaultError `bad-use` unless `artifact` was saved by synthesizer `id`. */
export function checkSameSynthesizer(artifact: Artifact, id: string): void {
  if (artifact.synthesizer === id) return;
  throw new FaultError({
    code: "bad-use",
    message: `The saved model is one of “${artifact.synthesizer}”; “${id}” cannot go on from it.`,
  });
}

/**
 * `table` as a saved codec reads it: the same columns in the codec's order. Throws FaultError `columns-differ` for a column
 * that is missing, new or of another kind, and for a level that 5 or more patients share and the codec does not know; rarer
 * ones become what the codec makes of rare levels, as they would in a fit from nothing.
 */
export function alignTable(table: Table, code: TableCode): Table {
  const names = table.schema.columns.map(({ name }) => name);
  const wanted = code.schema.columns.map(({ name }) => name);
  const missing = wanted.filter((name) => !names.includes(name));
  const extra = names.filter((name) => !wanted.includes(name));
  const columns: Column[] = [];
  code.columns.forEach((own, j) => {
    const name = wanted[j] as string;
    const column = table.columns[names.indexOf(name)];
    if (!column) return;
    if (column.type !== own.type) missing.push(`${name} (${own.type === "numeric" ? "numbers" : "levels"})`);
    columns.push(column);
    if (column.type === "coded" && own.type === "coded")
      extra.push(
        ...unknownLevels(column, new Set(own.levels), table.patients).map((level) => `${name}: ${level}`),
      );
  });
  if (missing.length > 0 || extra.length > 0)
    throw new FaultError({ code: "columns-differ", missing, extra });
  const schemas = wanted.map((name) => table.schema.columns[names.indexOf(name)] as ColumnSchema);
  return { ...table, columns, schema: { ...table.schema, columns: schemas } };
}

/** Levels of `column` that at least 5 patients have and that are not among `names`. */
function unknownLevels(
  column: Column & { type: "coded" },
  names: ReadonlySet<string>,
  patients: Int32Array | undefined,
): readonly string[] {
  if (column.levels.every((level) => names.has(level))) return [];
  const { known } = shareLevels(column, patients);
  return column.levels.filter((level, i) => !names.has(level) && known[i] === 1);
}
