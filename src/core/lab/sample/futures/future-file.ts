import type { ExportFormat } from "../../../export/formats.ts";
import type { Written } from "../../../export/table-writer.ts";
import { writeTable } from "../../../export/write-table.ts";
import type { Table } from "../../../table/table.ts";
import type { TrainedModel } from "../../model-file/model-file.ts";
import { continueCourses, futureSchema, type FuturePart, type FutureRequest } from "./continue-courses.ts";
import type { GivenPatients } from "./given-patients.ts";

/** A piece of a file of futures. */
export type FutureChunk = Written & Pick<FuturePart, "patients" | "without">;

/** `continueCourses` as a file, in chunks. The file holds real patients' ids and what does not change of them. */
export async function* futuresAs(
  format: ExportFormat,
  model: TrainedModel,
  given: GivenPatients,
  request: FutureRequest,
): AsyncGenerator<FutureChunk> {
  const schema = futureSchema(model, given);
  const visits = given.visits.rows / Math.max(1, given.ids.length);
  const rows = Math.round(given.ids.length * request.futures * visits);
  let told: Pick<FuturePart, "patients" | "without"> = { patients: 0, without: [] };
  async function* tables(): AsyncGenerator<Table> {
    for await (const { table, ...so } of continueCourses(model, given, request)) {
      told = so;
      yield table;
    }
  }
  const writing = { name: "futures", schema, rows };
  for await (const written of writeTable(format, writing, tables())) yield { ...written, ...told };
}

const MOST_NAMED = 5;

/** Which patients got no visit, and why; undefined where all did. */
export function withoutWords({ ids, ended }: GivenPatients, without: readonly number[]): string[] {
  const over = without.filter((patient) => ended[patient] === 1);
  const rest = without.filter((patient) => ended[patient] !== 1);
  const named = (patients: readonly number[]): string => {
    const shown = patients.slice(0, MOST_NAMED).map((patient) => ids[patient] ?? "");
    const more = patients.length - shown.length;
    if (more > 0) return `Patients ${shown.join(", ")} and ${more} more`;
    return patients.length === 1
      ? `Patient ${shown[0] ?? ""}`
      : `Patients ${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
  };
  const have = (patients: readonly number[]): string => (patients.length === 1 ? "has" : "have");
  return [
    ...(over.length > 0
      ? [
          `${named(over)} ${have(over)} no row: ${over.length === 1 ? "the course" : "their courses"} had already ended.`,
        ]
      : []),
    ...(rest.length > 0
      ? [`${named(rest)} ${have(rest)} no row: no further visit was drawn in any future.`]
      : []),
  ];
}
