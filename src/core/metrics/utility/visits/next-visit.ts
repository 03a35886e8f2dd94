import { sortedPresent } from "../../../math/statistics.ts";
import type { AlignedColumn } from "../../measuring/align.ts";
import type { AlignedCourses, CourseColumn, CourseSide } from "../../measuring/courses/aligned-courses.ts";
import { visitPairs } from "../../measuring/courses/visit-pairs.ts";
import type { Pulse } from "../../metric.ts";
import { HOLDOUT, taskOf, TRAIN, wholeNumbers, type Task } from "../../measuring/prediction-task.ts";

const DAY = 86_400_000;

/** What the next visit is predicted from, and each column of it that can be. */
export interface NextVisit {
  /** a row for each pair of visits: the last known cells, running means, what never changes, the time between */
  readonly inputs: readonly AlignedColumn[];
  readonly tasks: readonly Task[];
}

type Numeric = Extract<AlignedColumn, { type: "numeric" }>;

/**
 * Predicting what changes from visit to visit: numbers as their ranks among the training rows (-1 to 1), or levels (and
 * numbers of up to ten whole values). Nothing that is only known later is an input: no target, follow-up or event that is
 * the same at all visits.
 */
export async function nextVisitOf(
  courses: AlignedCourses,
  of: "numbers" | "levels",
  pulse: Pulse,
): Promise<NextVisit> {
  const changing = courses.columns.filter(({ fixed }) => !fixed);
  const pairs = courses.sides.map(visitPairs);
  const previous = pairs.map((own) => own.previous);
  const ranked = new Map<CourseColumn, AlignedColumn>();
  for (const column of changing) {
    ranked.set(column, rankedCells(column));
    await pulse();
  }
  const inputs = [
    ...changing.flatMap((column) => {
      const cells = ranked.get(column) as AlignedColumn;
      const last = at(lastKnown(cells, courses.sides), previous);
      return cells.type === "numeric" ? [last, at(meanSoFar(cells, courses.sides), previous)] : [last];
    }),
    ...courses.columns.filter(knownFromTheStart).map((column) => at(rankedCells(column), previous)),
    gapColumn(
      courses,
      pairs.map(({ gap }) => gap),
    ),
  ];
  await pulse();
  const next = pairs.map((own) => own.next);
  const tasks = changing
    .filter(({ cells }) => isNumber(cells) === (of === "numbers"))
    .flatMap((column) => {
      const cells = at(of === "numbers" ? (ranked.get(column) as AlignedColumn) : column.cells, next);
      const task = of === "numbers" ? numberTask(cells) : taskOf(cells);
      return task === undefined || "reason" in task || fewPairs(task) ? [] : [task];
    })
    .map((task) => ({
      ...task,
      whose: task.rows.map((rows, side) => rows.map((pair) => pairs[side]?.patient[pair] as number)),
    }));
  return { inputs, tasks };
}

const LEAST_PAIRS = 20;
const fewPairs = ({ rows }: Task): boolean =>
  [TRAIN, HOLDOUT].some((side) => (rows[side]?.length ?? 0) < LEAST_PAIRS);

/** Held-out values that do not differ cannot be predicted; where synthetic rows have none, nothing is learned from them. */
function numberTask(cells: AlignedColumn): Task | undefined {
  if (cells.type === "coded") return undefined;
  const rows = cells.values.map((own) =>
    Int32Array.from(own.keys()).filter((row) => !Number.isNaN(own[row])),
  );
  const held = new Set(Array.from(rows[HOLDOUT] ?? [], (row) => cells.values[HOLDOUT]?.[row]));
  if (held.size < 2) return undefined;
  const targets = cells.values.map((values) => ({ type: "number", values }) as const);
  return { name: cells.schema.name, unit: "R²", targets, rows, classes: [] };
}

const isNumber = (cells: AlignedColumn): boolean =>
  cells.type === "numeric" && wholeNumbers(cells.values[TRAIN] as Float64Array) === undefined;

function knownFromTheStart({ fixed, cells }: CourseColumn): boolean {
  const { role, survival, course } = cells.schema;
  return fixed && role !== "target" && survival === undefined && course === undefined;
}

/** Numbers as shares below less shares above among the training cells; levels as they are. */
function rankedCells({ cells }: CourseColumn): AlignedColumn {
  if (cells.type === "coded") return cells;
  const sorted = sortedPresent(cells.values[TRAIN] as Float64Array);
  const n = Math.max(1, sorted.length);
  const below = (value: number, orEqual: boolean): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const x = sorted[middle] as number;
      if (x < value || (orEqual && x === value)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const rank = (value: number): number =>
    Number.isNaN(value) ? NaN : (below(value, false) + below(value, true)) / n - 1;
  return { ...cells, values: cells.values.map((own) => own.map(rank)) };
}

/** The given rows of each side. */
function at(cells: AlignedColumn, rows: readonly Int32Array[]): AlignedColumn {
  return cells.type === "numeric"
    ? {
        ...cells,
        values: cells.values.map((own, side) =>
          Float64Array.from(rows[side] as Int32Array, (row) => own[row] as number),
        ),
      }
    : {
        ...cells,
        codes: cells.codes.map((own, side) => (rows[side] as Int32Array).map((row) => own[row] as number)),
      };
}

/** Each cell, or where it is missing the one known before it. */
function lastKnown(cells: AlignedColumn, sides: readonly CourseSide[]): AlignedColumn {
  const carried = <Cells extends Float64Array | Int32Array>(own: Cells, side: number): Cells => {
    const filled = own.slice() as Cells;
    const { whose } = sides[side] as CourseSide;
    for (let row = 1; row < filled.length; row++) {
      const value = filled[row] as number;
      const missing = cells.type === "numeric" ? Number.isNaN(value) : value < 0;
      if (missing && whose[row] === whose[row - 1]) filled[row] = filled[row - 1] as number;
    }
    return filled;
  };
  return cells.type === "numeric"
    ? { ...cells, values: cells.values.map(carried) }
    : { ...cells, codes: cells.codes.map(carried) };
}

/** The mean of a patient's known cells up to each row. */
function meanSoFar(cells: Numeric, sides: readonly CourseSide[]): AlignedColumn {
  const values = cells.values.map((own, side) => {
    const { whose } = sides[side] as CourseSide;
    let [sum, known] = [0, 0];
    return own.map((value, row) => {
      if (row === 0 || whose[row] !== whose[row - 1]) [sum, known] = [0, 0];
      if (!Number.isNaN(value)) [sum, known] = [sum + value, known + 1];
      return known > 0 ? sum / known : NaN;
    });
  });
  return { ...cells, schema: { ...cells.schema, name: `${cells.schema.name}, mean` }, values };
}

/** log(1 + the time between two visits), in days where visits have dates. */
function gapColumn({ time }: AlignedCourses, gaps: readonly Float64Array[]): AlignedColumn {
  const unit = time.kind === "datetime" ? DAY : 1;
  const values = gaps.map((own) => own.map((gap) => Math.log1p(Math.max(0, gap / unit))));
  return { type: "numeric", schema: { ...time, name: `${time.name}, gap` }, values };
}
