import { breathe } from "../../../math/breathe.ts";
import type { Metric } from "../../metric.ts";
import { nextSkill } from "./next-skill.ts";

/** AUROC of the categories of the next visit, predicted from the visits before, learned from synthetic courses. */
export const nextLevel: Metric = {
  id: "next-level",
  about: "courses",
  name: "Predicting the next visit's categories",
  family: "utility",
  better: "higher",
  ideal: 1,
  margin: 0.03,
  range: [0, 1],
  summary:
    "How well models learned from synthetic courses predict the categories of real patients' next visit from their visits before.",
  reference:
    "Train on synthetic, test on real: Esteban, Hyland and Rätsch 2017; here logistic regression, visit by visit",
  scored: true,
  needs: ["unseen"],
  relations: true,
  limits:
    "Knows the last known cells, means so far, what never changes and the time between; sees one visit ahead, and ranks patients only.",
  claim: () => ({
    not: "use models of the next visit trained on it for real patients",
    because: "they predict the state of real patients' next visit worse",
  }),
  effort: 2,

  compute: (tables, rng, pulse = breathe, valueOnly = false) =>
    nextSkill(tables, "levels", { rng, pulse, valueOnly }),
};
