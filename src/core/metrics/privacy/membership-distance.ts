import { breathe } from "../../math/breathe.ts";
import { tooFewToSplit } from "../measuring/least-rows.ts";
import { membershipResult, type Guesses } from "./membership.ts";
import type { Metric } from "../metric.ts";
import { askedNote, neighboursOf, type Nearest } from "./neighbours.ts";
import { skipped } from "../measuring/verdict.ts";

/** AUC of an attacker who takes a row for learned from the nearer its nearest synthetic row lies. */
export const membershipDistance: Metric = {
  id: "membership-distance",
  name: "Membership by distance",
  family: "privacy",
  criterion: "membership",
  better: "lower",
  ideal: 0.5,
  margin: 0.05,
  range: [0, 1],
  summary: "Whether an attacker can tell who was learned from by how near the nearest synthetic row lies.",
  reference:
    "Membership inference by distance to closest record: Chen et al. 2020 (GAN-Leaks), Hilprecht et al. 2019",
  scored: true,
  needs: ["seen", "unseen"],
  limits: "One attacker, who goes by distance alone; others may do better.",
  effort: 3,
  claim: () => ({ not: "pass it on", because: "it shows which patients it was learned from" }),

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const reason = tooFewToSplit(tables);
    if (reason !== undefined) return skipped(reason);
    const neighbours = neighboursOf(tables);
    const own = await neighbours.toSynthetic(pulse);
    const { whose } = neighbours;
    const result = await membershipResult(
      "By the distance to the nearest synthetic row",
      { ...nearness(own.train, own.holdout), whose },
      async () => {
        const { train, holdout } = await neighbours.toReference(pulse);
        return { ...nearness(train, holdout), whose };
      },
      rng,
      pulse,
      valueOnly,
    );
    return { ...result, ...askedNote("“Membership by distance”", neighbours, tables) };
  },
};

/** Nearness as a guess, as many rows of each. */
export function nearness([train]: Nearest, [holdout]: Nearest): Guesses {
  const rows = Math.min(train.length, holdout.length);
  return {
    members: train.slice(0, rows).map((distance) => -distance),
    others: holdout.slice(0, rows).map((distance) => -distance),
  };
}
