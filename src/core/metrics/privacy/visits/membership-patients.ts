import { breathe } from "../../../math/breathe.ts";
import type { Metric } from "../../metric.ts";
import { nearness } from "../membership-distance.ts";
import { membershipResult } from "../membership.ts";
import { neighboursOf } from "../neighbours.ts";
import { summarisedPatients } from "./summarised-patients.ts";

/** AUC of an attacker who takes a patient for learned from the nearer the nearest synthetic patient's course lies. */
export const membershipPatients: Metric = {
  id: "membership-patients",
  about: "courses",
  name: "Membership by course",
  family: "privacy",
  criterion: "membership",
  better: "lower",
  ideal: 0.5,
  margin: 0.05,
  range: [0, 1],
  summary:
    "Whether an attacker who knows a patient's course can tell that it was learned from, by how near the nearest synthetic course lies.",
  reference:
    "Membership inference by distance to closest record: Chen et al. 2020 (GAN-Leaks); here by patient, on summaries of the course",
  scored: true,
  needs: ["seen", "unseen"],
  limits: "One attacker, who knows the whole course and goes by distance alone; others may do better.",
  effort: 2,
  claim: () => ({ not: "pass it on", because: "its courses show which patients it was learned from" }),

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const patients = await summarisedPatients(tables, pulse);
    if ("status" in patients) return patients;
    await pulse();
    const neighbours = neighboursOf(patients.placed);
    const own = await neighbours.toSynthetic(pulse);
    return membershipResult(
      "By the distance to the nearest synthetic patient's course",
      nearness(own.train, own.holdout),
      async () => {
        const { train, holdout } = await neighbours.toReference(pulse);
        return nearness(train, holdout);
      },
      rng,
      pulse,
      valueOnly,
      "patient",
    );
  },
};
