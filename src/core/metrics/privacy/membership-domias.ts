import { breathe } from "../../math/breathe.ts";
import { quantileSorted } from "../../math/statistics.ts";
import { tooFewToSplit } from "../measuring/least-rows.ts";
import { membershipResult, type Guesses } from "./membership.ts";
import type { Metric } from "../metric.ts";
import { askedNote, neighboursOf, type Nearest } from "./neighbours.ts";
import { skipped } from "../measuring/verdict.ts";

/**
 * DOMIAS: a row is taken for learned from where synthetic rows are dense and rows of the population are not. Density by
 * the nearest neighbour, k = 1, so the ratio is that of two distances; dimension and table sizes are the same for all.
 */
export const membershipDomias: Metric = {
  id: "membership-domias",
  name: "Membership by density",
  family: "privacy",
  criterion: "membership",
  better: "lower",
  ideal: 0.5,
  margin: 0.05,
  range: [0, 1],
  summary:
    "Whether an attacker who knows other patients can tell who was learned from by where synthetic rows are too dense.",
  reference: "DOMIAS: van Breugel et al. 2023, density ratio by nearest neighbours",
  scored: true,
  needs: ["seen", "unseen"],
  limits:
    "One attacker, who goes by density and must know other patients of the same kind; others may do better.",
  claim: () => ({ not: "pass it on", because: "it shows which patients it was learned from" }),

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const reason = tooFewToSplit(tables);
    if (reason !== undefined) return skipped(reason);
    const neighbours = neighboursOf(tables);
    const made = await neighbours.toSynthetic(pulse);
    const known = await neighbours.toReference(pulse);
    const { whose } = neighbours;
    const own = {
      ...ratios([made.train, made.holdout], [known.train, known.holdout], neighbours.scored),
      whose,
    };
    const result = await membershipResult(
      "By the density of synthetic rows over that of other patients (half of the held-out rows)",
      own,
      async () => ({ ...plain(known.train, known.holdout, own.members.length), whose }),
      rng,
      pulse,
      valueOnly,
    );
    return { ...result, ...askedNote("“Membership by density”", neighbours, tables) };
  },
};

/** log(distance to the population / distance to synthetic rows), of as many rows that were learned from as not. */
export function ratios(
  made: readonly [Nearest, Nearest],
  known: readonly [Nearest, Nearest],
  scored: number,
): Guesses {
  const rows = Math.min(made[0][0].length, scored);
  const least = 0.01 * quantileSorted(Float64Array.from(known[1][0]).sort(), 0.5) || 1e-6;
  const guess = (side: 0 | 1): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) => {
      const [near, far] = [made[side][0][row] as number, known[side][0][row] as number];
      return Math.log((far + least) / (near + least));
    });
  return { members: guess(0), others: guess(1) };
}

/** Without synthetic rows the population is all the attacker has: what is near to it is near to all. */
const plain = ([train]: Nearest, [holdout]: Nearest, rows: number): Guesses => ({
  members: train.slice(0, rows).map((distance) => -distance),
  others: holdout.slice(0, rows).map((distance) => -distance),
});
