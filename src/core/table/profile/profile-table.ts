import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import { isPrivate, maskCell } from "../formats/cells.ts";
import { flagsOf, survivalOffer, type Sentinel } from "./column-flags.ts";
import { cellFormatter } from "../formats/format-cell.ts";
import { askedOfTarget, type GivenAway } from "./given-away.ts";
import { limitedCells } from "./value-words.ts";
import { impossibleValues, type ImpossibleValues } from "./impossible-values.ts";
import { followUpIn } from "../read/kinds/follow-up.ts";
import type { ColumnFlag, ColumnProfile } from "../profile.ts";
import { mostlyWithheld, shareLevels } from "../rare-levels.ts";
import { withPatients } from "../split.ts";
import type { CodedColumn, Column, ColumnSchema, NumericColumn, Survival, Table } from "../table.ts";

/** Bins of a sparkline. */
const BINS = 24;
/** Most levels that are drawn in their own order; more are drawn by frequency. */
const ORDERED = 12;

/**
 * A profile of every column: counts, a small distribution, an example, flags. Private cells are masked. Lets others run
 * between columns; throws FaultError `cancelled` there when `cancelled` says so. `onColumn` is called after each.
 */
export async function profileTable(
  table: Table,
  cancelled: () => boolean = () => false,
  onColumn: () => void = () => {},
): Promise<ColumnProfile[]> {
  const profiles: ColumnProfile[] = [];
  const { patients } = withPatients(table);
  const ask = askedOfTarget(table);
  for (const [i, column] of table.columns.entries()) {
    await breathe();
    if (cancelled()) throw new FaultError({ code: "cancelled" });
    const schema = table.schema.columns[i] as ColumnSchema;
    profiles.push(
      column.type === "numeric"
        ? profileNumeric(column, schema, table, ask(i))
        : profileCoded(column, schema, { ...table, ...(patients && { patients }) }, ask(i)),
    );
    onColumn();
  }
  return withSurvivalOffers(profiles, table);
}

/** Where a follow-up time and an event seem to be there and are not marked, marking them is offered. */
function withSurvivalOffers(profiles: readonly ColumnProfile[], table: Table): ColumnProfile[] {
  const found = followUpIn(
    profiles.map(({ schema, distinct }, i) => {
      const { name, kind, role } = schema;
      const column = table.columns[i] as Column;
      const low = column.type === "numeric" ? countValues(column, schema).low : NaN;
      return { name, kind, learned: role !== "omit" && role !== "identifier", distinct, low };
    }),
  );
  const offered = (survival: Survival): ColumnFlag | undefined => {
    if (found === undefined || profiles.some(({ schema }) => schema.survival === survival)) return undefined;
    return survivalOffer(survival, found);
  };
  const flags = [offered("time"), offered("event")];
  return profiles.map((profile) => {
    const own = flags.filter((flag) => flag?.column === profile.schema.name) as ColumnFlag[];
    return own.length === 0 ? profile : { ...profile, flags: [...profile.flags, ...own] };
  });
}

/** What is counted of a column; a column that a revision shares is counted once. */
interface Counted {
  readonly present: number;
  readonly impossible: readonly ImpossibleValues[];
  readonly distinct: number;
  readonly bars: readonly number[];
  readonly low: number;
  readonly high: number;
  readonly median: number;
  readonly suspectZeros: number;
  readonly sentinel: Sentinel | undefined;
}

function presentSorted(values: Float64Array): Float64Array {
  const present = new Float64Array(values.length);
  let n = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (value === value) present[n++] = value;
  }
  return present.subarray(0, n).sort();
}

const counted = new WeakMap<NumericColumn, Counted>();

function countValues(column: NumericColumn, schema: ColumnSchema): Counted {
  const known = counted.get(column);
  if (known !== undefined) return known;
  const sorted = presentSorted(column.values);
  const fresh: Counted = {
    present: sorted.length,
    impossible: impossibleValues(sorted, schema),
    distinct: distinctSorted(sorted),
    bars: histogram(sorted, column.values.length),
    low: sorted[0] ?? NaN,
    high: sorted[sorted.length - 1] ?? NaN,
    median: sorted[sorted.length >> 1] ?? NaN,
    suspectZeros: suspectZeros(sorted),
    sentinel: findSentinel(sorted),
  };
  counted.set(column, fresh);
  return fresh;
}

function profileNumeric(
  column: NumericColumn,
  schema: ColumnSchema,
  table: Table,
  givesAway: GivenAway | undefined,
): ColumnProfile {
  const it = countValues(column, schema);
  const hidden = isPrivate(schema);
  const format = (value: number): string =>
    cellFormatter({ type: "numeric", values: Float64Array.of(value) }, schema)(0);
  const median = it.present === 0 ? "" : format(it.median);
  const example = schema.kind === "datetime" ? median.replace(MIDNIGHT, "") : median;
  const missing = table.rows - it.present;
  return {
    schema,
    missing,
    distinct: it.distinct,
    bars: hidden ? [] : it.bars,
    range: rangeOf(it, schema, format),
    example: hidden ? maskCell(example) : example,
    flags: flagsOf({
      schema,
      table,
      missing,
      distinct: it.distinct,
      suspectZeros: it.suspectZeros,
      sentinel: it.sentinel,
      reach: [it.low, it.high],
      impossible: it.impossible,
      limited: limitedCells(column, schema),
      counts: [],
      withheld: 0,
      mostlyWithheld: false,
      givesAway,
    }),
    withheld: 0,
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
  if (!Number.isFinite(span)) return [];
  const whole = span <= BINS && sorted.every(Number.isInteger);
  const bins = span === 0 ? 1 : whole ? span + 1 : BINS;
  const bars = new Array<number>(bins).fill(0);
  for (const value of sorted) {
    const at = whole || span === 0 ? value - low : Math.floor(((value - low) / span) * bins);
    const bin = Math.min(bins - 1, at);
    bars[bin] = (bars[bin] as number) + 1 / rows;
  }
  return bars;
}

/**
 * Zeros that stand apart: less than half of the values, and as far below the next value as no two neighbours in the
 * lower half are. 0 when they look like part of the scale.
 */
function suspectZeros(sorted: Float64Array): number {
  if (sorted.length < 50 || sorted[0] !== 0) return 0;
  const zeros = sorted.findIndex((value) => value > 0);
  if (zeros <= 0 || zeros > sorted.length / 2) return 0;
  const positive = sorted.subarray(zeros);
  const least = positive[0] as number;
  const median = positive[positive.length >> 1] as number;
  let widest = 0;
  for (let i = 1; i <= positive.length >> 1; i++) {
    widest = Math.max(widest, (positive[i] as number) - (positive[i - 1] as number));
  }
  return least >= 0.1 * median && least > 2 * widest ? zeros : 0;
}

const SENTINELS: ReadonlySet<number> = new Set([
  -1, -8, -9, -88, -99, -888, -999, -9999, 888, 999, 9999, 99_999, 999_999,
]);

/** A value like -99 or 9999 that stands twice or more, alone and far from all others: a code for missing. */
function findSentinel(sorted: Float64Array): Sentinel | undefined {
  if (sorted.length < 50) return undefined;
  const low = sorted[0] as number;
  const high = sorted[sorted.length - 1] as number;
  const firstAbove = sorted.findIndex((value) => value > low);
  const next = sorted[firstAbove];
  if (SENTINELS.has(low) && next !== undefined && next >= 0 && firstAbove > 1) {
    return { value: low, cells: firstAbove };
  }
  const before = sorted.findLastIndex((value) => value < high);
  const cells = sorted.length - 1 - before;
  const far = before >= 0 && high > 2.5 * Math.abs(sorted[before] as number);
  return SENTINELS.has(high) && far && cells > 1 ? { value: high, cells } : undefined;
}

const DAY = 86_400_000;
const YEAR = 366 * DAY;
/** The time of day of a date that is stored as a moment. */
const MIDNIGHT = /[T ]00:00(?::00(?:\.0+)?)?$/;
/** The time of day behind a date. */
const TIME = /[T ]+\d{1,2}[:.]\d{2}.*$/;

function rangeOf(
  { low, high, distinct, present }: Counted,
  schema: ColumnSchema,
  format: (value: number) => string,
): string {
  if (present === 0) return "";
  if (schema.kind === "datetime") {
    const year = (ms: number): string => String(new Date(ms).getUTCFullYear());
    if (isPrivate(schema) || high - low > YEAR) return `${year(low)} – ${year(high)}`;
  }
  if (isPrivate(schema)) {
    return distinct === present ? "all different" : `${distinct.toLocaleString("en")} codes`;
  }
  if (low === high) return format(low);
  const days = schema.kind === "datetime" && high - low > DAY;
  const end = (value: number): string => (days ? format(value).replace(TIME, "") : format(value));
  return `${end(low)} – ${end(high)}`;
}

function profileCoded(
  column: CodedColumn,
  schema: ColumnSchema,
  table: Table,
  givesAway: GivenAway | undefined,
): ColumnProfile {
  const shared = shareLevels(column, table.patients);
  const counts = Int32Array.from(shared.cells);
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
      suspectZeros: 0,
      sentinel: undefined,
      impossible: [],
      limited: { below: 0, above: 0 },
      counts: [...counts].filter((count) => count > 0),
      withheld: shared.withheld.cells,
      mostlyWithheld: mostlyWithheld(column, shared),
      givesAway,
    }),
    withheld: shared.withheld.cells,
    ...(!hidden && byCount.length <= LISTED && { levels: levelsWithCells(column, counts) }),
  };
}

/** Most levels that are listed. */
const LISTED = 100;

/** Levels in their own order, with the cells of each; those without a cell are left out. */
const levelsWithCells = ({ levels }: CodedColumn, counts: Int32Array): NonNullable<ColumnProfile["levels"]> =>
  levels.flatMap((text, i) => ((counts[i] ?? 0) > 0 ? [{ text, cells: counts[i] as number }] : []));

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
