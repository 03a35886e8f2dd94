import { takeRows, type Table } from "../../../table/table.ts";
import { timeColumn } from "../../../visits/courses.ts";
import { countedIn } from "../../../words/time-unit.ts";
import { concatenate } from "../concatenate.ts";
import type { TrainedModel } from "../../model-file/model-file.ts";
import { continueCourses, type FutureRequest } from "./continue-courses.ts";
import { futureBands, type FutureBands } from "./future-bands.ts";
import type { GivenPatients } from "./given-patients.ts";

/** What can be looked at of given patients: learned columns that change from visit to visit, but for the time. */
export const changingColumns = ({ schema, filling, courses }: TrainedModel): string[] =>
  schema.columns
    .filter(
      ({ name, course }, i) =>
        filling[i] === "learned" && course !== "time" && courses?.statics.includes(name) !== true,
    )
    .map(({ name }) => name);

/** In what times are counted: days where they are dates, else the column's own unit; undefined where that is not known. */
export function timeUnit({ schema }: Pick<TrainedModel, "schema">): string | undefined {
  const i = timeColumn(schema);
  const column = i === undefined ? undefined : schema.columns[i];
  return column && countedIn(column);
}

/**
 * The bands of one given patient's futures in one column, and its last given cell there: of the futures that a file of all
 * patients has of it. Throws FaultError as `continueCourses` does.
 */
export async function patientBands(
  model: TrainedModel,
  given: GivenPatients,
  patient: number,
  column: string,
  request: FutureRequest,
): Promise<{ bands: FutureBands; last?: number | string }> {
  const tables = [];
  for await (const { table } of continueCourses(model, given, { ...request, only: patient }))
    tables.push(takeRows(table, futuresOf(table, patient, request.futures)));
  const { visits, starts } = given;
  const row = (starts[patient + 1] as number) - 1;
  const place = visits.schema.columns.findIndex(({ name }) => name === column);
  const cells = visits.columns[place];
  const times = visits.columns[timeColumn(visits.schema) ?? -1];
  const cell = cells?.type === "coded" ? cells.levels[cells.codes[row] as number] : cells?.values[row];
  const known = typeof cell === "number" && Number.isNaN(cell) ? undefined : cell;
  const time = times?.type === "numeric" ? (times.values[row] as number) : NaN;
  const endings = (model.courses?.endings ?? []).flatMap((ending) =>
    ending.column === column ? [ending.level] : [],
  );
  const bands = futureBands(concatenate(tables), column, { time, cell: known }, request.futures, endings);
  return { bands, ...(known !== undefined && { last: known }) };
}

/** The rows of one patient's futures. */
const futuresOf = ({ patients }: Table, patient: number, futures: number): number[] =>
  Array.from(patients ?? []).flatMap((future, row) =>
    Math.floor(future / futures) === patient ? [row] : [],
  );
