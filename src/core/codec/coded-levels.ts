import type { Rng } from "../math/rng.ts";
import type { CodedColumn } from "../table/table.ts";
import type { ColumnCode } from "./column-code.ts";
import { keptCount, LEAST_SHARED, mostFrequent } from "./column-code.ts";
import { asIndex, asNumber, asNumbers, asRecord, asTexts, damaged } from "./damaged.ts";

/**
 * A coded column as tokens, the most frequent level first. Beyond `most` levels the rarest share one pooled token,
 * within which a level is drawn in proportion to its rows: a column of 30,000 levels costs no more than one of 100.
 * Levels that fewer than 5 rows share are not known at all: their rows belong to the pooled token too, and come out as
 * one of the other pooled levels, or as any level in proportion to its rows where no other is pooled.
 */
export interface CodedLevels extends ColumnCode {
  /** Names of the known levels; a cell is an index into them. */
  readonly levels: readonly string[];
  /** Levels with a token of their own; token t stands for `head[t]`. */
  readonly head: Int32Array;
  /** Levels that share the pooled token; empty where none do. */
  readonly pool: Int32Array;
  /** Token of the pooled levels and of levels that are not known, -1 where there is none. */
  readonly pooled: number;
  save(): unknown;
}

/** Levels whose names were left out because fewer than 5 rows share them, and the rows that had them. */
export interface WithheldLevels {
  readonly levels: number;
  readonly rows: number;
}

/** Levels above which a table's list is in the order of its rows, which is nobody's business. */
const ORDERED_LEVELS = 10_000;

/** Tokens for `column`; at most `most` levels get a token of their own. `patients`: whose row it is. */
export function learnCodedLevels(
  column: CodedColumn,
  most: number,
  patients?: Int32Array,
): { readonly code: CodedLevels; readonly withheld: WithheldLevels } {
  const rows = new Float64Array(column.levels.length);
  let missing = 0;
  for (const code of column.codes) {
    if (code < 0 || code >= rows.length) missing++;
    else rows[code] = (rows[code] as number) + 1;
  }
  const shared = patients ? patientsOf(column, patients) : rows;
  const known = column.levels
    .map((name, i) => ({ name, rows: rows[i] as number, shared: shared[i] as number }))
    .filter((level) => level.shared >= LEAST_SHARED);
  if (column.levels.length > ORDERED_LEVELS) known.sort((a, b) => (a.name < b.name ? -1 : 1));
  const withheld = { levels: 0, rows: 0 };
  rows.forEach((count, i) => {
    if (count === 0 || (shared[i] as number) >= LEAST_SHARED) return;
    withheld.levels++;
    withheld.rows += count;
  });
  const names = known.map(({ name }) => name);
  const counts = Float64Array.from(known, (level) => level.rows);
  const nothing = known.length === 0;
  const rare = nothing || withheld.rows < LEAST_SHARED ? 0 : withheld.rows;
  const absent = keptCount(nothing ? missing + withheld.rows : missing);
  return { code: createCodedLevels(names, counts, most, rare, absent), withheld };
}

/** How many patients have each level. */
function patientsOf({ codes, levels }: CodedColumn, patients: Int32Array): Float64Array {
  const counts = new Float64Array(levels.length);
  const seen = new Set<number>();
  codes.forEach((code, row) => {
    const pair = (patients[row] as number) * levels.length + code;
    if (code < 0 || seen.has(pair)) return;
    seen.add(pair);
    counts[code] = (counts[code] as number) + 1;
  });
  return counts;
}

/** `levels` with `counts` rows each, `rare` rows of levels that are not known and `missing` rows without one. */
function createCodedLevels(
  levels: readonly string[],
  counts: Float64Array,
  most: number,
  rare: number,
  missing: number,
): CodedLevels {
  const order = Int32Array.from(levels, (_, i) => i);
  order.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
  const own = Math.min(most, order.length);
  const head = order.subarray(0, own);
  const pool = order.subarray(own);
  const pooled = pool.length > 0 || rare > 0 ? own : -1;
  const absent = missing > 0 ? own + (pooled >= 0 ? 1 : 0) : -1;
  const rowsOf = (members: Int32Array): Float64Array =>
    Float64Array.from(members, (i) => counts[i] as number);
  const poolRows = rowsOf(pool).reduce((sum, count) => sum + count, rare);
  const rows = [...rowsOf(head), ...(pooled >= 0 ? [poolRows] : []), ...(absent >= 0 ? [missing] : [])];
  const total = Math.max(
    1,
    rows.reduce((a, b) => a + b, 0),
  );
  const shares = Float64Array.from(rows, (row) => row / total);
  const other = pooled >= 0 ? pooled : mostFrequent(shares);
  const tokens = new Int32Array(levels.length).fill(other);
  head.forEach((level, token) => {
    tokens[level] = token;
  });
  const members = pool.length > 0 ? pool : head;
  const drawn = drawerOf(rowsOf(members));

  return {
    count: rows.length,
    shares,
    missing: absent,
    levels,
    head,
    pool,
    pooled,
    tokenOf: (cell) => {
      if (cell >= 0) return tokens[cell] ?? other;
      return absent >= 0 ? absent : mostFrequent(shares);
    },
    cellOf: (token, rng) => {
      if (token < own) return head[token] as number;
      return token === pooled ? (members[drawn(rng)] as number) : -1;
    },
    save: () => ({ levels, counts: [...counts], most: own, rare, missing }),
  };
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
  const rare = asNumber(state["rare"], "level counts");
  const missing = asNumber(state["missing"], "level counts");
  const sound = rare >= 0 && missing >= 0 && counts.every((count) => count > 0);
  const drawable = levels.length === 0 ? rare === 0 : most > 0;
  if (!sound || !drawable || new Set(levels).size < levels.length) return damaged("level counts");
  return createCodedLevels(levels, counts, most, rare, missing);
}
