import { quantileSorted } from "../../../math/statistics.ts";
import { climbCourse, happeningsIn, spreadOf } from "./climb-course.ts";
import type { ClimbCourse, Happening } from "./climb-course.ts";
import { climbLevels } from "./climb-lines.ts";
import type { ClimbLevel } from "./climb-lines.ts";
import { timesOf } from "./cohort-sample.ts";
import type { CohortSample } from "./cohort-sample.ts";

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
  const drawn = cohort.telling.drawn.find((name) => rows.has(name)) ?? "age";
  const values = rows.get(drawn);
  /** visits at which what is drawn was measured */
  const drawable = (place: number): number => {
    const { from, to } = patients[place] as CohortSample["patients"][number];
    return values.subarray(from, to).filter((value) => !Number.isNaN(value)).length;
  };
  const spread = Math.max(Number.EPSILON, spreadOf(values));
  const rangeOf = (place: number): number => {
    const { from, to } = patients[place] as CohortSample["patients"][number];
    const own = values.subarray(from, to).filter((value) => !Number.isNaN(value));
    return own.length < 2 ? 0 : Math.max(...own) - Math.min(...own);
  };
  const edges = edgesOf(sample);
  const scores = patients.map(({ from }, place) => {
    const has = conditions.filter(({ name }) => rows.get(name)[from] === 1).length;
    const gaps = cohort.columns.filter(({ name }) => Number.isNaN(rows.get(name)[from] as number)).length;
    const all = happened(place);
    const weights = all.map((one, i) =>
      all.findIndex(({ text }) => text === one.text) < i ? AGAIN : one.weight,
    );
    const most = weights.toSorted((a, b) => b - a).slice(0, 3);
    const events = most.reduce((sum, weight) => sum + weight, 0);
    // Too much is no story either.
    return (
      Math.min(4, has) +
      events -
      0.5 * gaps +
      Math.min(visitsWanted, drawable(place)) -
      tooMany(weights.length) -
      2 * edges(from) +
      2 * Math.min(2, rangeOf(place) / spread)
    );
  });
  return scores.indexOf(Math.max(...scores));
}

/** In how many ways the patient of a row is among the most extreme tenth at either end: nobody there stands for a cohort. */
function edgesOf({ rows, patients }: CohortSample): (row: number) => number {
  const usual = ["age", "bmi", "weight_kg"]
    .filter((name) => rows.has(name))
    .map((name) => {
      const values = rows.get(name);
      const known = Float64Array.from(patients, ({ from }) => values[from] as number)
        .filter((value) => !Number.isNaN(value))
        .sort();
      return { values, low: quantileSorted(known, 1 / 10), high: quantileSorted(known, 1 - 1 / 10) };
    });
  return (row) =>
    usual.filter(({ values, low, high }) => (values[row] as number) < low || (values[row] as number) > high)
      .length;
}

/** What happens a second time tells little more. */
const AGAIN = 1;

const tooMany = (events: number): number => Math.max(0, events - 10) / 10;
