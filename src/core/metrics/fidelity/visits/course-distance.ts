import { breathe } from "../../../math/breathe.ts";
import {
  coursesOfTables,
  MADE,
  MOST_COURSE_ROWS,
  type AlignedCourses,
  type CourseSide,
} from "../../measuring/courses/aligned-courses.ts";
import { overPatients, type Distances, type Item } from "../../measuring/courses/over-patients.ts";
import { besideEstimate } from "../../measuring/estimate.ts";
import { drawnNote } from "../../measuring/bounds.ts";
import { tooFewPatients } from "../../measuring/least-rows.ts";
import { valueAlone } from "../../measuring/value-only.ts";
import { skipped } from "../../measuring/verdict.ts";
import { noiseVerdict, type Metric, type Pulse, type Tables } from "../../metric.ts";

const LISTED = 50;

/** What is measured of courses, and how far a side is from train in each of it. */
export interface Things {
  readonly names: readonly string[];
  /** It is one number of the whole table, and stands by no column. */
  readonly whole?: true;
  distancesOf(side: number): Promise<Distances>;
}

/** A number whose mean over several things says how far courses are from those of train. */
export interface CourseDistance extends Omit<Metric, "compute" | "about" | "better" | "ideal" | "family"> {
  /** it can be told of patients with one row each */
  readonly ofStrangers?: true;
  /** the value that scores 0 */
  readonly furthest: number;
  /** Why there is nothing to measure, or what is. */
  things(courses: AlignedCourses, pulse: Pulse): Promise<Things | string>;
  sentence(told: { readonly value: number; readonly usual: number }, courses: AlignedCourses): string;
}

const NO_COURSES = "The rows are not of patients over time.";
export const STRANGERS =
  "No two synthetic rows are of one patient: rows of one patient were learned as strangers.";

/** Why courses cannot be compared; undefined where they can. */
export function unlikeCourses(
  { train, holdout }: Tables,
  courses: AlignedCourses | undefined,
  ofStrangers = false,
): ReturnType<typeof skipped> | undefined {
  if (courses === undefined) return skipped(NO_COURSES);
  if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
  const made = courses.sides[MADE] as CourseSide;
  if (made.rows === 0) return skipped("There are no synthetic rows.");
  if (!ofStrangers && made.patients === made.rows) return skipped(STRANGERS);
  const few = tooFewPatients({ train, holdout });
  return few === undefined ? undefined : skipped(few, "patients");
}

/** The metric: synthetic patients beside as many held-out ones, both against train. */
export function courseDistance(said: CourseDistance): Metric {
  const { things, sentence, furthest, ofStrangers = false, ...info } = said;
  return {
    ...info,
    family: "fidelity",
    better: "lower",
    ideal: 0,
    about: "courses",

    async compute(tables, rng, pulse = breathe, valueOnly = false) {
      await pulse();
      const courses = coursesOfTables(tables, rng.fork("courses"));
      const unlike = unlikeCourses(tables, courses, ofStrangers);
      if (courses === undefined || unlike !== undefined) return unlike ?? skipped(NO_COURSES);
      await pulse();
      const measured = await things(courses, pulse);
      if (typeof measured === "string") return skipped(measured);
      const how = { rng: rng.fork("samples"), pulse, valueOnly };
      const { own, reference, items } = await overPatients(
        courses,
        measured.names,
        measured.distancesOf,
        how,
      );
      if (Number.isNaN(own.value) || Number.isNaN(reference.value)) return skipped(TOO_FEW);
      if (valueOnly) return valueAlone(own.value);
      const { train, holdout, synthetic } = tables;
      return {
        ...besideEstimate(
          "lower",
          own,
          reference,
          [said.range[0], said.range[1]],
          (value) => 100 * (1 - value / furthest),
        ),
        sentence: `${sentence({ value: own.value, usual: reference.value }, courses)}${measured.whole ? "" : furthestOf(items)}`,
        ...(!measured.whole && { detail: { type: "per-column" as const, columns: rowsOf(items) } }),
        ...drawnNote("Courses are measured on", [train, holdout, synthetic], MOST_COURSE_ROWS),
      };
    },
  };
}

const TOO_FEW = "Too few patients have two visits with a value to compare.";

const rowsOf = (items: readonly Item[]) =>
  items
    .slice(0, LISTED)
    .map(({ name, value, noise }) => ({ name, value, noise, verdict: noiseVerdict(noise) }));

const furthestOf = ([worst]: readonly Item[]): string =>
  worst !== undefined && noiseVerdict(worst.noise) !== "good" ? ` Furthest off: ${worst.name}.` : "";
