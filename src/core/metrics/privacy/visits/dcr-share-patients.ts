import { breathe } from "../../../math/breathe.ts";
import { percentage } from "../../measuring/verdict.ts";
import type { Metric } from "../../metric.ts";
import { dcrShare } from "../dcr-share.ts";
import { summarisedPatients } from "./summarised-patients.ts";

/** Share of synthetic patients whose course is nearer to a training patient's than to a held-out one's. */
export const dcrSharePatients: Metric = {
  id: "dcr-share-patients",
  about: "courses",
  name: "Courses closer to training patients than to unseen ones",
  family: "privacy",
  criterion: "singling-out",
  better: "lower",
  ideal: 0.5,
  margin: 0.03,
  range: [0, 1],
  summary:
    "Whether synthetic courses lie nearer to those of patients who were learned from than to those of others like them.",
  reference:
    "Distance to closest record share: Platzer and Reutterer 2021; here by patient, on summaries of the course",
  scored: true,
  needs: ["seen", "unseen"],
  limits: "Sees closeness of whole courses, by their summaries: a few visits that were copied can pass.",
  effort: 2,
  claim: () => ({
    not: "pass it on",
    because: "its courses lie closer to training patients' than to unseen ones'",
  }),

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const patients = await summarisedPatients(tables, pulse);
    if ("status" in patients) return patients;
    await pulse();
    const result = await dcrShare.compute(patients.placed, rng, pulse, valueOnly);
    if (result.status === "skipped") return result;
    return {
      ...result,
      sentence:
        `Counted as if there were as many of both, the courses of ${percentage(result.value)} of synthetic patients lie nearer to a ` +
        `training patient's than to a held-out one's; 50% is expected of patients who copy nobody, 100% of copies.`,
      ...(result.note && {
        note: "Courses of some of the synthetic patients, drawn at random, are compared.",
      }),
    };
  },
};
