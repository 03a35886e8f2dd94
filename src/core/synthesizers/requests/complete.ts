import { FaultError } from "../../fault.ts";
import { isCommonLevel } from "../../table/rare-levels.ts";
import type { CodedColumn, Column, Table } from "../../table/table.ts";
import { invalid, nameOf } from "./check.ts";

/**
 * `given` in the levels of `like`; a level that the model does not know is a code beyond them, which a code reads as its
 * withheld levels (and is kept in the end). Throws FaultError `columns-differ` where names, order or types are others.
 */
export function alignGiven(given: Table, like: Table, rows: number): Table {
  if (given.rows !== rows)
    throw invalid("complete", `The table to complete has ${given.rows} rows, and ${rows} were asked for.`);
  checkColumns(given, like);
  const columns = given.columns.map((column, j): Column => {
    const own = like.columns[j] as Column;
    if (column.type === "numeric" || own.type === "numeric" || column.levels === own.levels) return column;
    const at = new Map(own.levels.map((level, code) => [level, code]));
    const common = like.schema.columns[j]?.rareLevels === "common" ? own.levels.findIndex(isCommonLevel) : -1;
    const withheld = common >= 0 ? common : own.levels.length;
    const map = column.levels.map((level) => at.get(level) ?? withheld);
    return { type: "coded", codes: column.codes.map((code) => map[code] ?? -1), levels: own.levels };
  });
  return { ...like, rows, columns };
}

function checkColumns(given: Table, like: Table): void {
  const described = (table: Table): string[] =>
    table.columns.map((column, j) => `${nameOf(table, j)}\n${column.type}`);
  const [has, needs] = [described(given), described(like)];
  if (has.length === needs.length && has.every((column, j) => column === needs[j])) return;
  const only = (these: string[], others: string[]): string[] =>
    these.filter((column) => !others.includes(column)).map((column) => column.split("\n")[0] as string);
  throw new FaultError({ code: "columns-differ", missing: only(needs, has), extra: only(has, needs) });
}

/** `given` with its missing cells as in `completed`; levels that `given` did not have are added to its own. */
export function mergeCompleted(given: Table, completed: Table): Table {
  const columns = given.columns.map((column, j): Column => {
    const made = completed.columns[j] as Column;
    if (column.type === "coded") return made.type === "coded" ? mergeCoded(column, made) : column;
    if (made.type === "coded") return column;
    return {
      type: "numeric",
      values: column.values.map((value, i) => (Number.isFinite(value) ? value : (made.values[i] as number))),
    };
  });
  return { ...given, columns };
}

function mergeCoded(given: CodedColumn, made: CodedColumn): CodedColumn {
  const at = new Map(given.levels.map((level, code) => [level, code]));
  const map = made.levels.map((level) => {
    const code = at.get(level) ?? at.size;
    at.set(level, code);
    return code;
  });
  return {
    type: "coded",
    levels: at.size === given.levels.length ? given.levels : [...at.keys()],
    codes: given.codes.map((code, i) => (code >= 0 ? code : (map[made.codes[i] as number] ?? -1))),
  };
}
