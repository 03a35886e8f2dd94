import type { CodedColumn, Column, ColumnSchema, Table } from "../../table/table.ts";
import { publicColumn, type PublicFacts } from "../public/public-facts.ts";

/** A table with one unit more that stands out as far as it can, and the first of its rows there. */
export interface WithCanary {
  readonly table: Table;
  readonly row: number;
}

/** A level that nobody has. */
const OWN_LEVEL = "canary";
const FOUR_CENTURIES = 400 * 365.25 * 24 * 3600 * 1000;
/** A canary of several rows has so many times those that count: a bound that is forgotten shows. */
const TOO_MANY = 4;

/**
 * Numbers lie far beyond what is public or seen; levels are the rarest that are declared, or one that nobody has where none
 * are. The target and columns of two levels keep to a level that there is, so that the canary is counted. A patient among
 * patients has four times the rows that count, all alike.
 */
export function withCanary(table: Table, facts: PublicFacts, rowsPerPatient: number): WithCanary {
  const { rows, patients } = table;
  const more = patients === undefined ? 1 : TOO_MANY * rowsPerPatient;
  const columns = table.columns.map((column, i): Column => {
    const schema = table.schema.columns[i] as ColumnSchema;
    if (column.type === "coded") return withLevel(column, schema, facts, more);
    const values = new Float64Array(rows + more).fill(farOut(column.values, schema, facts));
    values.set(column.values);
    return { type: "numeric", values };
  });
  const longer = { ...table, rows: rows + more, columns };
  if (patients === undefined) return { table: longer, row: rows };
  const whose = new Int32Array(rows + more).fill(1 + patients.reduce((most, one) => Math.max(most, one), 0));
  whose.set(patients);
  return { table: { ...longer, patients: whose }, row: rows };
}

function farOut(values: Float64Array, { name, kind }: ColumnSchema, facts: PublicFacts): number {
  const { range } = publicColumn(facts, name);
  const seen = values.filter(Number.isFinite);
  const from = range?.from ?? seen.reduce((least, one) => Math.min(least, one), 0);
  const to = range?.to ?? seen.reduce((most, one) => Math.max(most, one), 0);
  return kind === "datetime" ? to + FOUR_CENTURIES : Math.ceil(to + 10 * (to - from) + 10);
}

function withLevel(
  { codes, levels }: CodedColumn,
  { name, kind, role }: ColumnSchema,
  facts: PublicFacts,
  more: number,
): CodedColumn {
  const known = publicColumn(facts, name);
  const counts = levels.map(() => 0);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  const countOf = (level: string): number => counts[levels.indexOf(level)] ?? 0;
  const sorted = [...(known.levels?.values ?? levels)].sort((a, b) => countOf(a) - countOf(b));
  const invented =
    known.levels === undefined && kind === "category" && role !== "target" && known.missing !== false;
  const common = known.levels === undefined && !invented;
  const level = (invented ? OWN_LEVEL : common ? sorted.at(-1) : sorted[0]) ?? OWN_LEVEL;
  const all = levels.includes(level) ? levels : [...levels, level];
  const longer = new Int32Array(codes.length + more).fill(all.indexOf(level));
  longer.set(codes);
  return { type: "coded", codes: longer, levels: all };
}
