import { takeRows } from "../../../table/table.ts";
import { timeColumn } from "../../../visits/courses.ts";
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
  return column?.kind === "datetime" ? "days" : column?.unit;
}

/**
 * The bands of one given patient's futures in one column, and its last given cell there; another stream than that of a file of
 * all patients. Throws FaultError as `continueCourses` does.
 */
export async function patientBands(
  model: TrainedModel,
  given: GivenPatients,
  patient: number,
  column: string,
  request: FutureRequest,
): Promise<{ bands: FutureBands; last?: number | string }> {
  const alone = onlyPatient(given, patient);
  const tables = [];
  for await (const { table } of continueCourses(model, alone, request)) tables.push(table);
  const row = alone.visits.rows - 1;
  const place = alone.visits.schema.columns.findIndex(({ name }) => name === column);
  const cells = alone.visits.columns[place];
  const times = alone.visits.columns[timeColumn(alone.visits.schema) ?? -1];
  const cell = cells?.type === "coded" ? cells.levels[cells.codes[row] as number] : cells?.values[row];
  const known = typeof cell === "number" && Number.isNaN(cell) ? undefined : cell;
  const time = times?.type === "numeric" ? (times.values[row] as number) : NaN;
  const endings = (model.courses?.endings ?? []).flatMap((ending) =>
    ending.column === column ? [ending.level] : [],
  );
  const bands = futureBands(concatenate(tables), column, { time, cell: known }, request.futures, endings);
  return { bands, ...(known !== undefined && { last: known }) };
}

function onlyPatient(given: GivenPatients, patient: number): GivenPatients {
  const [start, end] = [given.starts[patient] as number, given.starts[patient + 1] as number];
  const rows = Array.from({ length: end - start }, (_, i) => start + i);
  const patients = new Int32Array(rows.length);
  return {
    visits: { ...takeRows(given.visits, rows), patients },
    whole: { ...takeRows(given.whole, rows), patients },
    starts: Int32Array.of(0, rows.length),
    ids: [given.ids[patient] as string],
    ended: Uint8Array.of(given.ended[patient] ?? 0),
    notes: [],
  };
}
