import { knownColumns } from "../../../clinic/ranges/known-quantities.ts";
import { looksLikeUnit } from "../../../table/formats/units.ts";
import { LEAST_SHARED, shareLevels } from "../../../table/rare-levels.ts";
import type { CodedColumn, Column, ColumnSchema, Table } from "../../../table/table.ts";
import {
  endsOfPatients,
  patientsWith,
  roundStep,
  sharedQuantile,
  shareStep,
  valuePerPatient,
  type Patients,
} from "./patient-counts.ts";
import { tellsSomebody } from "./tells-somebody.ts";

/** Patients behind a figure that cuts a column in four: five in each part. */
export const LEAST_CUT = 4 * LEAST_SHARED;
/** Levels that are named of one column, the most frequent ones. */
const MOST_LEVELS = 40;
/** A level longer than this is a text of its own. */
const LONGEST_LEVEL = 60;
/** Share of the patients beyond the outer limits. */
const TAIL = 0.05;
/** Patients of whom it can be said where most lie: five of them are beyond either end, a tenth at most. */
const LEAST_MOST = 10 * LEAST_SHARED;

/** An end that is not said is left out: it would be the least or greatest value, or fewer than five patients lie beyond it. */
export interface Span {
  readonly low?: number;
  readonly high?: number;
}

export interface NumberSummary {
  readonly type: "number";
  readonly unit?: string;
  /** places that five patients or more need */
  readonly decimals: number;
  /** what such a quantity can be, from the literature */
  readonly clinical?: readonly [number, number];
  /** a tenth of the patients at most lie beyond either end; where no clinical range is known */
  readonly most?: Span;
  readonly middle?: Span;
}

export interface LevelSummary {
  readonly type: "levels";
  /** those that five patients or more share */
  readonly levels: readonly string[];
  /** known levels that are not named, there being too many */
  readonly more: number;
  /** whole percent of the cells with a known level, one per level of `levels`; absent: not said */
  readonly shares?: readonly number[];
  /** the shares are those of the whole table, in a prompt that asks for a part of it */
  readonly ofAll?: true;
}

export interface ColumnSummary {
  readonly name: string;
  readonly about: NumberSummary | LevelSummary;
}

/** Cells of one text each, so that no name or level breaks a line. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();

/** Summaries of the columns of a learned table, over all its patients. */
export function summariesOf(table: Table, all: Patients): ColumnSummary[] {
  const known = new Map(knownColumns([table]).columns.map((column) => [column.name, column.unit]));
  return table.schema.columns.map((schema, i): ColumnSummary => {
    const column = table.columns[i] as Column;
    if (column.type === "coded") return { name: schema.name, about: levelsOf(column, schema, table, all) };
    const unit = known.get(schema.name);
    const [low, high] = unit?.plausible ?? [-Infinity, Infinity];
    const clinical = Number.isFinite(low) && Number.isFinite(high) ? ([low, high] as const) : undefined;
    // Whatever stands behind the number of one cell may have been taken for a unit.
    const said = [schema.unit, schema.number?.suffix].find((own) => own !== undefined && looksLikeUnit(own));
    const named = oneLine(said ?? unit?.unit ?? "");
    return {
      name: schema.name,
      about: {
        type: "number",
        ...(named !== "" && { unit: named }),
        decimals: decimalsOf(column.values, schema, all),
        ...(clinical && { clinical }),
        ...spansOf(column.values, schema, all, clinical === undefined),
      },
    };
  });
}

/** Where the middle half lies, and if `outer` most: a tenth at most beyond either end; both rounded, ends with fewer than five patients beyond them left out. */
export function spansOf(
  values: Float64Array,
  schema: ColumnSchema,
  some: Patients,
  outer: boolean,
): { readonly most?: Span; readonly middle?: Span } {
  const sorted = valuePerPatient(some, values);
  if (sorted.length < LEAST_CUT) return {};
  const quarters = [sharedQuantile(sorted, 0.25), sharedQuantile(sorted, 0.75)] as const;
  const finest = 10 ** -decimalsOf(values, schema, some);
  const spread = quarters[1] - quarters[0];
  const stepAt = (value: number): number =>
    Math.max(finest, roundStep(spread > 0 ? spread / 10 : Math.abs(value) / 20));
  const seen = seenOf(some, values);
  const to = (value: number, how: (value: number) => number): number =>
    tidy(how(value / stepAt(value)) * stepAt(value));
  const kept = (low: number | undefined, high: number | undefined): Span => ({
    ...(low !== undefined && seen.below(low) >= LEAST_SHARED && { low }),
    ...(high !== undefined && seen.above(high) >= LEAST_SHARED && { high }),
  });
  const middle = kept(to(quarters[0], Math.round), to(quarters[1], Math.round));
  const tail = Math.max(TAIL, LEAST_SHARED / sorted.length);
  const whole = outer && sorted.length >= LEAST_MOST;
  const [low, high] = [sharedQuantile(sorted, tail), sharedQuantile(sorted, 1 - tail)];
  const beyond = 2 * TAIL * sorted.length;
  const most = kept(
    inwards(to(low, Math.floor), stepAt(low), seen.below, beyond),
    inwards(to(high, Math.ceil), -stepAt(high), seen.above, beyond),
  );
  const any = (span: Span): boolean => span.low !== undefined || span.high !== undefined;
  return { ...(whole && any(most) && { most }), ...(any(middle) && { middle }) };
}

/** The first end from `at` on that five patients lie beyond, and not more than `most` of them; undefined where there is none. */
function inwards(
  at: number,
  step: number,
  beyond: (end: number) => number,
  most: number,
): number | undefined {
  for (let i = 0; i < 20; i++) {
    const end = tidy(at + i * step);
    const count = beyond(end);
    if (count >= LEAST_SHARED) return count <= most ? end : undefined;
  }
  return undefined;
}

/** How many patients have a value beyond an end. */
function seenOf(
  some: Patients,
  values: Float64Array,
): { below(end: number): number; above(end: number): number } {
  const { least, greatest } = endsOfPatients(some, values);
  return {
    below: (end) => countBelow(least, end),
    above: (end) => countBelow(greatest, -end),
  };
}

/** How many of ascending values are below `end`. */
function countBelow(sorted: Float64Array, end: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < end) low = middle + 1;
    else high = middle;
  }
  return low;
}

const tidy = (value: number): number => Number(value.toPrecision(9));

/** Places that five patients or more need: one cell written more finely says nothing of the column. */
function decimalsOf(values: Float64Array, { kind, number }: ColumnSchema, all: Patients): number {
  if (kind === "integer") return 0;
  for (let places = Math.min(6, number?.decimals ?? 2); places > 0; places--) {
    const coarser = 10 ** (places - 1);
    const needs = (value: number): boolean =>
      Number.isFinite(value) && Math.abs(value * coarser - Math.round(value * coarser)) > 1e-6;
    const some = patientsWith(all, (row) => needs(values[row] as number), LEAST_SHARED);
    if (some >= LEAST_SHARED) return places;
  }
  return 0;
}

function levelsOf(column: CodedColumn, schema: ColumnSchema, table: Table, all: Patients): LevelSummary {
  const { named, cells } = namedLevels(column, table.patients);
  const most = named
    .toSorted((a, b) => (cells[b] as number) - (cells[a] as number) || a - b)
    .slice(0, MOST_LEVELS);
  const ordered =
    schema.measure === "ordinal"
      ? most.toSorted((a, b) => a - b)
      : most.toSorted((a, b) => compare(column.levels[a] ?? "", column.levels[b] ?? ""));
  const more = named.length - most.length;
  const shares = more > 0 ? undefined : sharesOf(column, ordered, all);
  return {
    type: "levels",
    levels: ordered.map((level) => oneLine(column.levels[level] ?? "")),
    more,
    ...(shares && { shares }),
  };
}

/** Levels that five patients or more share, that are no text and do not look like what tells who somebody is. */
export function namedLevels(
  column: CodedColumn,
  patients: Int32Array | undefined,
): { readonly named: readonly number[]; readonly cells: Float64Array } {
  const { known, cells } = shareLevels(column, patients);
  const named = [...known.keys()].filter((level) => known[level] === 1 && sayable(column.levels[level]));
  return { named, cells };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const sayable = (level: string | undefined): boolean =>
  level !== undefined && level.length <= LONGEST_LEVEL && !tellsSomebody(level);

/**
 * Percent of each level among the patients who have one of `levels`, each patient counting once in all; undefined where a
 * level has fewer than five patients here, since the others would tell how many.
 */
export function sharesOf(
  { codes }: CodedColumn,
  levels: readonly number[],
  some: Patients,
): number[] | undefined {
  const { shares, patients, all } = some.single
    ? countsOf(codes, levels, some)
    : countsByPatient(codes, levels, some);
  const step = shareStep(all);
  if (step === 0) return undefined;
  if (levels.length < 2 || patients.some((count) => count < LEAST_SHARED)) return undefined;
  return Array.from(shares, (share) => Math.round((100 * share) / all / step) * step);
}

interface LevelCounts {
  /** patients, each spread over the levels that they have */
  readonly shares: Float64Array;
  /** patients who have a level */
  readonly patients: Float64Array;
  /** who have any of them */
  readonly all: number;
}

function countsOf(codes: Int32Array, levels: readonly number[], { rows }: Patients): LevelCounts {
  const at = new Map(levels.map((level, i) => [level, i]));
  const shares = new Float64Array(levels.length);
  let all = 0;
  for (let i = 0; i < rows.length; i++) {
    const level = at.get(codes[rows[i] as number] as number);
    if (level === undefined) continue;
    shares[level] = (shares[level] as number) + 1;
    all++;
  }
  return { shares, patients: shares, all };
}

function countsByPatient(codes: Int32Array, levels: readonly number[], some: Patients): LevelCounts {
  const at = new Map(levels.map((level, i) => [level, i]));
  const own = new Map<number, Float64Array>();
  for (let i = 0; i < some.rows.length; i++) {
    const row = some.rows[i] as number;
    const level = at.get(codes[row] as number);
    if (level === undefined) continue;
    const patient = some.whose(row);
    const counts = own.get(patient) ?? new Float64Array(levels.length);
    counts[level] = (counts[level] as number) + 1;
    own.set(patient, counts);
  }
  const shares = new Float64Array(levels.length);
  const patients = new Float64Array(levels.length);
  for (const counts of own.values()) {
    const sum = counts.reduce((total, count) => total + count, 0);
    counts.forEach((count, level) => {
      shares[level] = (shares[level] as number) + count / sum;
      if (count > 0) patients[level] = (patients[level] as number) + 1;
    });
  }
  return { shares, patients, all: own.size };
}
