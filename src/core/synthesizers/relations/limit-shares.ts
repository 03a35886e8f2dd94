import { loadNumericBins, type NumericBins } from "../../codec/columns/numeric-bins.ts";
import { learnColumn } from "../../codec/columns/table-code.ts";
import { asList, asNumber, asNumbers, asOneOf, asRecord, asText, damaged } from "../../codec/saved-state.ts";
import { createRng, type Rng } from "../../math/rng.ts";
import type { Column, Limit, NumericColumn, Table } from "../../table/table.ts";

/**
 * A column with limits such as "<5" as the training rows have it, and how far a model's numbers lie off: bin i holds the
 * share `bins.cdf[i]` to `bins.cdf[i + 1]` of the training rows, and `drawn[i]` to `drawn[i + 1]` of the model's.
 */
export interface LimitShare {
  readonly column: string;
  readonly bins: NumericBins;
  readonly limits: readonly Pick<Limit, "value" | "side">[];
  /** bins + 1 cumulated shares, from 0 to 1; absent where the model has them right */
  readonly drawn?: Float64Array;
}

/** Rows that are drawn to see how often a model draws limits. */
export const TRIED_FOR_LIMITS = 8000;
/** A share that is off by no more is chance. */
const OFF = 0.012;

export const hasLimits = ({ schema }: Table): boolean =>
  schema.columns.some(({ limits }) => limits !== undefined && limits.length > 0);

/** The columns of `train` with limits, and what is to be put right in rows like `drawn` of its model. */
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
    const shared = limits.filter(({ value }) => bins.bins[bins.binOf(value)]?.knots.length === 1);
    const own = { column: name, bins, limits: shared.map(({ value, side }) => ({ value, side })) };
    return shared.length === 0 ? [] : [isOff ? { ...own, drawn: cumulated } : own];
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

/**
 * `table` with its numbers moved, each by its rank, to where the training rows have them. `even`: and of every 50 rows as
 * many have each limit as its share is, give or take one; the cells that change are those next to it.
 */
export function withLimitShares(table: Table, shares: readonly LimitShare[], even: boolean): Table {
  if (shares.length === 0) return table;
  const columns = table.columns.map((column, j): Column => {
    const share = shares.find((one) => one.column === table.schema.columns[j]?.name);
    if (share === undefined || column.type !== "numeric") return column;
    const rng = createRng(0).fork(`limits of ${share.column}`);
    const values = moved(column.values, share, () => rng);
    if (even)
      for (let from = 0; from < values.length; from += STRETCH)
        evenOut(values.subarray(from, from + STRETCH), share, rng);
    return { type: "numeric", values };
  });
  return { ...table, columns };
}

/**
 * The same of visits: where a cell goes depends on its patient and its number alone, so that what a patient has again stays
 * the same, and a visit that is looked at by itself is moved as it is among others.
 */
export function withLimitSharesOfVisits(table: Table, shares: readonly LimitShare[]): Table {
  if (shares.length === 0) return table;
  const { patients } = table;
  const columns = table.columns.map((column, j): Column => {
    const share = shares.find((one) => one.column === table.schema.columns[j]?.name);
    if (share === undefined || column.type !== "numeric") return column;
    const own = createRng(0).fork(`limits of ${share.column}`);
    const diceOf = (row: number): Rng => own.fork(`${patients?.[row] ?? row} ${column.values[row]}`);
    return { type: "numeric", values: moved(column.values, share, diceOf) };
  });
  return { ...table, columns };
}

function moved(
  values: Float64Array,
  { bins, drawn }: LimitShare,
  diceOf: (row: number) => Rng,
): Float64Array {
  if (drawn === undefined) return values.slice();
  const { cdf } = bins;
  return values.map((value, row) => {
    if (!Number.isFinite(value)) return NaN;
    const rng = diceOf(row);
    const bin = bins.binOf(value);
    const [low, high] = [cdf[bin] as number, cdf[bin + 1] as number];
    const along = (bins.positionOf(value, rng) - low) / Math.max(1e-12, high - low);
    const [from, to] = [drawn[bin] as number, drawn[bin + 1] as number];
    return bins.valueAt(from + Math.min(1, Math.max(0, along)) * (to - from), rng);
  });
}

/** Rows among which limits are evened out, and the share of the numbers that a limit's cells become or come from. */
const STRETCH = 50;
const BESIDE = 0.15;

/** Gives each limit its share of `values`, in place: numbers next to it become the limit, or its cells become such numbers. */
function evenOut(values: Float64Array, { bins, limits }: LimitShare, rng: Rng): void {
  const marks = new Set(limits.map(({ value }) => value));
  const rows = [...values.keys()].filter((row) => Number.isFinite(values[row]));
  for (const { value, side } of limits) {
    const bin = bins.binOf(value);
    const share = (bins.cdf[bin + 1] as number) - (bins.cdf[bin] as number);
    const wanted = Math.floor(rows.length * share + rng.uniform());
    const there = rows.filter((row) => values[row] === value);
    if (there.length > wanted) {
      for (const i of rng.choose(there.length, there.length - wanted))
        values[there[i] as number] = numberBeside(bins, marks, side, rng);
    } else {
      const others = rows
        .filter((row) => !marks.has(values[row] as number))
        .map((row) => ({ row, far: Math.abs((values[row] as number) - value), chance: rng.uniform() }))
        .sort((a, b) => a.far - b.far || a.chance - b.chance);
      for (const { row } of others.slice(0, wanted - there.length)) values[row] = value;
    }
  }
}

/** One of the numbers at that end of the column which are no limit. */
function numberBeside(bins: NumericBins, marks: ReadonlySet<number>, side: Limit["side"], rng: Rng): number {
  const width = (bin: number): number => (bins.cdf[bin + 1] as number) - (bins.cdf[bin] as number);
  const numbers = [...bins.bins.keys()].filter((bin) => !marks.has(bins.bins[bin]?.knots[0] as number));
  if (side === "above") numbers.reverse();
  const all = numbers.reduce((sum, bin) => sum + width(bin), 0);
  let left = BESIDE * all * rng.uniform();
  for (const bin of numbers) {
    if (left <= width(bin)) {
      const from = side === "below" ? (bins.cdf[bin] as number) + left : (bins.cdf[bin + 1] as number) - left;
      return bins.valueAt(from, rng);
    }
    left -= width(bin);
  }
  return NaN;
}

/** JSON-safe; bins as a codec keeps them, and shares of made-up rows. */
export const savedLimitShares = (shares: readonly LimitShare[]): readonly unknown[] =>
  shares.map(({ column, bins, limits, drawn }) => ({
    column,
    bins: bins.save(),
    limits,
    ...(drawn && { drawn: [...drawn] }),
  }));

/** Inverse of `savedLimitShares`; throws FaultError `model-damaged`. */
export function loadLimitShares(saved: unknown): readonly LimitShare[] {
  return asList(saved, "limits").map((item) => {
    const state = asRecord(item, "limits");
    const bins = loadNumericBins(state["bins"]);
    if (bins.bins.length === 0) return damaged("limits");
    const limits = asList(state["limits"], "limits").map((one) => {
      const { value, side } = asRecord(one, "limits");
      return { value: asNumber(value, "limits"), side: asOneOf(side, ["below", "above"], "limits") };
    });
    const column = asText(state["column"], "limits");
    if (state["drawn"] === undefined) return { column, bins, limits };
    const drawn = asNumbers(state["drawn"], "limits", bins.bins.length + 1);
    if (!drawn.every((share, i) => share >= (drawn[i - 1] ?? 0) && share <= 1)) return damaged("limits");
    return { column, bins, limits, drawn };
  });
}
