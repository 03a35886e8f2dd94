import type { Table } from "../../../table/table.ts";
import type { AlignedCourses, CourseColumn, CourseSide } from "./aligned-courses.ts";
import { levelsColumn, numbersColumn, tableOfColumns, type NamedColumn } from "./named-columns.ts";
import { inTurn } from "./over-patients.ts";
import { visitPairs } from "./visit-pairs.ts";
import type { Pulse } from "../../metric.ts";

/**
 * Table `side` of courses as one row a patient: what stays the same, number of visits, duration, gaps; of every number that
 * changes its first, last, least, greatest and mean, standard deviation, mean change from visit to visit without its sign,
 * slope and share missing; of every category its first and last, the share of visits that change it, and the share missing.
 */
export function patientSummaries(
  courses: AlignedCourses,
  side: number,
  { timing: timed = true } = {},
): Table {
  const columns = summaries(courses, side, timed).flatMap((summary) => summary());
  return tableOfColumns((courses.sides[side] as CourseSide).patients, columns);
}

/** The same, others let through between columns. */
export async function patientSummariesInTurn(
  courses: AlignedCourses,
  side: number,
  pulse: Pulse,
): Promise<Table> {
  const columns = await inTurn(summaries(courses, side, true), pulse, (summary) => summary());
  return tableOfColumns((courses.sides[side] as CourseSide).patients, columns.flat());
}

/** What is to be found, part by part. */
function summaries(
  { sides, columns }: AlignedCourses,
  side: number,
  timed: boolean,
): (() => NamedColumn[])[] {
  const own = sides[side] as CourseSide;
  return [
    ...columns.filter(({ fixed }) => fixed).map((column) => () => [firstOf(column, side, own, column.name)]),
    ...(timed ? [() => timing(own)] : []),
    ...columns.filter(({ fixed }) => !fixed).map((column) => () => courseOf(column, side, own)),
  ];
}

/** One number a patient. */
const perPatient = ({ patients }: CourseSide, of: (patient: number) => number): Float64Array =>
  Float64Array.from({ length: patients }, (_, patient) => of(patient));

/** Visits, time from the first to the last, mean and spread of the gaps. */
function timing(own: CourseSide): NamedColumn[] {
  const { starts } = own;
  const { gap, patient } = visitPairs(own);
  const moments = momentsOf(gap, patient, own.patients);
  return [
    numbersColumn(
      "visits",
      perPatient(own, (p) => (starts[p + 1] as number) - (starts[p] as number)),
    ),
    numbersColumn("duration", durationsOf(own)),
    numbersColumn("mean gap", moments.mean),
    numbersColumn("spread of gaps", moments.spread),
  ];
}

/** Time from a patient's first visit to the last whose time is known; NaN where none is. */
export const durationsOf = (own: CourseSide): Float64Array =>
  perPatient(own, (p) => {
    const first = own.times[own.starts[p] as number] as number;
    for (let row = (own.starts[p + 1] as number) - 1; row >= (own.starts[p] as number); row--)
      if (!Number.isNaN(own.times[row])) return (own.times[row] as number) - first;
    return NaN;
  });

/** Mean and standard deviation (n - 1) of each patient's present values; NaN where there are too few. */
export function momentsOf(
  values: Float64Array,
  whose: Int32Array,
  patients: number,
): Record<"count" | "mean" | "spread", Float64Array> {
  const [count, mean, squares] = [0, 1, 2].map(() => new Float64Array(patients)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < values.length; i++) {
    const [value, p] = [values[i] as number, whose[i] as number];
    if (Number.isNaN(value)) continue;
    const n = (count[p] as number) + 1;
    const off = value - (mean[p] as number);
    count[p] = n;
    mean[p] = (mean[p] as number) + off / n;
    squares[p] = (squares[p] as number) + off * (value - (mean[p] as number));
  }
  return {
    count,
    mean: mean.map((value, p) => (count[p] ? value : NaN)),
    spread: squares.map((value, p) => {
      const n = count[p] as number;
      return n > 1 ? Math.sqrt(value / (n - 1)) : NaN;
    }),
  };
}

const present = (values: ArrayLike<number>, row: number): boolean => {
  const value = values[row] as number;
  return !Number.isNaN(value);
};

/** The first or last row of each patient with a cell; -1 where none has one. */
function rowsWith(own: CourseSide, has: (row: number) => boolean, last: boolean): Int32Array {
  return Int32Array.from({ length: own.patients }, (_, p) => {
    const [from, to] = [own.starts[p] as number, own.starts[p + 1] as number];
    for (let i = 0; i < to - from; i++) {
      const row = last ? to - 1 - i : from + i;
      if (has(row)) return row;
    }
    return -1;
  });
}

function firstOf({ cells }: CourseColumn, side: number, own: CourseSide, name: string): NamedColumn {
  return edgeOf(cells, side, own, name, false);
}

function edgeOf(
  cells: CourseColumn["cells"],
  side: number,
  own: CourseSide,
  name: string,
  last: boolean,
): NamedColumn {
  if (cells.type === "numeric") {
    const values = cells.values[side] as Float64Array;
    const rows = rowsWith(own, (row) => present(values, row), last);
    return numbersColumn(
      name,
      Float64Array.from(rows, (row) => (row < 0 ? NaN : (values[row] as number))),
    );
  }
  const codes = cells.codes[side] as Int32Array;
  const rows = rowsWith(own, (row) => (codes[row] as number) >= 0, last);
  return levelsColumn(
    name,
    rows.map((row) => (row < 0 ? -1 : (codes[row] as number))),
    cells.levels,
  );
}

function courseOf({ name, cells }: CourseColumn, side: number, own: CourseSide): NamedColumn[] {
  const edges = [
    edgeOf(cells, side, own, `${name}, first`, false),
    edgeOf(cells, side, own, `${name}, last`, true),
  ];
  if (cells.type === "numeric")
    return [...edges, ...numbersOf(name, cells.values[side] as Float64Array, own)];
  const codes = cells.codes[side] as Int32Array;
  return [
    ...edges,
    shareOf(`${name}, changed`, own, (row) => {
      return row > 0 && own.whose[row] === own.whose[row - 1] && codes[row] !== codes[row - 1];
    }),
    shareOf(`${name}, missing`, own, (row) => (codes[row] as number) < 0),
  ];
}

function numbersOf(name: string, values: Float64Array, own: CourseSide): NamedColumn[] {
  const { previous, next, patient } = visitPairs(own);
  const changes = Float64Array.from(next, (row, i) =>
    Math.abs((values[row] as number) - (values[previous[i] as number] as number)),
  );
  const { mean, spread } = momentsOf(values, own.whose, own.patients);
  const [least, most] = [Math.min, Math.max].map((of) => {
    const found = new Float64Array(own.patients).fill(NaN);
    values.forEach((value, row) => {
      const p = own.whose[row] as number;
      const known = found[p] as number;
      if (!Number.isNaN(value)) found[p] = Number.isNaN(known) ? value : of(known, value);
    });
    return found;
  }) as [Float64Array, Float64Array];
  return [
    numbersColumn(`${name}, mean`, mean),
    numbersColumn(`${name}, spread`, spread),
    numbersColumn(`${name}, least`, least),
    numbersColumn(`${name}, greatest`, most),
    numbersColumn(`${name}, mean change`, momentsOf(changes, patient, own.patients).mean),
    numbersColumn(`${name}, slope`, slopesOf(values, own)),
    shareOf(`${name}, missing`, own, (row) => Number.isNaN(values[row])),
  ];
}

/** Least squares of a number on time, of each patient's visits where both are known; NaN where time does not vary. */
export function slopesOf(values: Float64Array, { times, whose, patients }: CourseSide): Float64Array {
  const known = values.map((value, row) => (Number.isNaN(times[row]) ? NaN : value));
  const when = times.map((time, row) => (Number.isNaN(values[row]) ? NaN : time));
  const [x, y] = [momentsOf(when, whose, patients).mean, momentsOf(known, whose, patients).mean];
  const [products, squares] = [new Float64Array(patients), new Float64Array(patients)];
  for (let row = 0; row < values.length; row++) {
    const p = whose[row] as number;
    const dx = (when[row] as number) - (x[p] as number);
    if (Number.isNaN(dx)) continue;
    products[p] = (products[p] as number) + dx * ((known[row] as number) - (y[p] as number));
    squares[p] = (squares[p] as number) + dx * dx;
  }
  return products.map((product, p) => ((squares[p] as number) > 0 ? product / (squares[p] as number) : NaN));
}

/** Share of each patient's visits that are so. */
function shareOf(name: string, own: CourseSide, is: (row: number) => boolean): NamedColumn {
  const found = new Float64Array(own.patients);
  for (let row = 0; row < own.rows; row++)
    if (is(row)) found[own.whose[row] as number] = (found[own.whose[row] as number] as number) + 1;
  const shares = found.map((n, p) => n / ((own.starts[p + 1] as number) - (own.starts[p] as number)));
  return numbersColumn(name, shares);
}
