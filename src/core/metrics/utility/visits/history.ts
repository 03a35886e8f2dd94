import { columnNames } from "../../measuring/bounds.ts";
import { alignColumns, type AlignedColumn } from "../../measuring/align.ts";
import type { AlignedCourses, CourseColumn, CourseSide } from "../../measuring/courses/aligned-courses.ts";
import { cellsAt, knownIn, lastKnownRows } from "../../measuring/courses/patient-tables.ts";
import { patientSummaries } from "../../measuring/courses/patient-summaries.ts";
import type { Column, Table } from "../../../table/table.ts";
import type { Pulse } from "../../metric.ts";

/** What becomes of each patient, beside what was known of the patient before. */
export interface Outcome {
  /** the last known cell of each patient who has a history */
  readonly outcome: AlignedColumn;
  readonly history: readonly AlignedColumn[];
  /** it changes within patients, so that the last visit is the outcome's and not history */
  readonly changes: boolean;
}

/**
 * `target` at the end of each course, and summaries of the course before: of every column but the target, the end of
 * follow-up and what is marked for survival; nor how many visits there were, how long or how far apart, since follow-up
 * ends with the outcome. Where the target changes, the last visit is left out, and patients of one visit.
 */
export async function outcomeOf(
  courses: AlignedCourses,
  target: CourseColumn,
  pulse: Pulse,
): Promise<Outcome> {
  const changes = !target.fixed;
  const rows = courses.sides.map((side, i) => lastKnownRows(side, knownIn(target, i)));
  const ends = cellsAt(target, rows);
  const kept = courses.sides.map((side) => patientsOf(side, changes ? 2 : 1));
  const sides = ends.sides.map((column, i) => taken(column, kept[i] as Int32Array));
  const before = changes ? withoutLastVisits(courses) : courses;
  const known = {
    ...before,
    columns: before.columns.filter(
      ({ name, cells: { schema } }) =>
        name !== target.name && schema.survival === undefined && schema.course === undefined,
    ),
  };
  const tables: Table[] = [];
  for (const side of known.sides.keys()) {
    await pulse();
    tables.push(patientSummaries(known, side, { timing: false }));
  }
  await pulse();
  const first = tables[0];
  return {
    outcome: asAligned(target, sides),
    history: first ? alignColumns(tables, columnNames(first)) : [],
    changes,
  };
}

/** Patients of at least so many visits. */
const patientsOf = ({ patients, starts }: CourseSide, visits: number): Int32Array =>
  Int32Array.from({ length: patients }, (_, p) => p).filter(
    (p) => (starts[p + 1] as number) - (starts[p] as number) >= visits,
  );

const taken = (column: Column, rows: Int32Array): Column =>
  column.type === "numeric"
    ? { ...column, values: Float64Array.from(rows, (row) => column.values[row] as number) }
    : { ...column, codes: rows.map((row) => column.codes[row] as number) };

function asAligned({ cells }: CourseColumn, sides: readonly Column[]): AlignedColumn {
  return cells.type === "numeric"
    ? { ...cells, values: sides.flatMap((side) => (side.type === "numeric" ? [side.values] : [])) }
    : { ...cells, codes: sides.flatMap((side) => (side.type === "coded" ? [side.codes] : [])) };
}

/** Each patient's visits but the last; who has only one is left out. */
function withoutLastVisits({ sides, columns, time }: AlignedCourses): AlignedCourses {
  const kept = sides.map(({ rows, whose }) =>
    Int32Array.from({ length: rows }, (_, row) => row).filter((row) => whose[row] === whose[row + 1]),
  );
  return {
    time,
    sides: sides.map((side, i) => shortened(side, kept[i] as Int32Array)),
    columns: columns.map((column) => {
      const { cells } = column;
      const own = (cells.type === "numeric" ? cells.values : cells.codes).map((_, side): Column =>
        cells.type === "numeric"
          ? { type: "numeric", values: cells.values[side] as Float64Array }
          : { type: "coded", codes: cells.codes[side] as Int32Array, levels: cells.levels },
      );
      return {
        ...column,
        cells: asAligned(
          column,
          own.map((one, side) => taken(one, kept[side] as Int32Array)),
        ),
      };
    }),
  };
}

function shortened({ times, whose }: CourseSide, kept: Int32Array): CourseSide {
  const owners = kept.map((row) => whose[row] as number);
  const starts = [...kept.keys()].filter((i) => i === 0 || owners[i] !== owners[i - 1]);
  const all = Int32Array.from([...starts, kept.length]);
  const again = new Int32Array(kept.length);
  for (let p = 0; p + 1 < all.length; p++) again.fill(p, all[p], all[p + 1]);
  return {
    patients: starts.length,
    rows: kept.length,
    starts: all,
    times: Float64Array.from(kept, (row) => times[row] as number),
    whose: again,
  };
}
