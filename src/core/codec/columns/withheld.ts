import type { CodedColumn, Column, ColumnSchema, Table } from "../../table/table.ts";
import { commonLevel, LEAST_SHARED, shareLevels } from "../../table/rare-levels.ts";
import type { AnyColumnCode, TableCode, Withheld } from "./table-code.ts";

/** Per column: what was left out of the code because fewer than five patients share it. */
export function withheldIn(code: TableCode): readonly (Withheld & { readonly column: string })[] {
  return code.columns.flatMap(({ withheld }, i) => {
    const column = code.schema.columns[i]?.name;
    return withheld && column !== undefined ? [{ column, ...withheld }] : [];
  });
}

const SAID = 3;

/** What the person must know of it, for `Progress.notice`; undefined where nothing was left out. */
export function withheldNotice(code: TableCode): string | undefined {
  const found = withheldIn(code).map((withheld) => {
    const at = code.schema.columns.findIndex(({ name }) => name === withheld.column);
    return { ...withheld, own: code.columns[at] as AnyColumnCode };
  });
  const lost = found.filter(({ own }) => own.code.count === 1 && own.code.missing === 0);
  const some = found.filter((one) => !lost.includes(one));
  const common = some.filter(({ own }) => commonOf(own) !== undefined);
  const empty = some.filter((one) => !common.includes(one));
  const cells = ({ column, rows }: (typeof found)[number]): string =>
    `“${column}” (${rows < LEAST_SHARED ? "fewer than 5" : rows.toLocaleString("en")} cells)`;
  const sentences = [
    ...(lost.length > 0
      ? [
          `${listed(lost.map(({ column }) => `“${column}”`))} ${lost.length > 1 ? "come" : "comes"} out empty: fewer than 5 patients share any of ${lost.length > 1 ? "their" : "its"} values.`,
        ]
      : []),
    ...(empty.length > 0
      ? [
          `Levels that fewer than 5 patients share are left out and come out missing: ${listed(empty.map(cells))}.`,
        ]
      : []),
    ...(common.length > 0
      ? [
          `Levels that fewer than 5 patients share come out as one common level: ${listed(common.map((one) => `${cells(one)} as “${commonOf(one.own) ?? ""}”`))}.`,
        ]
      : []),
  ];
  return sentences.length > 0 ? sentences.join(" ") : undefined;
}

/** The name of the level that a column's withheld ones have in common. */
const commonOf = ({ code }: AnyColumnCode): string | undefined =>
  "levels" in code ? code.levels[code.common] : undefined;

function listed(parts: readonly string[]): string {
  if (parts.length <= SAID) return parts.join(", ");
  return `${parts.slice(0, SAID).join(", ")} and ${parts.length - SAID} more ${parts.length - SAID === 1 ? "column" : "columns"}`;
}

/**
 * Tables with the columns of `train` as a model of it may know them: levels that fewer than five patients of `train`
 * share are missing, or the common level. `rows`: cells of `train` that change.
 */
export function withholding(train: Table): { readonly rows: number; apply(table: Table): Table } {
  const folds = train.columns.map((column, j) =>
    column.type === "coded"
      ? foldOf(column, train.schema.columns[j] as ColumnSchema, train.patients)
      : undefined,
  );
  const apply = (table: Table): Table => ({
    ...table,
    columns: table.columns.map((column, j): Column => {
      const fold = folds[j];
      return fold && column.type === "coded" ? fold.apply(column) : column;
    }),
  });
  return { rows: folds.reduce((sum, fold) => sum + (fold?.rows ?? 0), 0), apply };
}

function foldOf(
  column: CodedColumn,
  { rareLevels }: ColumnSchema,
  patients: Int32Array | undefined,
): { readonly rows: number; apply(column: CodedColumn): CodedColumn } | undefined {
  const { known, withheld } = shareLevels(column, patients);
  if (withheld.cells === 0) return undefined;
  const kept = column.levels.filter((_, i) => known[i] === 1);
  const apart = rareLevels === "common" && withheld.patients >= LEAST_SHARED;
  const levels = apart ? [...kept, commonLevel(column.levels)] : kept;
  const place = new Map(kept.map((level, code) => [level, code]));
  const rest = apart ? kept.length : -1;
  const apply = (given: CodedColumn): CodedColumn => {
    const places = given.levels.map((level) => place.get(level) ?? rest);
    return {
      type: "coded",
      levels,
      codes: given.codes.map((code) => (code < 0 ? -1 : (places[code] ?? -1))),
    };
  };
  return { rows: withheld.cells, apply };
}
