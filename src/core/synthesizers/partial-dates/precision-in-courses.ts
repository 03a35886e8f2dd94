import { coarsened, partialDates } from "../../codec/columns/partial-dates.ts";
import { firstEqual } from "../../math/first-equal.ts";
import type { Rng } from "../../math/rng.ts";
import type { Column, ColumnSchema, DateFormat, NumericColumn, Table } from "../../table/table.ts";
import type { CourseModel, SampleRequest } from "../synthesizer.ts";
import { meeting, wholeOf } from "./whole-dates.ts";

/** What was given of the patients of drawn visits. */
interface Given {
  readonly table: Table;
  /** of a row of the drawn table: whose it is among the patients of `table` */
  readonly patientOf: (row: number) => number;
}

/** `courses` with dates as exact as their formats say. */
export const keepingInCourses = (courses: CourseModel): CourseModel => ({
  async sample(patients, rng, request) {
    const dice = rng.fork("precision");
    return precise(await courses.sample(patients, rng, request), dice, request?.where);
  },
  async goOn(given, futures, rng, request) {
    const dice = rng.fork("precision");
    const drawn = await courses.goOn(wholeOf(given), futures, rng, request);
    const whose = given.patients ?? Int32Array.from({ length: given.rows }, (_, row) => row);
    const inOrder = [...new Set(whose)];
    const patientOf = (row: number): number =>
      inOrder[Math.floor((drawn.patients?.[row] ?? 0) / futures)] as number;
    return precise(drawn, dice, request?.where, { table: { ...given, patients: whose }, patientOf });
  },
});

/** Drawn visits with dates as exact as their formats say, or those of the table that was to be completed. */
export function visitsWithPrecision(
  table: Table,
  rng: Rng,
  { complete, where }: Pick<SampleRequest, "complete" | "where"> = {},
): Table {
  if (complete?.patients === undefined) return precise(table, rng, where);
  const { patients } = complete;
  const { columns } = precise(table, rng, where, {
    table: complete,
    patientOf: (row) => patients[row] as number,
  });
  const given = columns.map((column, j): Column => {
    const own = complete.columns[j];
    if (column.type !== "numeric" || own?.type !== "numeric") return column;
    const values = column.values.map((value, row) => {
      const cell = own.values[row] as number;
      return Number.isFinite(cell) ? cell : value;
    });
    return { type: "numeric", values };
  });
  return { ...table, columns: given };
}

/**
 * A date that stays the same within a patient tells the same at every visit, as it was given where it was; the time of a
 * visit tells less only where that does not put it before the visit before it.
 */
function precise(table: Table, rng: Rng, where: SampleRequest["where"], given?: Given): Table {
  const { schema } = given?.table ?? table;
  const { patients = new Int32Array(table.rows) } = table;
  const columns = [...table.columns];
  for (const j of partialDates({ schema })) {
    const { name, date, course } = schema.columns[j] as ColumnSchema;
    const column = columns[j] as Column;
    if (column.type !== "numeric") continue;
    const dice = rng.fork(name);
    const meets = meeting(where ?? [], name);
    const isTime = course === "time";
    const first = isTime ? undefined : firstOfSame(column, patients);
    const before = timesBefore(column, patients, isTime ? given : undefined, j);
    const values = coarsened(
      first ? column.values.map((value, row) => (first[row] === row ? value : NaN)) : column.values,
      date as DateFormat,
      dice,
      (row, value) => meets(value) && (!isTime || value > (before[row] as number)),
    );
    const told = first ? values.map((_, row) => values[first[row] as number] as number) : values;
    columns[j] = { type: "numeric", values: given ? asGiven(told, column, given, j) : told };
  }
  return { ...table, columns };
}

/** The first row of the same patient with the same date, of a column that never changes within one; else undefined. */
function firstOfSame({ values }: NumericColumn, patients: Int32Array): Int32Array | undefined {
  const first = firstEqual(Float64Array.from(patients));
  const same = values.every((value, row) => Object.is(value, values[first[row] as number]));
  return same ? first : undefined;
}

/** The time of the visit before each, the last that was given before a patient's first; -Infinity before that. */
function timesBefore(
  { values }: NumericColumn,
  patients: Int32Array,
  given: Given | undefined,
  j: number,
): Float64Array {
  const last = new Map<number, number>();
  const own = given?.table.columns[j];
  if (own?.type === "numeric")
    own.values.forEach((value, row) => {
      const patient = given?.table.patients?.[row] as number;
      if (Number.isFinite(value)) last.set(patient, Math.max(value, last.get(patient) ?? -Infinity));
    });
  return values.map((_, row) => {
    if (row > 0 && patients[row] === patients[row - 1]) return values[row - 1] as number;
    return given ? (last.get(given.patientOf(row)) ?? -Infinity) : -Infinity;
  });
}

/** `told` with what was given of a patient where the model's whole date is the one that stood for it. */
function asGiven(
  told: Float64Array,
  drawn: NumericColumn,
  { table, patientOf }: Given,
  j: number,
): Float64Array {
  const whole = wholeOf(table).columns[j];
  const own = table.columns[j];
  if (whole?.type !== "numeric" || own?.type !== "numeric") return told;
  const known = new Map<string, number>();
  whole.values.forEach((value, row) =>
    known.set(`${table.patients?.[row]} ${value}`, own.values[row] as number),
  );
  return told.map((value, row) => known.get(`${patientOf(row)} ${drawn.values[row]}`) ?? value);
}
