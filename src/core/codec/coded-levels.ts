import type { Rng } from "../math/rng.ts";
import type { ColumnCode } from "./column-code.ts";
import { keptCount, mostFrequent } from "./column-code.ts";
import { asIndex, asList, asNumber, asNumbers, asRecord, damaged } from "./damaged.ts";

/**
 * A coded column as tokens, the most frequent level first. Beyond `most` levels the rarest share one pooled token,
 * within which a level is drawn in proportion to its rows: a column of 30,000 levels costs no more than one of 100,
 * and a level of one or two rows is drawn apart from the rest of its row.
 */
export interface CodedLevels extends ColumnCode {
  /** Levels with a token of their own. */
  readonly head: Int32Array;
  /** Levels that share the pooled token; empty where none do. */
  readonly pool: Int32Array;
  save(): unknown;
}

/** Tokens for `codes` (-1 = missing) into `levels` levels; at most `most` levels get a token of their own. */
export function learnCodedLevels(codes: Int32Array, levels: number, most: number): CodedLevels {
  const counts = new Float64Array(levels);
  let missing = 0;
  for (const code of codes) {
    if (code < 0 || code >= levels) missing++;
    else counts[code] = (counts[code] as number) + 1;
  }
  for (let i = 0; i < levels; i++) counts[i] = keptCount(counts[i] as number);
  const seen = Int32Array.from({ length: levels }, (_, i) => i).filter((i) => (counts[i] as number) > 0);
  seen.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
  const own = seen.length > most ? most : seen.length;
  return createCodedLevels(
    seen,
    Float64Array.from(seen, (i) => counts[i] as number),
    own,
    keptCount(missing),
    levels,
  );
}

/** `seen` by falling `counts`; the first `own` have their own token. */
function createCodedLevels(
  seen: Int32Array,
  counts: Float64Array,
  own: number,
  missing: number,
  levels: number,
): CodedLevels {
  const head = seen.subarray(0, own);
  const pool = seen.subarray(own);
  const pooled = pool.length > 0 ? own : -1;
  const absent = missing > 0 ? own + (pooled >= 0 ? 1 : 0) : -1;
  const cumulated = new Float64Array(pool.length);
  let pooledRows = 0;
  for (let i = 0; i < pool.length; i++) cumulated[i] = pooledRows += counts[own + i] as number;
  const rows = [
    ...counts.subarray(0, own),
    ...(pooled >= 0 ? [pooledRows] : []),
    ...(absent >= 0 ? [missing] : []),
  ];
  const total = Math.max(
    1,
    rows.reduce((a, b) => a + b, 0),
  );
  const shares = Float64Array.from(rows, (row) => row / total);
  const tokens = new Int32Array(levels).fill(pooled >= 0 ? pooled : mostFrequent(shares));
  head.forEach((level, token) => {
    tokens[level] = token;
  });

  const drawPooled = (rng: Rng): number => {
    const at = rng.uniform() * pooledRows;
    let low = 0;
    let high = pool.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulated[middle] as number) <= at) low = middle + 1;
      else high = middle;
    }
    return pool[low] as number;
  };

  return {
    count: rows.length,
    shares,
    missing: absent,
    head,
    pool,
    tokenOf: (cell) => {
      if (cell >= 0 && cell < levels) return tokens[cell] as number;
      return absent >= 0 ? absent : mostFrequent(shares);
    },
    cellOf: (token, rng) => {
      if (token < own) return head[token] as number;
      return token === pooled ? drawPooled(rng) : -1;
    },
    save: () => ({ seen: [...seen], counts: [...counts], own, missing }),
  };
}

/** Inverse of `CodedLevels.save` for a column of `levels` levels. */
export function loadCodedLevels(saved: unknown, levels: number): CodedLevels {
  const state = asRecord(saved, "levels");
  const seen = Int32Array.from(asList(state["seen"], "levels"), (item) => asIndex(item, levels, "levels"));
  const counts = asNumbers(state["counts"], "level counts", seen.length);
  const own = asIndex(state["own"], seen.length + 1, "levels");
  const missing = asNumber(state["missing"], "level counts");
  if (missing < 0 || counts.some((count) => count <= 0) || (own === 0 && seen.length > 0))
    return damaged("level counts");
  return createCodedLevels(seen, counts, own, missing, levels);
}
