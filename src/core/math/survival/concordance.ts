import type { FollowUps } from "./kaplan-meier.ts";
import { timeOrder } from "./kaplan-meier.ts";

/**
 * Harrell's C (Harrell et al. 1996; lifelines' concordance_index): of the pairs in which it is known who had the event
 * first, the share in which that one has the higher risk; equal risks count half. Two events at one time are no such pair;
 * a row censored at the time of an event outlasts it. NaN where there is no pair. `weights` counts rows (a bootstrap's draws).
 */
export function concordance(
  { times, events }: FollowUps,
  risks: ArrayLike<number>,
  weights?: ArrayLike<number>,
  order: Int32Array = timeOrder(times),
): number {
  const ranks = denseRanks(risks);
  const seen = new RankSums(ranks.size);
  let [pairs, right] = [0, 0];
  for (let to = order.length; to > 0;) {
    const time = times[order[to - 1] as number];
    let from = to;
    while (from > 0 && times[order[from - 1] as number] === time) from--;
    const rows = order.subarray(from, to);
    const weight = (row: number): number => (weights ? (weights[row] as number) : 1);
    for (const row of rows) if (events[row] !== 1) seen.add(ranks.of[row] as number, weight(row));
    for (const row of rows) {
      if (events[row] !== 1) continue;
      const rank = ranks.of[row] as number;
      const [below, upTo] = [seen.before(rank), seen.before(rank + 1)];
      pairs += weight(row) * seen.total;
      right += weight(row) * (below + (upTo - below) / 2);
    }
    for (const row of rows) if (events[row] === 1) seen.add(ranks.of[row] as number, weight(row));
    to = from;
  }
  return pairs > 0 ? right / pairs : NaN;
}

/** The place of each value among the different ones. */
function denseRanks(values: ArrayLike<number>): { of: Int32Array; size: number } {
  const sorted = [...new Set(Array.from(values))].sort((a, b) => a - b);
  const at = new Map(sorted.map((value, i) => [value, i]));
  return { of: Int32Array.from(values, (value) => at.get(value) as number), size: sorted.length };
}

/** Sums over ranks below a given one, by a binary indexed tree (Fenwick 1994). */
class RankSums {
  total = 0;
  private readonly tree: Float64Array;

  constructor(size: number) {
    this.tree = new Float64Array(size + 1);
  }

  add(rank: number, weight: number): void {
    this.total += weight;
    for (let i = rank + 1; i < this.tree.length; i += i & -i)
      this.tree[i] = (this.tree[i] as number) + weight;
  }

  /** Of ranks 0 to `rank` - 1. */
  before(rank: number): number {
    let sum = 0;
    for (let i = rank; i > 0; i -= i & -i) sum += this.tree[i] as number;
    return sum;
  }
}
