import { isPrivate, maskCell } from "./cells.ts";
import { flagsOf } from "./column-flags.ts";
import { cellFormatter } from "./format-cell.ts";
import type { ColumnProfile } from "./profile.ts";
import type { CodedColumn, Column, ColumnSchema, NumericColumn, Table } from "./table.ts";

/** Bins of a sparkline. */
const BINS = 24;
/** Most levels that are drawn in their own order; more are drawn by frequency. */
const ORDERED = 12;

/** A profile of every column: counts, a small distribution, an example, flags. Private cells are masked. */
export function profileTable(table: Table): ColumnProfile[] {
  return table.columns.map((column, i) => {
    const schema = table.schema.columns[i] as ColumnSchema;
    return column.type === "numeric"
      ? profileNumeric(column, schema, table)
      : profileCoded(column, schema, table);
  });
}

function profileNumeric(column: NumericColumn, schema: ColumnSchema, table: Table): ColumnProfile {
  const present = column.values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = distinctSorted(present);
  const hidden = isPrivate(schema);
  const format = (value: number): string =>
    cellFormatter({ type: "numeric", values: Float64Array.of(value) }, schema)(0);
  const example = present.length === 0 ? "" : format(present[present.length >> 1] as number);
  return {
    schema,
    missing: table.rows - present.length,
    distinct,
    bars: hidden ? [] : histogram(present, table.rows),
    range: rangeOf(present, distinct, schema, format),
    example: hidden ? maskCell(example) : example,
    flags: flagsOf({
      schema,
      table,
      missing: table.rows - present.length,
      distinct,
      sorted: present,
      counts: [],
    }),
  };
}

function distinctSorted(sorted: Float64Array): number {
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  return distinct;
}

/** Shares of all rows over equal-width bins, one per whole number where there are few. */
function histogram(sorted: Float64Array, rows: number): number[] {
  const low = sorted[0];
  const high = sorted[sorted.length - 1];
  if (low === undefined || high === undefined) return [];
  const span = high - low;
  const whole = span <= BINS && sorted.every(Number.isInteger);
  const bins = span === 0 ? 1 : whole ? span + 1 : BINS;
  const bars = new Array<number>(bins).fill(0);
  for (const value of sorted) {
    const at = span === 0 ? 0 : Math.floor(((value - low) / span) * (whole ? span : bins));
    const bin = Math.min(bins - 1, at);
    bars[bin] = (bars[bin] as number) + 1 / rows;
  }
  return bars;
}

const YEAR = 366 * 86_400_000;

function rangeOf(
  sorted: Float64Array,
  distinct: number,
  schema: ColumnSchema,
  format: (value: number) => string,
): string {
  const low = sorted[0];
  const high = sorted[sorted.length - 1];
  if (low === undefined || high === undefined) return "";
  if (schema.kind === "datetime") {
    const year = (ms: number): string => String(new Date(ms).getUTCFullYear());
    if (isPrivate(schema) || high - low > YEAR) return `${year(low)} – ${year(high)}`;
  }
  if (isPrivate(schema))
    return distinct === sorted.length ? "all different" : `${distinct.toLocaleString("en")} codes`;
  return low === high ? format(low) : `${format(low)} – ${format(high)}`;
}

function profileCoded(column: CodedColumn, schema: ColumnSchema, table: Table): ColumnProfile {
  const counts = countLevels(column);
  const byCount = [...counts.keys()]
    .filter((level) => (counts[level] as number) > 0)
    .sort((a, b) => (counts[b] as number) - (counts[a] as number));
  const present = counts.reduce((sum, count) => sum + count, 0);
  const missing = table.rows - present;
  const hidden = isPrivate(schema);
  const drawn = counts.length <= ORDERED ? [...counts.keys()] : byCount.slice(0, BINS);
  const example = column.levels[byCount[0] ?? -1] ?? "";
  return {
    schema,
    missing,
    distinct: byCount.length,
    bars: hidden ? [] : drawn.map((level) => (counts[level] as number) / table.rows),
    range: levelsInWords(column, schema, counts, { distinct: byCount.length, present, hidden }),
    example: hidden ? maskCell(example) : example,
    flags: flagsOf({
      schema,
      table,
      missing,
      distinct: byCount.length,
      sorted: new Float64Array(0),
      counts: [...counts].filter((count) => count > 0),
    }),
  };
}

function countLevels({ codes, levels }: CodedColumn): Int32Array {
  const counts = new Int32Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  return counts;
}

const SHORT = 18;

function levelsInWords(
  { levels }: Extract<Column, { type: "coded" }>,
  schema: ColumnSchema,
  counts: Int32Array,
  { distinct, present, hidden }: { distinct: number; present: number; hidden: boolean },
): string {
  if (distinct === 0) return "";
  if (hidden) {
    if (distinct === present) return "all different";
    return `${distinct.toLocaleString("en")} ${schema.kind === "text" ? "texts" : "codes"}`;
  }
  if (schema.kind === "boolean" && levels.length === 2) {
    const share = (100 * (counts[1] as number)) / present;
    const level = (levels[1] as string).toLowerCase();
    return `${share.toFixed(1)}% ${/^\d/.test(level) ? "are " : ""}${level}`;
  }
  const named = levels.filter((_, level) => (counts[level] as number) > 0).join(" · ");
  if (distinct > 1 && named.length <= SHORT) return named;
  return distinct === 1 ? "1 level" : `${distinct.toLocaleString("en")} levels`;
}
