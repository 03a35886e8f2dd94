import { breathe } from "../../../math/breathe.ts";
import type { BoostingSettings } from "../../../math/trees/boosting.ts";
import { fitBoosting } from "../../../math/trees/boosting.ts";
import { coursesOfTables } from "../../measuring/courses/aligned-courses.ts";
import { taskOf } from "../../measuring/prediction-task.ts";
import { skipped } from "../../measuring/verdict.ts";
import type { MeasuredResult, Metric } from "../../metric.ts";
import { linearModel, type Predictor } from "../predictors.ts";
import { outcomeOf } from "./history.ts";
import { skillOf } from "./skill.ts";
import { tooFewCourses } from "./too-few-courses.ts";

/** Patients are fewer than rows, and their summaries many: small trees of few patients. */
const SMALL: BoostingSettings = { iterations: 50, rate: 0.08, mostLeaves: 6, leastRows: 8, mostBins: 64 };
/** 1 / C */
const RIDGE = 10;

const boosting: Predictor = {
  name: "Gradient boosting",
  fit: (features, target, rows, _rng, pulse) => fitBoosting(features, target, rows, SMALL, pulse),
};

/** The share of what models of real patients gain over chance that those of synthetic patients must keep. */
const KEPT_SKILL = 0.75;

/** Models of the patient's outcome from the course before, learned from synthetic and from real patients. */
export const tstrPatients: Metric = {
  id: "tstr-patients",
  about: "courses",
  name: "Predicting the outcome from the course",
  family: "utility",
  better: "higher",
  ideal: 1,
  margin: 0.03,
  range: [-1, 1],
  summary:
    "How well models learned from synthetic patients' courses predict what becomes of real, held-out patients.",
  reference:
    "Train on synthetic, test on real: Esteban, Hyland and Rätsch 2017; here by patient, from summaries of the course",
  scored: true,
  needs: ["unseen"],
  relations: true,
  limits:
    "One outcome, the mean of two kinds of models; they see summaries of a course and neither how many visits it has nor how long it is.",
  effort: 2,
  claim: ({ target }) => ({
    not: `use models ${target ? `of ${target} ` : ""}trained on it for real patients`,
    because: "models of the course trained on it predict real patients' outcome worse",
  }),
  bears: {
    use: (target) => target && `first models that predict ${target} from the course`,
    holds: (result) => (result.verdict === "good" || result.verdict === "worse") && predicts(result),
  },

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    await pulse();
    const courses = coursesOfTables(tables, rng);
    if (courses === undefined) return skipped("No column says when a visit was.");
    const target = courses.columns.find(({ cells }) => cells.schema.role === "target");
    if (target === undefined) return skipped("No column is marked as the target.");
    const few = tooFewCourses(courses);
    if (few !== undefined) return skipped(few, "patients");
    await pulse();
    const { outcome, history, changes } = await outcomeOf(courses, target, pulse);
    if (history.length === 0) return skipped("There is no column to predict the target from.");
    const task = taskOf(outcome);
    if ("reason" in task) return skipped(task.reason.replaceAll("row", "patient"), task.wants);
    const questions = [linearModel(task.unit, RIDGE), boosting].map((predictor) => ({
      name: predictor.name,
      task,
      inputs: history,
      predictor,
    }));
    const { own, real, result } = await skillOf(questions, { rng, pulse, valueOnly });
    const when = changes
      ? `${target.name} at the last visit from those before`
      : `${target.name} from the course`;
    return {
      ...result,
      sentence:
        `Learned from synthetic patients, models that predict ${when} reach a mean ${task.unit} of ${own.toFixed(3)} on held-out ` +
        `patients; learned from real patients, ${real.toFixed(3)}.`,
    };
  },
};

/** A wide interval reaches its reference by luck: the models must also beat chance beyond noise and keep most of the gain. */
function predicts({ detail, value, baseline, interval }: MeasuredResult): boolean {
  if (detail?.type !== "models") return false;
  const chance = detail.unit === "AUROC" ? 0.5 : 0;
  return interval.low > chance && value - chance >= KEPT_SKILL * (baseline.value - chance);
}
