import type { Pulse } from "../../../math/breathe.ts";
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

/** Formulas of one or two parents: lines, and products of powers. Rejects as `pulse` does. */
export async function fewParents(candidates: readonly Candidate[], pulse: Pulse): Promise<Draft[]> {
  const found: Draft[] = [];
  for (const scale of ["linear", "log"] as const) {
    const side = scale === "linear" ? candidates : candidates.filter(isMostlyPositive);
    const correlations = await pairwiseCorrelations(
      side.map(({ values }) => scaled(values, scale)),
      pulse,
    );
    for (const [at, y] of side.entries()) {
      if (y.distinct < LEAST_VALUES || (scale === "log" && !isMany(y))) continue;
      for (const parents of parentsOf(correlations, side.length, at)) {
        const chosen = parents.map((k) => side[k] as Candidate);
        if (!isSaidBetter(y, chosen, scale)) found.push(...fitted(y, chosen, scale));
        await pulse(((scale === "log" ? 1 : 0) + at / side.length) / 2);
      }
    }
  }
  return found;
}

/** A time between two dates has formulas of its own, in days or years: a line of dates is of dates alone. */
const isSaidBetter = (y: Candidate, parents: readonly Candidate[], scale: Scale): boolean =>
  parents.some(({ date }) => date) && (scale === "log" || !y.date || parents.some(({ date }) => !date));

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
  const own = correlations.subarray(y * count, (y + 1) * count);
  const singles: number[] = [];
  const pairs: { parents: number[]; fit: number }[] = [];
  let least = WORTH_A_LOOK;
  for (let a = 0; a < count; a++) {
    if (a === y) continue;
    const ra = own[a] as number;
    if (ra ** 2 >= WORTH_A_LOOK) singles.push(a);
    for (let b = 0; b < a; b++) {
      if (b === y) continue;
      const rab = correlations[a * count + b] as number;
      const rb = own[b] as number;
      const apart = 1 - rab * rab;
      const explained = (ra * ra + rb * rb - 2 * ra * rb * rab) / apart;
      if (!(explained >= least) || apart < 1e-9) continue;
      pairs.push({ parents: [a, b], fit: explained });
      pairs.sort((p, q) => q.fit - p.fit);
      if (pairs.length > PAIRS_TRIED) pairs.pop();
      if (pairs.length === PAIRS_TRIED) least = pairs.at(-1)?.fit ?? least;
    }
  }
  singles.sort((a, b) => (own[b] as number) ** 2 - (own[a] as number) ** 2);
  return [
    ...singles.slice(0, SINGLES_TRIED).map((single) => [single]),
    ...pairs.map(({ parents }) => parents),
  ];
}
