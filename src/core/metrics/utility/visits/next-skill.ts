import type { Rng } from "../../../math/rng.ts";
import {
  alignedCourses,
  wholePatients,
  type AlignedCourses,
} from "../../measuring/courses/aligned-courses.ts";
import { skipped } from "../../measuring/verdict.ts";
import type { Measurement, Pulse, Tables } from "../../metric.ts";
import { linearModel } from "../predictors.ts";
import { nextVisitOf } from "./next-visit.ts";
import { skillOf } from "./skill.ts";
import { tooFewCourses } from "./too-few-courses.ts";

const MOST_ROWS = 20_000;
const MOST_COLUMNS = 20;

/** Both metrics of the next visit; each column one model, the mean of their scores counts. */
export async function nextSkill(
  tables: Tables,
  of: "numbers" | "levels",
  how: { readonly rng: Rng; readonly pulse: Pulse; readonly valueOnly: boolean },
): Promise<Measurement> {
  await how.pulse();
  const courses = coursesFor(tables, how.rng);
  if (courses === undefined) return skipped("No column says when a visit was.");
  const few = tooFewCourses(courses);
  if (few !== undefined) return skipped(few, "patients");
  await how.pulse();
  const { inputs, tasks } = await nextVisitOf(courses, of, how.pulse);
  if (tasks.length === 0)
    return skipped(
      `No ${of === "numbers" ? "number" : "category"} changes in enough pairs of visits to be predicted.`,
    );
  const questions = tasks
    .slice(0, MOST_COLUMNS)
    .map((task) => ({ name: task.name, task, inputs, predictor: linearModel(task.unit) }));
  const { own, real, rows, result } = await skillOf(questions, how);
  const unit = questions[0]?.task.unit ?? "";
  const worst = rows.toSorted((a, b) => b.real - b.synthetic - (a.real - a.synthetic))[0];
  const what = of === "numbers" ? "numbers" : "categories";
  return {
    ...result,
    detail: {
      ...result.detail,
      rows: rows.toSorted((a, b) => b.real - b.synthetic - (a.real - a.synthetic)),
    },
    sentence:
      `Learned from synthetic patients, models predict the ${what} of held-out patients' next visit with a mean ${unit} of ` +
      `${own.toFixed(3)}; learned from real patients, ${real.toFixed(3)}.` +
      (worst && worst.real - worst.synthetic > 0.0005
        ? ` Most is lost for ${worst.name} (${worst.synthetic.toFixed(3)} and ${worst.real.toFixed(3)}).`
        : ""),
    ...(tasks.length > MOST_COLUMNS && {
      note: `Of the ${what} that change from visit to visit the first ${MOST_COLUMNS} of ${tasks.length} are predicted.`,
    }),
  };
}

const coursesFor = ({ train, holdout, synthetic }: Tables, rng: Rng): AlignedCourses | undefined =>
  alignedCourses(
    [train, holdout, synthetic].map((table, i) => wholePatients(table, MOST_ROWS, rng.fork(`patients ${i}`))),
  );
