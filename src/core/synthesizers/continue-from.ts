import type { TableCode } from "../codec/table-code.ts";
import { FaultError } from "../fault.ts";
import type { Column, Table } from "../table/table.ts";
import type { Artifact } from "./synthesizer.ts";

/** Throws FaultError `bad-use` unless `artifact` was saved by synthesizer `id`. */
export function checkSameSynthesizer(artifact: Artifact, id: string): void {
  if (artifact.synthesizer === id) return;
  throw new FaultError({
    code: "bad-use",
    message: `The saved model is one of “${artifact.synthesizer}”; “${id}” cannot go on from it.`,
  });
}

/**
 * `table` as a saved codec reads it: the same columns in the codec's order, levels by name. Throws FaultError
 * `columns-differ` for a column that is missing, new or of another kind, and for a level that the codec does not know.
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
    if (column.type === "numeric" && own.type === "numeric") columns.push(column);
    else if (column.type === "coded" && own.type === "coded") {
      const known = new Map(own.levels.map((level, i) => [level, i]));
      extra.push(...unknownLevels(column, known).map((level) => `${name}: ${level}`));
      const codes = column.levels.map((level) => known.get(level) ?? -1);
      columns.push({
        type: "coded",
        codes: column.codes.map((code_) => (code_ < 0 ? -1 : (codes[code_] as number))),
        levels: own.levels,
      });
    } else missing.push(`${name} (${own.type === "numeric" ? "numbers" : "levels"})`);
  });
  if (missing.length > 0 || extra.length > 0)
    throw new FaultError({ code: "columns-differ", missing, extra });
  return { ...table, columns, schema: code.schema };
}

/** Levels of `column` that occur in it and are not among `known`. */
function unknownLevels(
  { codes, levels }: Column & { type: "coded" },
  known: ReadonlyMap<string, number>,
): string[] {
  const strange = levels.map((level) => !known.has(level));
  if (!strange.includes(true)) return [];
  const used = new Set<number>();
  for (const code of codes) if (code >= 0 && strange[code] === true) used.add(code);
  return [...used].sort((a, b) => a - b).map((code) => levels[code] as string);
}
