import type { CoursesComparison, NumberCourse, StepMatrix, SurvivalComparison } from "../../report/report.ts";
import { isSmall } from "../small-cells.ts";

/**
 * Patients over time as they may be written into a file for others. The comparison leaves out what is of 1 to 4 real
 * patients; here is the second wall: bins, rows of steps and numbers at risk of so few go, whatever it did. Single courses
 * are those of synthetic patients.
 */
export function guardedCourses(given: CoursesComparison): CoursesComparison {
  const { patients, visits, clock, numbers, tracks, steps, survival, visiting, timelines, firstVisit } =
    given;
  return {
    patients,
    visits,
    clock,
    numbers: numbers.map(guardedNumber),
    tracks,
    steps: steps.map(guardedSteps),
    ...(survival === undefined ? {} : { survival: guardedSurvival(survival) }),
    visiting,
    timelines,
    firstVisit,
    measures: given.measures,
    sentence: given.sentence,
  };
}

function guardedNumber(course: NumberCourse): NumberCourse {
  const keep = course.real.patients.map((patients) => !isSmall(patients));
  const kept = (values: readonly number[]): number[] => values.filter((_, bin) => keep[bin]);
  const side = (of: NumberCourse["real"]): NumberCourse["real"] => ({
    patients: kept(of.patients),
    low: kept(of.low),
    lower: kept(of.lower),
    median: kept(of.median),
    upper: kept(of.upper),
    high: kept(of.high),
  });
  return { ...course, at: kept(course.at), real: side(course.real), synthetic: side(course.synthetic) };
}

/** A cell of 1 to 4 steps is of 1 to 4 patients. */
function guardedSteps(matrix: StepMatrix): StepMatrix {
  const { steps, shares, rest } = matrix.real;
  return {
    ...matrix,
    real: {
      steps: steps.map((total) => (isSmall(total) ? NaN : total)),
      shares: shares.map((row, i) =>
        row.map((share) => (isSmall(Math.round(share * (steps[i] as number))) ? NaN : share)),
      ),
      rest,
    },
  };
}

function guardedSurvival(survival: SurvivalComparison): SurvivalComparison {
  const { risk } = survival;
  return { ...survival, risk: { ...risk, real: risk.real.map((left) => (isSmall(left) ? NaN : left)) } };
}
