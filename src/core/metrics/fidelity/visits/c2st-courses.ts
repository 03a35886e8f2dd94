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
import type { Metric } from "../../metric.ts";
import { boosting } from "../c2st.ts";
import { toldApart, type TellApart } from "../told-apart.ts";
import { unlikeCourses } from "./course-distance.ts";

type Said = Omit<
  Metric,
  "compute" | "about" | "family" | "better" | "ideal" | "range" | "scored" | "reference" | "margin"
>;

/** The classifier two-sample test on what `tableOf` makes of courses. */
export function toldApartCourses(
  said: Said,
  tableOf: (courses: AlignedCourses, side: number) => Table,
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
      const [train, holdout, synthetic] = [TRAIN, HELD, MADE].map((side) => tableOf(courses, side)) as [
        Table,
        Table,
        Table,
      ];
      return toldApart(
        { train, holdout, synthetic },
        {
          learn: boosting,
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
