import { breathe } from "../../../math/breathe.ts";
import type { Metric } from "../../metric.ts";
import { nextSkill } from "./next-skill.ts";

/** R² of the numbers of the next visit, predicted from the visits before, learned from synthetic courses. */
export const nextValue: Metric = {
  id: "next-value",
  about: "courses",
  name: "Predicting the next visit's numbers",
  family: "utility",
  better: "higher",
  ideal: 1,
  margin: 0.05,
  range: [-1, 1],
  summary:
    "How well models learned from synthetic courses predict the numbers of real patients' next visit from their visits before.",
  reference:
    "Predictive score: Yoon, Jarrett and van der Schaar 2019 (TimeGAN); here ridge regression of ranks",
  scored: true,
  needs: ["unseen"],
  relations: true,
  limits:
    "Linear in the last value, the mean so far, what never changes and the time between; sees one visit ahead.",
  claim: () => ({
    not: "use models of the next visit trained on it for real patients",
    because: "they predict real patients' next visit worse",
  }),
  effort: 2,

  compute: (tables, rng, pulse = breathe, valueOnly = false) =>
    nextSkill(tables, "numbers", { rng, pulse, valueOnly }),
};
