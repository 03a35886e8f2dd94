import { LEAST_SHARED } from "../../../codec/columns/column-code.ts";

/** When courses end by the number of their visits. */
export interface Endings {
  /** Log of how much greater the odds are that a course ends with its k-th visit than with any, from k = 1 on. */
  readonly odds: Float64Array;
  /** Visits that every patient has at least. */
  readonly least: number;
}

/** Patients whose courses end within a run of visits that one share is told of. */
const ENDINGS = 8;
/** Of a run in which none ends: endings that it would have as any other, and those that it is taken to have. */
const EXPECTED = 3;
const NONE = 0.25;

/**
 * The share of courses that end with a visit, of those that have it (a life table's), in runs of visits with eight endings or
 * more, so that none tells of fewer than five patients. `counts`: visits of each patient; no course has more than `most`.
 */
export function learnEndings(counts: Float64Array, most: number): Endings {
  const odds = new Float64Array(most);
  const ending = new Float64Array(most + 1);
  for (const count of counts) ending[Math.min(count, most)] = (ending[Math.min(count, most)] as number) + 1;
  const visits = counts.reduce((sum, count) => sum + Math.min(count, most), 0);
  const usual = counts.length / visits;
  const fewest = ending.findIndex((patients) => patients > 0);
  const quiet = (fewest - 1) * counts.length;
  const known = (ending[fewest] as number) >= LEAST_SHARED && quiet * usual >= EXPECTED;
  const least = known ? fewest : 1;
  let from = least;
  if (known) odds.fill(oddsOf(NONE, quiet) - oddsOf(counts.length, visits), 0, least - 1);
  let [ended, there, at] = [0, 0, counts.length];
  let before = from;
  for (let k = least; k <= most; k++) {
    const own = ending[k] as number;
    ended += own;
    there += at;
    at -= own;
    if (ended < ENDINGS && k < most) continue;
    // The last run has too few to speak for itself.
    if (ended < ENDINGS && from > least) {
      from = before;
      [ended, there] = sumOf(ending, counts, from, most);
    }
    odds.fill(oddsOf(ended, there) - oddsOf(counts.length, visits), from - 1, k);
    [before, from, ended, there] = [from, k + 1, 0, 0];
  }
  return { odds, least };
}

/** Courses that end with visits `from` to `to`, and those visits. */
function sumOf(ending: Float64Array, counts: Float64Array, from: number, to: number): [number, number] {
  let there = 0;
  for (let k = from; k <= to; k++) for (const count of counts) if (Math.min(count, to) >= k) there++;
  return [ending.subarray(from, to + 1).reduce((sum, own) => sum + own, 0), there];
}

const oddsOf = (ended: number, there: number): number => Math.log((ended + 0.01) / (there - ended + 0.5));
