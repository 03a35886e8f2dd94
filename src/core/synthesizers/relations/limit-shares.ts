import { loadNumericBins, type NumericBins } from "../../codec/columns/numeric-bins.ts";
import { learnColumn } from "../../codec/columns/table-code.ts";
import { asList, asNumbers, asRecord, asText, damaged } from "../../codec/saved-state.ts";
import { createRng } from "../../math/rng.ts";
import type { Column, NumericColumn, Table } from "../../table/table.ts";

/**
 * How far a model's numbers lie off in a column with limits such as "<5", and the way back: bin i of the column holds the
 * share `real[i]` to `real[i + 1]` of the training rows, and `drawn[i]` to `drawn[i + 1]` of the model's.
 */
export interface LimitShare {
  readonly column: string;
  readonly bins: NumericBins;
  /** bins + 1 cumulated shares, from 0 to 1 */
  readonly drawn: Float64Array;
}

/** Rows that are drawn to see how often a model draws limits. */
export const TRIED_FOR_LIMITS = 8000;
/** A share that is off by no more is chance. */
const OFF = 0.012;

export const hasLimits = ({ schema }: Table): boolean =>
  schema.columns.some(({ limits }) => limits !== undefined && limits.length > 0);

/** What is to be put right in rows like `drawn` of a model of `train`: columns in which a limit comes too often or too seldom. */
export function limitShares(train: Table, drawn: Table): LimitShare[] {
  return train.schema.columns.flatMap(({ name, limits = [] }, j): LimitShare[] => {
    const at = drawn.schema.columns.findIndex((column) => column.name === name);
    const column = drawn.columns[at];
    if (limits.length === 0 || column?.type !== "numeric") return [];
    const code = learnColumn(train, j);
    if (code.type !== "numeric" || code.code.bins.length < 2) return [];
    const bins = code.code;
    const cumulated = sharesOf(bins, column);
    const isOff = limits.some(({ value }) => {
      const bin = bins.binOf(value);
      const share = (edges: Float64Array): number => (edges[bin + 1] as number) - (edges[bin] as number);
      return Math.abs(share(bins.cdf) - share(cumulated)) > OFF;
    });
    return isOff ? [{ column: name, bins, drawn: cumulated }] : [];
  });
}

function sharesOf(bins: NumericBins, { values }: NumericColumn): Float64Array {
  const counts = new Float64Array(bins.bins.length);
  for (const value of values)
    if (Number.isFinite(value)) {
      const bin = bins.binOf(value);
      counts[bin] = (counts[bin] as number) + 1;
    }
  const total = Math.max(
    1,
    counts.reduce((sum, count) => sum + count, 0),
  );
  const cumulated = new Float64Array(counts.length + 1);
  counts.forEach((count, i) => (cumulated[i + 1] = (cumulated[i] as number) + count / total));
  cumulated[counts.length] = 1;
  return cumulated;
}

/** `table` with its numbers moved, each by its rank, to where the training rows have them. */
export function withLimitShares(table: Table, shares: readonly LimitShare[]): Table {
  if (shares.length === 0) return table;
  const columns = table.columns.map((column, j): Column => {
    const share = shares.find((one) => one.column === table.schema.columns[j]?.name);
    return share === undefined || column.type !== "numeric" ? column : moved(column, share);
  });
  return { ...table, columns };
}

function moved({ values }: NumericColumn, { column, bins, drawn }: LimitShare): Column {
  const rng = createRng(0).fork(`limits of ${column}`);
  const { cdf } = bins;
  return {
    type: "numeric",
    values: values.map((value) => {
      if (!Number.isFinite(value)) return NaN;
      const bin = bins.binOf(value);
      const [low, high] = [cdf[bin] as number, cdf[bin + 1] as number];
      const along = (bins.positionOf(value, rng) - low) / Math.max(1e-12, high - low);
      const [from, to] = [drawn[bin] as number, drawn[bin + 1] as number];
      return bins.valueAt(from + Math.min(1, Math.max(0, along)) * (to - from), rng);
    }),
  };
}

/** JSON-safe; bins as a codec keeps them, and shares of made-up rows. */
export const savedLimitShares = (shares: readonly LimitShare[]): readonly unknown[] =>
  shares.map(({ column, bins, drawn }) => ({ column, bins: bins.save(), drawn: [...drawn] }));

/** Inverse of `savedLimitShares`; throws FaultError `model-damaged`. */
export function loadLimitShares(saved: unknown): readonly LimitShare[] {
  return asList(saved, "limits").map((item) => {
    const state = asRecord(item, "limits");
    const bins = loadNumericBins(state["bins"]);
    const drawn = asNumbers(state["drawn"], "limits", bins.bins.length + 1);
    const rising = drawn.every((share, i) => share >= (drawn[i - 1] ?? 0) && share <= 1);
    if (bins.bins.length === 0 || !rising) return damaged("limits");
    return { column: asText(state["column"], "limits"), bins, drawn };
  });
}
