import { isMissingCell, type Schema, type Table } from "../table/table.ts";

/** Rows of a table as courses: each patient's visits in the order of time. */
export interface Courses {
  /** The column of the time. */
  readonly time: number;
  /** Rows with a known patient, patient after patient by the patient's first row in the table, each in the order of time; equal times as they stand. */
  readonly rows: Int32Array;
  /** Where each patient begins in `rows`, and behind the last the number of rows: patients + 1. */
  readonly starts: Int32Array;
  /** Time of each row of the table; NaN = missing or infinite, which stands behind the known ones of its patient. */
  readonly times: Float64Array;
}

/** The column that says when a visit was, or undefined. */
export function timeColumn(schema: Schema): number | undefined {
  const i = schema.columns.findIndex((column) => column.course === "time");
  return i < 0 ? undefined : i;
}

/** The column that says when a patient's follow-up ended, or undefined. */
export function endColumn(schema: Schema): number | undefined {
  const i = schema.columns.findIndex((column) => column.course === "end");
  return i < 0 ? undefined : i;
}

/**
 * Whether the cell of the column that names the patient is missing in a row: such rows may be anybody's. Where all are, as in rows
 * that have no ids yet, `patients` alone says whose they are.
 */
function unknownPatient({ schema, columns }: Table): (row: number) => boolean {
  const id = columns[schema.columns.findIndex(({ role }) => role === "identifier")];
  if (id === undefined) return () => false;
  const some = id.type === "numeric" ? id.values.some(Number.isFinite) : id.codes.some((code) => code >= 0);
  return some ? (row) => isMissingCell(id, row) : () => false;
}

/**
 * The courses of a table whose patients have several rows and a time; undefined where they have none. Rows whose cell of the
 * column that names the patient is empty are in no course.
 */
export function coursesOf(table: Table): Courses | undefined {
  const time = timeColumn(table.schema);
  const { patients, rows } = table;
  if (time === undefined || patients === undefined) return undefined;
  const column = table.columns[time];
  if (column?.type !== "numeric") return undefined;
  const times = column.values.some((time) => Math.abs(time) === Infinity)
    ? column.values.map((time) => (Number.isFinite(time) ? time : NaN))
    : column.values;
  const order = new Map<number, number[]>();
  const isUnknown = unknownPatient(table);
  let known = 0;
  for (let row = 0; row < rows; row++) {
    if (isUnknown(row)) continue;
    known++;
    const patient = patients[row] as number;
    const own = order.get(patient);
    if (own === undefined) order.set(patient, [row]);
    else own.push(row);
  }
  if (order.size === known) return undefined;
  const later = (a: number, b: number): number => {
    const [s, t] = [times[a] as number, times[b] as number];
    if (s === t || (Number.isNaN(s) && Number.isNaN(t))) return a - b;
    if (Number.isNaN(s)) return 1;
    return Number.isNaN(t) ? -1 : s - t;
  };
  const sorted = new Int32Array(known);
  const starts = new Int32Array(order.size + 1);
  let [at, patient] = [0, 0];
  for (const own of order.values()) {
    sorted.set(own.toSorted(later), at);
    at += own.length;
    starts[++patient] = at;
  }
  return { time, rows: sorted, starts, times };
}
