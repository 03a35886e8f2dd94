/** What a coarsened real table is and cost, in lines for the terminal. */
import { count, percent } from "./numbers.ts";
import { listed } from "./plane-words.ts";

interface CoarsenedFacts {
  readonly k: number;
  readonly known: readonly string[];
  readonly of: number;
  readonly leftOut: number;
  readonly smallest: number;
  readonly detailLost: number;
  readonly variety?: number;
  readonly found: number;
  readonly untouched: readonly string[];
  readonly withoutColumns: readonly string[];
}

export function coarsenedLines(facts: CoarsenedFacts): string[] {
  const { k, known, of, leftOut, smallest, detailLost, variety, found, untouched, withoutColumns } = facts;
  return [
    `The file holds real patients with fewer details, not synthetic ones: ${count(of - leftOut)} of ${count(of)} rows, ${leftOut === 0 ? "none" : count(leftOut)} left out.`,
    `Coarsened: ${listed(known)}. Detail lost: ${percent(detailLost)}.`,
    `k: asked ${k}, smallest group ${count(smallest)}.${variety === undefined ? "" : ` l: ${count(variety)}, the fewest different values of the target in a group.`}`,
    ...(variety !== undefined && variety <= 1
      ? ["At l = 1 whoever knows that a patient is in such a group knows the target."]
      : []),
    `Someone who knows no more than what is coarsened finds ${percent(found)} of patients by guessing within their group.`,
    ...(untouched.length > 0
      ? [`As they were: ${listed(untouched)}. Whoever knows those may find a patient all the same.`]
      : []),
    ...(withoutColumns.length > 0 ? [`Not in the file: ${listed(withoutColumns)}.`] : []),
  ];
}
