import { Z95 } from "../../math/intervals.ts";
import { normalQuantile } from "../../math/normal.ts";
import type { Detail, Interval } from "../metric.ts";

const LISTED = 60;

/** A loss of just the margin is called worse in at most this share of reports, whatever number of looks is taken. */
const FALSE_ALARMS = 0.05;
/** `judge` widens for the measures beside it: about 25 are judged together. What many looks need beyond that comes on top. */
const JUDGED_AT = 0.002;

/** One of many places that are compared: how much worse it is there. */
export interface Look {
  readonly name: string;
  readonly effect: number;
  /** standard error where nothing is wrong */
  readonly error: number;
}

export interface Loss {
  readonly value: number;
  readonly interval: Interval;
}

/**
 * Half-width, in standard errors, of the interval of the worst of `looks` effects: with `judge`'s widening on top it is
 * Bonferroni's for all of them. Never narrower than a plain 95% interval.
 */
export function reachOf(looks: number): number {
  const wide = normalQuantile(1 - FALSE_ALARMS / Math.max(1, looks)) / normalQuantile(1 - JUDGED_AT);
  return Z95 * Math.max(1, wide);
}

/** What is left of an effect when both widenings are taken off. */
const surely = ({ effect, error }: Look, reach: number): number =>
  effect - (reach / Z95) * normalQuantile(1 - JUDGED_AT) * error;

/** `effect` beyond `margin` in standard errors. */
const strength = ({ effect, error }: Look, margin: number): number =>
  error > 0 ? (effect - margin) / error : effect > margin ? Infinity : -Infinity;

/**
 * The loss of a measure that takes many looks. Where single ones lie beyond `margin` after allowing for all, the worst of them
 * is the loss, with the interval of the worst of so many. Else the average is; its interval reaches down as far as a typical
 * look's can, so that `seen` is what would have been noticed in one place, and up to `high`, so that good is said of the average.
 */
export function lossOfLooks<Own extends Look>(
  looks: readonly Own[],
  margin: number,
  average: { readonly value: number; readonly high: number },
): { loss: Loss; found: readonly Own[]; ranked: readonly Own[] } {
  const reach = reachOf(looks.length);
  const ranked = looks.toSorted((a, b) => strength(b, margin) - strength(a, margin));
  const found = ranked.filter((look) => surely(look, reach) > margin);
  const [worst] = found;
  if (worst) {
    const half = reach * worst.error;
    return { loss: lossWithin(worst.effect, worst.effect - half, worst.effect + half), found, ranked };
  }
  const errors = looks.map(({ error }) => error).toSorted((a, b) => a - b);
  const typical = reach * (errors[errors.length >> 1] ?? 0);
  return { loss: lossWithin(average.value, average.value - typical, average.high), found, ranked };
}

const lossWithin = (value: number, low: number, high: number): Loss => ({ value, interval: { low, high } });

/**
 * Root mean square of true differences, from measured ones: what their errors add is taken off. `high` is its 95% bound when
 * about `independent` of them vary by themselves.
 */
export function typicalDifference(
  looks: readonly Look[],
  independent: number,
): { value: number; high: number } {
  const n = Math.max(1, looks.length);
  const measured = looks.reduce((sum, { effect, error }) => sum + (effect * effect - error * error) / n, 0);
  const square = Math.max(0, measured);
  const variance = looks.reduce((sum, { error }) => sum + (2 * error ** 4 + 4 * square * error ** 2) / n, 0);
  const half = Z95 * Math.sqrt(variance / Math.max(1, independent));
  return { value: Math.sqrt(square), high: Math.sqrt(square + half) };
}

/** Looks as rows of a report, the furthest off first: a column stands once, by its worst look. */
export function lookRows(
  ranked: readonly Look[],
  found: readonly Look[],
  margin: number,
): Extract<Detail, { type: "per-column" }>["columns"] {
  const seen = new Set<string>();
  const first = ranked.filter(({ name }) => !seen.has(name) && seen.add(name));
  return first.slice(0, LISTED).map((look) => ({
    name: look.name,
    value: look.effect,
    noise: look.error > 0 ? look.effect / look.error : 0,
    verdict: !found.includes(look) ? "good" : look.effect > 3 * margin ? "much-worse" : "worse",
  }));
}
