import { knownColumns, type KnownColumn } from "../../../clinic/ranges/known-quantities.ts";
import {
  breaksIn,
  plausibilityRules,
  type PlausibilityRule,
} from "../../../clinic/rules/plausibility-rules.ts";
import { folded } from "../../../table/formats/answer-words.ts";
import type { Column, Table } from "../../../table/table.ts";
import { namedLevels } from "../prompts/column-summary.ts";
import { promptColumns } from "../prompts/prompt-columns.ts";
import { ColumnNames } from "./match-columns.ts";
import { isAnswer, LevelNames } from "./read-cells.ts";
import type { Expected } from "./reading/raw-table.ts";

/** The table that was asked for, as replies are read by it. */
export interface KnownTable {
  /** columns that a prompt may speak of; levels that fewer than five patients share are missing in it */
  readonly real: Table;
  readonly names: ColumnNames;
  /** by column; undefined for numbers */
  readonly levels: readonly (LevelNames | undefined)[];
  /** by column: the quantity of numbers, where it is known */
  readonly quantities: readonly (KnownColumn | undefined)[];
  /** what holds between columns of real rows: a diastolic pressure below the systolic one */
  readonly rules: readonly PlausibilityRule[];
  readonly expected: Expected;
}

export function knownTable(source: Table): KnownTable {
  const { table } = promptColumns(source);
  const { columns: schemas } = table.schema;
  const columns = table.columns.map((column): Column => {
    if (column.type === "numeric") return column;
    const { named } = namedLevels(column, table.patients);
    const place = new Map(named.map((level, i) => [level, i]));
    return {
      type: "coded",
      codes: column.codes.map((code) => place.get(code) ?? -1),
      levels: named.map((level) => column.levels[level] ?? ""),
    };
  });
  const real = { ...table, columns };
  const levels = columns.map((column, i) => {
    const schema = schemas[i];
    return column.type === "coded" && schema ? new LevelNames(column.levels, schema) : undefined;
  });
  const known = new Map(knownColumns([real]).columns.map((column) => [column.name, column]));
  const names = new ColumnNames(schemas);
  const words = new Set(
    columns.flatMap((column) => (column.type === "coded" ? column.levels.map(folded) : [])),
  );
  return {
    real,
    names,
    levels,
    quantities: schemas.map(({ name }) => known.get(name)),
    rules: plausibilityRules([real]).rules.filter((rule) => rule.columns.length > 1),
    expected: {
      names: schemas.map(({ name }) => name),
      matches: (some) => names.count(some),
      isLevel: (text) => text.length <= 60 && (words.has(folded(text)) || isAnswer(text)),
    },
  };
}

/** Rows of `made` that break a rule. */
export function rowsBreaking(made: Table, rules: readonly PlausibilityRule[]): ReadonlySet<number> {
  const broken = new Set<number>();
  for (const rule of rules) {
    if (breaksIn(rule, [made]).broken === 0) continue;
    const breaks = rule.breaks(made);
    for (let row = 0; row < made.rows; row++) if (breaks(row) === true) broken.add(row);
  }
  return broken;
}
