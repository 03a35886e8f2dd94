import { breathe } from "../../../math/breathe.ts";
import type { Table } from "../../../table/table.ts";
import {
  coursesOfTables,
  HELD,
  MADE,
  TRAIN,
  type AlignedCourses,
} from "../../measuring/courses/aligned-courses.ts";
import { learnedRows } from "../../measuring/bounds.ts";
import { skipped } from "../../measuring/verdict.ts";
import type { Metric, Pulse } from "../../metric.ts";
import { boostingBy } from "../c2st.ts";
import { toldApart, type TellApart } from "../told-apart.ts";
import { unlikeCourses } from "./course-distance.ts";

type Said = Omit<
  Metric,
  "compute" | "about" | "family" | "better" | "ideal" | "range" | "scored" | "reference" | "margin"
>;

/** Patients are fewer than rows, and summaries of them many columns: half as many trees of a quarter of the leaves. */
const SMALL_TREES = { iterations: 50, rate: 0.1, mostLeaves: 8, leastRows: 10, mostBins: 64 };

/** The classifier two-sample test on what `tableOf` makes of courses. */
export function toldApartCourses(
  said: Said,
  tableOf: (courses: AlignedCourses, side: number, pulse: Pulse) => Promise<Table>,
  how: Pick<TellApart, "shown" | "each" | "subject">,
): Metric {
  return {
    ...said,
    family: "fidelity",
    better: "lower",
    ideal: 0.5,
    margin: 0.05,
    range: [0, 1],
    reference:
      "Classifier two-sample test: Lopez-Paz and Oquab 2017; folds between patients: Roberts et al. 2017",
    scored: true,
    about: "courses",

    async compute(tables, rng, pulse = breathe, valueOnly = false) {
      await pulse();
      const courses = coursesOfTables(tables, rng.fork("courses"));
      const unlike = unlikeCourses(tables, courses);
      if (courses === undefined || unlike !== undefined) return unlike ?? skipped("There are no courses.");
      await pulse();
      const train = await tableOf(courses, TRAIN, pulse);
      const holdout = await tableOf(courses, HELD, pulse);
      const synthetic = await tableOf(courses, MADE, pulse);
      return toldApart(
        { train, holdout, synthetic },
        {
          learn: boostingBy(SMALL_TREES),
          classifier: "a classifier",
          most: learnedRows(train.columns.length, 2000),
          besides: { above: 750, folds: 2 },
          ...how,
        },
        rng,
        pulse,
        valueOnly,
      );
    },
  };
}
