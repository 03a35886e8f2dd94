import { FaultError } from "../../../fault.ts";
import type { SchemaChange } from "../../../table/profile.ts";
import { cellFormatter } from "../../../table/formats/format-cell.ts";
import { isMissingCell, takeRows, type Column, type ColumnSchema, type Table } from "../../../table/table.ts";
import { endColumn, timeColumn } from "../../../visits/courses.ts";
import type { TrainedModel } from "../../model-file/model-file.ts";
import { patientColumn } from "../patient-column.ts";
import { asLearned, kindsToLearn, learnedPlaces } from "../complete.ts";

/** Patients of a file as a model of patients over time takes them. */
export interface GivenPatients {
  /** The model's learned columns and `patients`, counted from 0; rows of a patient beside each other, in the order of time. */
  readonly visits: Table;
  /** All columns of the file, rows as in `visits`. */
  readonly whole: Table;
  /** First row of each patient, and behind the last the number of rows. */
  readonly starts: Int32Array;
  /** Each patient's id, as the file writes it. */
  readonly ids: readonly string[];
  /** 1 for each patient whose course has ended: no visit can follow. */
  readonly ended: Uint8Array;
  /** What was left aside, one sentence each. */
  readonly notes: readonly string[];
}

const badUse = (message: string): FaultError => new FaultError({ code: "bad-use", message });
const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** The changes that make `table` the kinds and roles of `model`; for a file that has to be read with them. */
export function changesToContinue(table: Table, model: TrainedModel): SchemaChange[] {
  const column = patientColumn(model);
  const named = table.schema.columns.find(({ name }) => name === column);
  const role: SchemaChange[] =
    named === undefined || named.role === "identifier" ? [] : [{ type: "role", column, role: "identifier" }];
  return [...kindsToLearn(table, model), ...role];
}

/**
 * The patients of `table` as `model` learned them: columns found by name, each as the kind that was learned. Rows without a
 * patient or a time cannot be placed and are left aside. Throws FaultError `no-patient-column`, `columns-differ`, and `bad-use`
 * where no row is left or the model is one of rows.
 */
export function givenPatients(table: Table, model: TrainedModel): GivenPatients {
  const named = patientColumn(model);
  const place = table.schema.columns.findIndex(({ name }) => name === named);
  if (place < 0) throw new FaultError({ code: "no-patient-column", file: table.name, column: named });
  const fitting = asLearned(table, model);
  const learned = alike(fitting, model);
  const ids = fitting.columns[place] as Column;
  const time = learned.columns[timeColumn(learned.schema) ?? -1] as Column;
  const kept = Array.from({ length: table.rows }, (_, row) => row).filter(
    (row) => !isMissingCell(ids, row) && !isMissingCell(time, row),
  );
  if (kept.length === 0)
    throw badUse(
      `${table.name} has no row with both a patient (“${named}”) and a time: there is no visit to go on from.`,
    );
  const { rows, patients, starts } = inOrder(kept, ids, time);
  const visits = { ...takeRows(learned, rows), patients };
  const whole = { ...takeRows(fitting, rows), patients };
  const format = cellFormatter(whole.columns[place] as Column, fitting.schema.columns[place] as ColumnSchema);
  return {
    visits,
    whole,
    starts,
    ids: Array.from(starts.subarray(0, -1), (row) => format(row)),
    ended: endedOf(visits, starts, model),
    notes: [...leftAside(table.rows - kept.length), ...unknown(table, model)],
  };
}

/** The learned columns in the model's order, described as there. */
function alike(table: Table, model: TrainedModel): Table {
  const places = learnedPlaces(table, model);
  const columns = model.schema.columns.filter((_, i) => model.filling[i] === "learned");
  return {
    name: table.name,
    rows: table.rows,
    columns: places.map((i) => table.columns[i] as Column),
    schema: { ...table.schema, columns },
  };
}

/** Patients by their first row, the rows of each in the order of time. */
function inOrder(
  kept: readonly number[],
  ids: Column,
  time: Column,
): { rows: Int32Array; patients: Int32Array; starts: Int32Array } {
  const own = new Map<number, number[]>();
  for (const row of kept) {
    const id = (ids.type === "coded" ? ids.codes[row] : ids.values[row]) as number;
    const rows = own.get(id);
    if (rows === undefined) own.set(id, [row]);
    else rows.push(row);
  }
  const times =
    time.type === "numeric"
      ? time.values
      : new Float64Array(ids.type === "coded" ? ids.codes.length : ids.values.length);
  const sorted = [...own.values()].map((rows) =>
    rows.toSorted((a, b) => (times[a] as number) - (times[b] as number) || a - b),
  );
  const starts = new Int32Array(sorted.length + 1);
  sorted.forEach((rows, patient) => (starts[patient + 1] = (starts[patient] as number) + rows.length));
  return {
    rows: Int32Array.from(sorted.flat()),
    patients: Int32Array.from(sorted.flatMap((rows, patient) => rows.map(() => patient))),
    starts,
  };
}

/** A course has ended where its last visit has a level after which none follows, or lies at the end of follow-up. */
function endedOf({ columns, schema }: Table, starts: Int32Array, { courses }: TrainedModel): Uint8Array {
  const endings = (courses?.endings ?? []).flatMap(({ column, level }) => {
    const i = schema.columns.findIndex(({ name }) => name === column);
    return i < 0 ? [] : [{ column: columns[i] as Column, level }];
  });
  const [time, end] = [timeColumn(schema), endColumn(schema)].map((i) =>
    i === undefined ? undefined : columns[i],
  );
  return Uint8Array.from({ length: starts.length - 1 }, (_, patient) => {
    const last = (starts[patient + 1] as number) - 1;
    const over = endings.some(({ column, level }) => cellOf(column, last) === level);
    const bounded = end !== undefined && time !== undefined;
    return over || (bounded && (cellOf(time, last) as number) >= (cellOf(end, last) as number)) ? 1 : 0;
  });
}

const cellOf = (column: Column, row: number): string | number | undefined =>
  column.type === "numeric" ? column.values[row] : column.levels[column.codes[row] as number];

const leftAside = (rows: number): string[] =>
  rows === 0
    ? []
    : [
        `${plural(rows, "row")} without a patient or a time ${rows === 1 ? "is" : "are"} left aside: a visit without them has no place in a course.`,
      ];

function unknown(table: Table, { schema }: TrainedModel): string[] {
  const names = new Set(schema.columns.map(({ name }) => name));
  const extra = table.schema.columns.filter(({ name }) => !names.has(name)).map(({ name }) => `“${name}”`);
  if (extra.length === 0) return [];
  const shown = extra.slice(0, 8).join(", ") + (extra.length > 8 ? ` and ${extra.length - 8} more` : "");
  return [`Left aside, because the model does not know ${extra.length === 1 ? "it" : "them"}: ${shown}.`];
}
