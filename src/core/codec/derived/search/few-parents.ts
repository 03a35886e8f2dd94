import type { Candidate } from "./candidates.ts";
import { isMany, pairwiseCorrelations } from "./candidates.ts";
import type { Draft, Scale } from "./fitted.ts";
import { fitted, scaled } from "./fitted.ts";

/** R² of standardised columns from which a pair of parents is looked at row by row. */
const WORTH_A_LOOK = 0.75;
/** A column of fewer values is looked up, if at all. */
const LEAST_VALUES = 3;
const PAIRS_TRIED = 12;
const SINGLES_TRIED = 2;
/** Share of a column's cells that may be 0 or less on the scale of logarithms. */
const MOST_NOT_POSITIVE = 0.1;

/** Formulas of one or two parents: lines, and products of powers. */
export function fewParents(candidates: readonly Candidate[]): Draft[] {
  return (["linear", "log"] as const).flatMap((scale) => {
    const side = scale === "linear" ? candidates : candidates.filter(isMostlyPositive);
    const correlations = pairwiseCorrelations(side.map(({ values }) => scaled(values, scale)));
    return side.flatMap((y, at) => {
      if (y.distinct < LEAST_VALUES || (scale === "log" && !isMany(y))) return [];
      return parentsOf(correlations, side.length, at).flatMap((parents) => {
        const chosen = parents.map((k) => side[k] as Candidate);
        return isSaidBetter(y, chosen, scale) ? [] : fitted(y, chosen, scale);
      });
    });
  });
}

/** A time between two dates has formulas of its own, in days or years. */
const isSaidBetter = (y: Candidate, parents: readonly Candidate[], scale: Scale): boolean =>
  parents.some(({ date }) => date) && (scale === "log" || (!y.date && parents.every(({ date }) => date)));

function isMostlyPositive({ values, date }: Candidate): boolean {
  let [present, others] = [0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    present++;
    if (value <= 0) others++;
  }
  return !date && others <= MOST_NOT_POSITIVE * present;
}

/** The best single parents and the best pairs of column y among `count`, as far as they are worth a look. */
function parentsOf(correlations: Float64Array, count: number, y: number): number[][] {
  const r = (a: number, b: number): number => correlations[a * count + b] as number;
  const singles: number[] = [];
  const pairs: { parents: number[]; fit: number }[] = [];
  for (let a = 0; a < count; a++) {
    if (a === y) continue;
    if (r(y, a) ** 2 >= WORTH_A_LOOK) singles.push(a);
    for (let b = 0; b < a; b++) {
      if (b === y) continue;
      const apart = 1 - r(a, b) ** 2;
      if (apart < 1e-9) continue;
      const explained = (r(y, a) ** 2 + r(y, b) ** 2 - 2 * r(y, a) * r(y, b) * r(a, b)) / apart;
      if (explained < WORTH_A_LOOK || (pairs.length === PAIRS_TRIED && explained < (pairs.at(-1)?.fit ?? 0)))
        continue;
      pairs.push({ parents: [a, b], fit: explained });
      pairs.sort((p, q) => q.fit - p.fit);
      if (pairs.length > PAIRS_TRIED) pairs.pop();
    }
  }
  singles.sort((a, b) => r(y, b) ** 2 - r(y, a) ** 2);
  return [
    ...singles.slice(0, SINGLES_TRIED).map((single) => [single]),
    ...pairs.map(({ parents }) => parents),
  ];
}
