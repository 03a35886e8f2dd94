import { wideGaps } from "../../math/wide-gaps.ts";
import { LEAST_SHARED } from "./column-code.ts";
import type { Grid } from "./grid.ts";
import { stepOf } from "./grid.ts";

const DATED: ReadonlySet<Grid["type"]> = new Set<Grid["type"]>(["interval", "month", "year"]);

/**
 * The ascending `numbers` parted at the `marks` and where a gap is wide open, as between ages and a 65526 among them: no
 * number is drawn in there. What fewer than five rows have alone, out there, is left out: it is theirs.
 */
export function islandsOf(numbers: Float64Array, marks: readonly number[], grid: Grid): Float64Array[] {
  const cuts = new Set<number>();
  for (const mark of marks) {
    const at = numbers.findIndex((value) => value > mark);
    if (at > 0) cuts.add(at);
  }
  for (const at of wideGaps(numbers, stepOf(grid), !DATED.has(grid.type))) cuts.add(at);
  if (cuts.size === 0) return numbers.length === 0 ? [] : [numbers];
  const starts = [0, ...[...cuts].sort((a, b) => a - b)];
  const islands = starts
    .map((from, i) => numbers.subarray(from, starts[i + 1]))
    .filter((island) => island.length >= LEAST_SHARED);
  return islands.length > 0 ? islands : [numbers];
}
