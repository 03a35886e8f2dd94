import type { Rng } from "../../../math/rng.ts";
import type { Pulse } from "../../../metrics/metric.ts";
import type { CoursesComparison } from "../../../report/report.ts";
import { takeRows, type Table } from "../../../table/table.ts";
import { coursesOf, type Courses } from "../../../visits/courses.ts";
import { compareColumns } from "../compare-columns.ts";
import { compareBand, round, timeBins } from "./compare-bands.ts";
import { compareSteps } from "./compare-steps.ts";
import { compareSurvival } from "./compare-survival.ts";
import { compareVisiting } from "./compare-visiting.ts";
import { copiedCourses } from "./copied-courses.ts";
import { clockOf, type CourseClock } from "./course-clock.ts";
import { columnsByCourse, SYNTHETIC, sideOf, visitsOf, type CourseSide } from "./course-side.ts";
import { endingsOf } from "./endings.ts";
import { timelinesOf } from "./timelines.ts";
import { LEAST_PATIENTS } from "../../small-cells.ts";

const MOST_NUMBERS = 24;
const MOST_STATES = 12;
const MOST_TRACKS = 30;
const MOST_RASTER = 40;
/** Visits of a synthetic patient that are drawn. */
const MOST_VISITS = 30;

/** All pictures of patients over time; which measures belong to them, and what they say, is known later. */
export type Compared = Omit<CoursesComparison, "measures" | "sentence">;

/**
 * Patients over time, real beside synthetic, where both have courses. What is real is bands and shares of at least five
 * patients; single courses are synthetic ones, none of them cell by cell a real one.
 * @param real what was learned from
 */
export async function compareCourses(
  real: Table,
  holdout: Table | undefined,
  synthetic: Table,
  rng: Rng,
  pulse: Pulse,
): Promise<Compared | undefined> {
  const tables = [real, synthetic] as const;
  const [ours, theirs] = tables.map(coursesOf);
  if (ours === undefined || theirs === undefined || ours.starts.length - 1 < LEAST_PATIENTS) return undefined;
  const timeSchema = real.schema.columns[ours.time];
  if (timeSchema === undefined) return undefined;
  const clock = clockOf(timeSchema, ours);
  const sides = [sideOf(real, ours, clock), sideOf(synthetic, theirs, clock)] as const;
  await pulse();
  const columns = columnsByCourse(real, synthetic, ours);
  await pulse();
  const endings = endingsOf(tables, sides, clock, columns);
  await pulse();
  const allowed = await drawable(real, holdout, synthetic, sides[SYNTHETIC], rng, pulse);
  await pulse();
  const drawn = allowed.slice(0, MOST_TRACKS).map((patient) => thinned(visitsOf(theirs, patient)));
  const bins = timeBins(sides[0]);
  const numbers = [];
  for (const column of columns.numbers) {
    const made = column.values[SYNTHETIC] as Float64Array;
    const tracks = drawn.map((rows) => Array.from(rows, (row) => round(made[row] as number)));
    numbers.push({ ...compareBand(column, sides, bins), tracks });
    await pulse();
  }
  const steps = [];
  for (const column of columns.states) {
    steps.push(compareSteps(column, sides, endings?.told === true ? endings : undefined));
    await pulse();
  }
  const survival = endings && compareSurvival(endings);
  await pulse();
  const timelines = await timelinesOf({ real, sides, clock, columns, endings, allowed }, pulse);
  const visiting = await compareVisiting(
    sides,
    allowed.slice(0, MOST_RASTER),
    gapStep(clock, timeSchema.kind),
    pulse,
  );
  await pulse();
  const worst = <Item extends { readonly noise: number }>(items: readonly Item[], most: number): Item[] =>
    items.toSorted((a, b) => (b.noise || 0) - (a.noise || 0)).slice(0, most);
  return {
    patients: { real: sides[0].patients, synthetic: sides[1].patients },
    visits: { real: real.rows, synthetic: synthetic.rows },
    clock: { unit: clock.unit, axis: clock.axis },
    numbers: worst(numbers, MOST_NUMBERS),
    tracks: drawn.map((rows) => Array.from(rows, (row) => round(sides[SYNTHETIC].elapsed[row] as number))),
    steps: worst(
      steps.filter((matrix) => matrix !== undefined),
      MOST_STATES,
    ),
    ...(survival && { survival }),
    visiting,
    timelines,
    firstVisit: compareColumns(
      firstVisits(real, ours),
      holdout && firstVisitsOf(holdout),
      firstVisits(synthetic, theirs),
    ),
  };
}

const gapStep = ({ each, unit }: CourseClock, kind: string): number =>
  unit === "visit" || (each === 1 && kind === "integer") ? 1 : 0;

/** Synthetic patients in random order, without those that are copies of real ones. */
async function drawable(
  real: Table,
  holdout: Table | undefined,
  synthetic: Table,
  { patients }: CourseSide,
  rng: Rng,
  pulse: Pulse,
): Promise<number[]> {
  const names = real.schema.columns.map(({ name }) => name);
  const copied = await copiedCourses(holdout ? [real, holdout] : [real], synthetic, names, pulse);
  return Array.from(rng.permutation(patients)).filter((patient) => !copied.has(patient));
}

/** At most so many visits, evenly spaced, the first and the last among them. */
function thinned(rows: Int32Array): Int32Array {
  if (rows.length <= MOST_VISITS) return rows;
  return Int32Array.from(
    { length: MOST_VISITS },
    (_, i) => rows[Math.round((i * (rows.length - 1)) / (MOST_VISITS - 1))] as number,
  );
}

/** One row a patient. */
function firstVisits(table: Table, courses: Courses): Table {
  const rows = Int32Array.from(
    { length: courses.starts.length - 1 },
    (_, patient) => visitsOf(courses, patient)[0] as number,
  );
  const { patients: _patients, ...rest } = takeRows(table, rows);
  return rest;
}

function firstVisitsOf(table: Table): Table | undefined {
  const courses = coursesOf(table);
  return courses && firstVisits(table, courses);
}
