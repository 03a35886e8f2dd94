import { normalCdf, normalQuantile } from "../../math/normal.ts";
import { createRng } from "../../math/rng.ts";
import type { CodedColumn, Column, ColumnSchema, NumericColumn, Table } from "../../table/table.ts";
import { LEAST_SHARED } from "../columns/column-code.ts";
import { gridOf } from "../columns/grid.ts";
import { learnNumericBins, loadNumericBins, type NumericBins } from "../columns/numeric-bins.ts";
import { binsFor } from "../columns/table-code.ts";
import { asIndex, asList, asRecord, asTexts, damaged } from "../saved-state.ts";

/**
 * A number whose range a category tells, as the analyte does in a long table of laboratory values: in its place the normal
 * score of its rank among the rows of its level is learned, so that each level's numbers come out in its own range.
 */
export interface Within {
  readonly kind: "within";
  readonly column: number;
  /** the category */
  readonly parents: readonly [number];
  /** levels with bins of their own */
  readonly names: readonly string[];
  /** The saved bins of each, and last those of all rows, for every other level. */
  readonly bins: readonly unknown[];
}

/** Decimals of the score that is learned. */
export const WITHIN_DECIMALS = 3;
/** Fewest levels with bins of their own; fewest rows of one, which is also how many are looked at in a sample. */
const LEAST_LEVELS = 2;
const LEAST_ROWS = 20;
/** Levels from which most are rare: they are looked at, and have bins, with fewer rows. */
const MANY_LEVELS = 32;
const LEAST_SEEN = 3;

const leastRows = ({ levels }: CodedColumn, few: number): number =>
  levels.length > MANY_LEVELS ? few : LEAST_ROWS;
/** Share of the rows that have such levels, and that are in levels that were looked at. */
const MOSTLY = 0.8;
/** Share of a number's variance that lies between the levels, its own or that of its logarithm: so far apart are analytes. */
const LEAST_BETWEEN = 0.8;

/** Columns that tell each other's range, strongest first: on at most a few thousand rows. */
export interface WithinDraft {
  readonly column: number;
  readonly parent: number;
  readonly between: number;
}

/** For every number of `table` the category that tells its range, if there is one. */
export function withinsIn({ columns, schema }: Table): WithinDraft[] {
  const categories = columns.flatMap((column, j) =>
    column.type === "coded" && schema.columns[j]?.kind === "category" ? [{ j, column }] : [],
  );
  const drafts = columns.flatMap((column, j): WithinDraft[] => {
    const kind = schema.columns[j]?.kind;
    if (column.type !== "numeric" || (kind !== "integer" && kind !== "decimal")) return [];
    return categories
      .map((category) => ({ column: j, parent: category.j, between: betweenLevels(column, category.column) }))
      .filter(({ between }) => between >= LEAST_BETWEEN);
  });
  return drafts.sort((a, b) => b.between - a.between);
}

/**
 * The greater share of variance between levels of the numbers and of their logarithms, that of chance taken off
 * (epsilon squared, Kelley 1935); 0 for few rows.
 */
function betweenLevels({ values }: NumericColumn, by: CodedColumn): number {
  const { codes, levels } = by;
  const least = leastRows(by, LEAST_SEEN);
  const counts = new Float64Array(levels.length);
  let [present, positive] = [0, true];
  values.forEach((value, i) => {
    const code = codes[i] as number;
    if (!Number.isFinite(value) || code < 0) return;
    counts[code] = (counts[code] as number) + 1;
    present++;
    if (value <= 0) positive = false;
  });
  const large = counts.filter((count) => count >= least);
  if (large.length < LEAST_LEVELS || large.reduce((a, b) => a + b, 0) < MOSTLY * present) return 0;
  const plain = epsilonSquared(values, codes, counts, least);
  return positive
    ? Math.max(
        plain,
        epsilonSquared(
          values.map((value) => Math.log(value)),
          codes,
          counts,
          least,
        ),
      )
    : plain;
}

function epsilonSquared(
  values: Float64Array,
  codes: Int32Array,
  counts: Float64Array,
  least: number,
): number {
  const sums = new Float64Array(counts.length);
  let [all, rows] = [0, 0];
  const each = (with_: (value: number, code: number) => void): void =>
    values.forEach((value, i) => {
      const code = codes[i] as number;
      if (Number.isFinite(value) && code >= 0 && (counts[code] as number) >= least) with_(value, code);
    });
  each((value, code) => {
    sums[code] = (sums[code] as number) + value;
    all += value;
    rows++;
  });
  const mean = all / rows;
  let [total, inside] = [0, 0];
  each((value, code) => {
    total += (value - mean) ** 2;
    inside += (value - (sums[code] as number) / (counts[code] as number)) ** 2;
  });
  const levels = counts.reduce((sum, count) => sum + Number(count >= least), 0);
  return total > 0 && rows > levels ? 1 - inside / (rows - levels) / (total / (rows - 1)) : 0;
}

/** Learns `draft` on the whole table; undefined where the levels with patients enough are fewer than two or have few rows. */
export function learnWithin(table: Table, { column, parent }: WithinDraft): Within | undefined {
  const own = table.columns[column] as NumericColumn;
  const by = table.columns[parent] as CodedColumn;
  const schema = table.schema.columns[column] as ColumnSchema;
  const { patients } = table;
  const rowsOf = by.levels.map((): number[] => []);
  by.codes.forEach((code, row) => {
    if (code >= 0 && Number.isFinite(own.values[row])) rowsOf[code]?.push(row);
  });
  const learned = (rows: readonly number[]): NumericBins =>
    learnNumericBins(
      Float64Array.from(rows, (row) => own.values[row] as number),
      gridOf(schema),
      {
        bins: binsFor(rows.length),
        ...(schema.limits && { limits: schema.limits }),
        ...(patients && { patients: Int32Array.from(rows, (row) => patients[row] as number) }),
      },
    );
  const enough = (rows: readonly number[]): boolean =>
    rows.length >= leastRows(by, LEAST_SHARED) &&
    (patients === undefined || new Set(rows.map((row) => patients[row])).size >= LEAST_SHARED);
  const levels = by.levels.flatMap((name, code) => {
    const rows = rowsOf[code] as number[];
    if (!enough(rows)) return [];
    const bins = learned(rows);
    return bins.bins.length > 0 ? [{ name, bins }] : [];
  });
  if (levels.length < LEAST_LEVELS) return undefined;
  const known = new Set(levels.map(({ name }) => name));
  const rowsIn = (kept: (name: string) => boolean): number =>
    rowsOf.reduce((sum, rows, code) => sum + (kept(by.levels[code] as string) ? rows.length : 0), 0);
  if (rowsIn((name) => known.has(name)) < MOSTLY * rowsIn(() => true)) return undefined;
  const rest = learned(rowsOf.flat());
  return {
    kind: "within",
    column,
    parents: [parent],
    names: levels.map(({ name }) => name),
    bins: [...levels, { bins: rest }].map(({ bins }) => bins.save()),
  };
}

const loaded = new WeakMap<Within, readonly NumericBins[]>();

function binsOf(step: Within): readonly NumericBins[] {
  const found = loaded.get(step) ?? step.bins.map(loadNumericBins);
  loaded.set(step, found);
  return found;
}

/** Per row the bins of its level. */
function binsByRow(step: Within, parent: Column): (row: number) => NumericBins {
  const all = binsOf(step);
  const rest = all.at(-1) as NumericBins;
  if (parent.type !== "coded") return () => rest;
  const own = parent.levels.map((name) => all[step.names.indexOf(name)] ?? rest);
  return (row) => own[parent.codes[row] as number] ?? rest;
}

/** The scores of `values` among the rows of their levels; the same rows have the same scores. */
export function scoresWithin(step: Within, values: Float64Array, parent: Column): Float64Array {
  const binsAt = binsByRow(step, parent);
  const rng = createRng(step.column).fork("within");
  const scale = 10 ** WITHIN_DECIMALS;
  return values.map((value, row) => {
    if (!Number.isFinite(value)) return NaN;
    return Math.round(scale * normalQuantile(binsAt(row).positionOf(value, rng))) / scale;
  });
}

/** Inverse of `scoresWithin`. */
export function fromScores(step: Within, scores: Float64Array, parent: Column): Float64Array {
  const binsAt = binsByRow(step, parent);
  const rng = createRng(step.column).fork("from scores");
  return scores.map((score, row) =>
    Number.isFinite(score) ? binsAt(row).valueAt(normalCdf(score), rng) : NaN,
  );
}

/** A step of a saved model over `columns` columns; throws FaultError `model-damaged`. */
export function loadWithin(saved: unknown, columns: number): Within {
  const what = "numbers within levels";
  const state = asRecord(saved, what);
  const [parent, ...more] = asList(state["parents"], what);
  const names = asTexts(state["names"], what);
  const bins = asList(state["bins"], what);
  if (more.length > 0 || bins.length !== names.length + 1) return damaged(what);
  if (bins.some((own) => loadNumericBins(own).bins.length === 0)) return damaged(what);
  return {
    kind: "within",
    column: asIndex(state["column"], columns, what),
    parents: [asIndex(parent, columns, what)],
    names,
    bins,
  };
}
