import type { Rng } from "../../math/rng.ts";
import { commonLevel, LEAST_SHARED, shareLevels } from "../../table/rare-levels.ts";
import type { CodedColumn, RareLevels } from "../../table/table.ts";
import type { ColumnCode } from "./column-code.ts";
import { keptCount, mostFrequent } from "./column-code.ts";
import { asIndex, asNumber, asNumbers, asRecord, asTexts, damaged } from "../saved-state.ts";

/**
 * A coded column as tokens, the most frequent level first. Beyond `most` levels the rarest share one pooled token,
 * within which a level is drawn in proportion to its rows: a column of 30,000 levels costs no more than one of 100.
 * Levels that fewer than five patients share are withheld: their cells count as missing, or have one level in common
 * that says so and has a token of its own. They never come out as another level.
 */
export interface CodedLevels extends ColumnCode {
  /** Names of the known levels, and of the common one; a cell is an index into them. */
  readonly levels: readonly string[];
  /** The level that all withheld ones have in common, -1 where there is none. */
  readonly common: number;
  /** Levels with a token of their own; token t stands for `head[t]`. */
  readonly head: Int32Array;
  /** Levels that share the pooled token; empty where none do. */
  readonly pool: Int32Array;
  /** Token of the pooled levels, -1 where there is none. */
  readonly pooled: number;
  save(): unknown;
}

/** Levels whose names were left out because fewer than five patients share them, and the rows that had them. */
export interface WithheldLevels {
  readonly levels: number;
  readonly rows: number;
}

export interface LevelOptions {
  /** Levels that get a token of their own at most. */
  readonly most: number;
  /** Whose row it is (`Table.patients`). */
  readonly patients?: Int32Array | undefined;
  /** What becomes of withheld levels; they count as missing unless said. */
  readonly rareLevels?: RareLevels | undefined;
}

/** Levels above which a table's list is in the order of its rows, which is nobody's business. */
const ORDERED_LEVELS = 10_000;

/** Tokens for `column`. */
export function learnCodedLevels(
  column: CodedColumn,
  { most, patients, rareLevels = "empty" }: LevelOptions,
): { readonly code: CodedLevels; readonly withheld: WithheldLevels } {
  const { cells, known, withheld, missing, absentPatients } = shareLevels(column, patients);
  const kept = column.levels.flatMap((name, i) =>
    known[i] === 1 ? [{ name, rows: cells[i] as number }] : [],
  );
  if (column.levels.length > ORDERED_LEVELS) kept.sort((a, b) => (a.name < b.name ? -1 : 1));
  const apart = rareLevels === "common" && withheld.patients >= LEAST_SHARED;
  if (apart) kept.push({ name: commonLevel(column.levels), rows: withheld.cells });
  const absent = apart ? missing.cells : missing.cells + withheld.cells;
  const whose = apart ? missing.patients : absentPatients;
  const code = createCodedLevels(
    kept.map(({ name }) => name),
    Float64Array.from(kept, ({ rows }) => rows),
    { most, common: apart ? kept.length - 1 : -1, missing: absent > 0 ? keptCount(absent, whose) : 0 },
  );
  return { code, withheld: { levels: withheld.levels, rows: withheld.cells } };
}

interface CodeSizes {
  readonly most: number;
  /** Index of the common level, -1 where there is none. */
  readonly common: number;
  /** Rows without a known level. */
  readonly missing: number;
}

/** `levels` with `counts` rows each. */
function createCodedLevels(
  levels: readonly string[],
  counts: Float64Array,
  { most, common, missing }: CodeSizes,
): CodedLevels {
  const own = Math.min(most, levels.length);
  const order = inOrder(counts, own, common);
  const head = order.subarray(0, own);
  const pool = order.subarray(own);
  const pooled = pool.length > 0 ? own : -1;
  const absent = missing > 0 ? own + (pooled >= 0 ? 1 : 0) : -1;
  const rowsOf = (members: Int32Array): Float64Array =>
    Float64Array.from(members, (i) => counts[i] as number);
  const poolRows = rowsOf(pool).reduce((sum, count) => sum + count, 0);
  const rows = [...rowsOf(head), ...(pooled >= 0 ? [poolRows] : []), ...(absent >= 0 ? [missing] : [])];
  const total = Math.max(
    1,
    rows.reduce((a, b) => a + b, 0),
  );
  const shares = Float64Array.from(rows, (row) => row / total);
  const tokens = new Int32Array(levels.length).fill(pooled);
  head.forEach((level, token) => {
    tokens[level] = token;
  });
  const [empty, other] = [absent, common < 0 ? absent : (tokens[common] as number)].map((token) =>
    token >= 0 ? token : pooled >= 0 ? pooled : mostFrequent(shares),
  ) as [number, number];
  const drawn = drawerOf(rowsOf(pool));

  return {
    count: rows.length,
    shares,
    missing: absent,
    levels,
    common,
    head,
    pool,
    pooled,
    tokenOf: (cell) => (cell < 0 ? empty : (tokens[cell] ?? other)),
    cellOf: (token, rng) => {
      if (token < own) return head[token] as number;
      return token === pooled ? (pool[drawn(rng)] as number) : -1;
    },
    save: () => ({ levels, counts: [...counts], most: own, common, missing }),
  };
}

/** Levels by falling counts; the common one among the first `own`, so that it is drawn apart from the pooled ones. */
function inOrder(counts: Float64Array, own: number, common: number): Int32Array {
  const order = Int32Array.from(counts, (_, i) => i);
  order.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
  const at = order.indexOf(common);
  if (at >= own && own > 0) {
    order.copyWithin(own, own - 1, at);
    order[own - 1] = common;
  }
  return order;
}

/** Draws an index in proportion to `weights`, in time that grows with the logarithm of their number. */
function drawerOf(weights: Float64Array): (rng: Rng) => number {
  const cumulated = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) cumulated[i] = total += weights[i] as number;
  return (rng) => {
    const at = rng.uniform() * total;
    let low = 0;
    let high = weights.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulated[middle] as number) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Inverse of `CodedLevels.save`. */
export function loadCodedLevels(saved: unknown): CodedLevels {
  const state = asRecord(saved, "levels");
  const levels = asTexts(state["levels"], "levels");
  const counts = asNumbers(state["counts"], "level counts", levels.length);
  const most = asIndex(state["most"], levels.length + 1, "levels");
  const common = state["common"] === -1 ? -1 : asIndex(state["common"], levels.length, "levels");
  const missing = asNumber(state["missing"], "level counts");
  const sound = missing >= 0 && counts.every((count) => count > 0);
  const drawable = levels.length === 0 || most > 0;
  if (!sound || !drawable || new Set(levels).size < levels.length) return damaged("level counts");
  return createCodedLevels(levels, counts, { most, common, missing });
}
