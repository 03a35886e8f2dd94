import { asIndex, asList, damaged } from "../../../codec/saved-state.ts";
import type { NoisyColumn } from "../noisy-columns/noisy-columns.ts";

/** The tokens of one column as fewer: what stands in a group is not told apart by what goes with it. */
export interface Groups {
  /** group of each token */
  readonly of: Int32Array;
  readonly count: number;
}

/** Standard deviations of noise that a level's count must exceed to be told apart. */
const TOLD_APART = 3;

/**
 * Rare levels without an order share a group (MST's compressed domain): those with less than three standard deviations
 * `sigma` of their noisy counts among `rows`. What is left of a level then is how often it comes.
 */
export function groupsOf(
  { count, shares, missing, ordered }: NoisyColumn,
  rows: number,
  sigma: number,
): Groups {
  const of = Int32Array.from({ length: count }, (_, token) => token);
  if (ordered) return { of, count };
  const rare = [...of].filter(
    (token) => token !== missing && (shares[token] as number) * rows < TOLD_APART * sigma,
  );
  if (rare.length < 2) return { of, count };
  let next = 0;
  for (const token of of.keys()) if (!rare.includes(token)) of[token] = next++;
  for (const token of rare) of[token] = next;
  return { of, count: next + 1 };
}

/** Sums of the tokens' `shares` by group. */
export function groupShares({ of, count }: Groups, shares: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(count);
  for (const [token, group] of of.entries())
    sums[group] = (sums[group] as number) + (shares[token] as number);
  return sums;
}

/** Inverse of `[...groups.of]`; throws FaultError `model-damaged`. */
export function loadGroups(saved: unknown, { count: tokens }: NoisyColumn): Groups {
  const list = asList(saved, "groups");
  if (list.length !== tokens) return damaged("groups");
  const of = Int32Array.from(list, (group) => asIndex(group, tokens, "groups"));
  const count = new Set(of).size;
  return of.every((group) => group < count) ? { of, count } : damaged("groups");
}
