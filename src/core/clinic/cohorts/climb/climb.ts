import { timesOf } from "./cohort-sample.ts";
import type { CohortSample } from "./cohort-sample.ts";
import { climbCourse, happeningsIn } from "./climb-course.ts";
import type { ClimbCourse, Happening } from "./climb-course.ts";
import { tellingOf } from "./telling.ts";
import { climbLevels } from "./climb-lines.ts";
import type { ClimbLevel } from "./climb-lines.ts";

/** What each level of a cohort adds, shown on one simulated patient. */
export interface Climb {
  readonly cohort: string;
  readonly who: "woman" | "man";
  /** of levels 1 to 3 */
  readonly levels: readonly ClimbLevel[];
  /** level 4: columns that it adds, what a row is, and the patient over time */
  readonly time: {
    readonly columns: number;
    readonly visits: number;
    readonly course?: ClimbCourse;
  };
}

/** The climb of a sample's most telling patient: one with several conditions, few gaps, and events over time. */
export function climbOf(sample: CohortSample): Climb {
  const { cohort, rows, patients } = sample;
  const times = timesOf(sample);
  const happened = happeningsIn(sample, times);
  const place = mostTelling(sample, happened);
  const { from, to } = patients[place] as CohortSample["patients"][number];
  const course = climbCourse(sample, times, place, happened(place));
  return {
    cohort: cohort.id,
    who: rows.get("female")[from] === 1 ? "woman" : "man",
    levels: climbLevels(cohort, rows, from),
    time: {
      columns: cohort.columns.filter(({ level }) => level === 4).length,
      visits: to - from,
      ...(course !== undefined && { course }),
    },
  };
}

function mostTelling(sample: CohortSample, happened: (place: number) => Happening[]): number {
  const { cohort, rows, patients } = sample;
  const conditions = cohort.columns.filter(({ level, shown }) => level === 3 && shown.as === "yes-no");
  const visitsWanted = 4;
  const drawn = tellingOf(cohort).drawn.find((name) => rows.has(name)) ?? "age";
  const values = rows.get(drawn);
  /** visits at which what is drawn was measured */
  const drawable = (place: number): number => {
    const { from, to } = patients[place] as CohortSample["patients"][number];
    return values.subarray(from, to).filter((value) => !Number.isNaN(value)).length;
  };
  const scores = patients.map(({ from }, place) => {
    const has = conditions.filter(({ name }) => rows.get(name)[from] === 1).length;
    const gaps = cohort.columns.filter(({ name }) => Number.isNaN(rows.get(name)[from] as number)).length;
    const weights = happened(place).map(({ weight }) => weight);
    const most = weights.toSorted((a, b) => b - a).slice(0, 3);
    const events = most.reduce((sum, weight) => sum + weight, 0);
    // Too much is no story either.
    return (
      Math.min(4, has) +
      events -
      0.5 * gaps +
      Math.min(visitsWanted, drawable(place)) -
      tooMany(weights.length)
    );
  });
  return scores.indexOf(Math.max(...scores));
}

const tooMany = (events: number): number => Math.max(0, events - 10) / 10;
