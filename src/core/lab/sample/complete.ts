import { FaultError } from "../../fault.ts";
import { createRng } from "../../math/rng.ts";
import { findSynthesizer } from "../../synthesizers/registry.ts";
import type { SchemaChange } from "../../table/profile.ts";
import { reviseTable } from "../../table/read/revise.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";
import { isMissingCell, selectColumns, takeRows } from "../../table/table.ts";
import type { TrainedModel } from "../model-file/model-file.ts";
import { completeCourses } from "./complete-courses.ts";
import { patientColumn } from "./patient-column.ts";

/** Rows that are completed at once, each block from its own stream. */
const BLOCK = 2000;

/**
 * The learned columns of `fitting` (`asLearned`) block by block, every missing cell drawn given the rest of its row. What
 * was given stands in them as it was read, not as it was written: `fillFile` makes a file of them. `gated`: also cells that
 * a rule of the model leaves empty. A model of patients over time draws them given all visits of the patient; it throws
 * FaultError `no-patient-column`.
 */
export async function* completeBlocks(
  model: TrainedModel,
  fitting: Table,
  seed: number,
  gated = false,
): AsyncGenerator<Table> {
  const places = learnedPlaces(fitting, model);
  const rng = createRng(seed);
  const loaded = await findSynthesizer(model.artifact.synthesizer).load(model.artifact);
  try {
    if (loaded.courses !== undefined) {
      const given = { ...selectColumns(fitting, places), patients: patientsOf(fitting, model) };
      yield* completeCourses(loaded, given, rng, gated);
      return;
    }
    for (let first = 0; first < fitting.rows; first += BLOCK) {
      const count = Math.min(BLOCK, fitting.rows - first);
      const rows = takeRows(
        fitting,
        Int32Array.from({ length: count }, (_, i) => first + i),
      );
      const complete = selectColumns(rows, places);
      yield await loaded.sample(count, rng.fork(`complete from ${first}`), { complete, gated });
    }
  } finally {
    loaded.dispose();
  }
}

/** Whose row each is, by the model's patient column; a row without an id is a patient of its own. */
function patientsOf(table: Table, model: TrainedModel): Int32Array {
  const named = patientColumn(model);
  const place = table.schema.columns.findIndex(({ name }) => name === named);
  const ids = table.columns[place];
  if (ids === undefined) throw new FaultError({ code: "no-patient-column", file: table.name, column: named });
  const cells = ids.type === "coded" ? ids.codes : ids.values;
  const known = new Map<number, number>();
  let patients = 0;
  return Int32Array.from({ length: table.rows }, (_, row) => {
    const id = cells[row] as number;
    const patient = isMissingCell(ids, row) ? undefined : known.get(id);
    if (patient !== undefined) return patient;
    if (!isMissingCell(ids, row)) known.set(id, patients);
    return patients++;
  });
}

const learnedColumnsOf = ({ schema, filling }: TrainedModel): ColumnSchema[] =>
  schema.columns.filter((_, i) => filling[i] === "learned");

/** Where each learned column stands in `table`. */
export function learnedPlaces(table: Table, model: TrainedModel): number[] {
  const names = table.schema.columns.map(({ name }) => name);
  const missing = learnedColumnsOf(model).filter(({ name }) => !names.includes(name));
  if (missing.length > 0)
    throw new FaultError({ code: "columns-differ", missing: missing.map(({ name }) => name), extra: [] });
  return learnedColumnsOf(model).map(({ name }) => names.indexOf(name));
}

const NUMBERS: ReadonlySet<string> = new Set(["integer", "decimal", "datetime"]);

/** The changes that make `table`'s learned columns the kinds of `model`, and learned where too few share their levels. */
export function kindsToLearn(table: Table, model: Pick<TrainedModel, "schema" | "filling">): SchemaChange[] {
  return learnedColumnsOf(model as TrainedModel).flatMap(({ name, kind, role }): SchemaChange[] => {
    const found = table.schema.columns.find((column) => column.name === name);
    if (found?.kind === kind && found.role === "omit") return [{ type: "role", column: name, role }];
    if (found === undefined || found.kind === kind || (!NUMBERS.has(kind) && !NUMBERS.has(found.kind)))
      return [];
    if (NUMBERS.has(kind) && NUMBERS.has(found.kind) && (kind === "datetime") === (found.kind === "datetime"))
      return [];
    return [{ type: "kind", column: name, kind: kind === "constant" ? "category" : kind }];
  });
}

/** `table` with its learned columns read as `model` learned them. Throws FaultError `columns-differ`. */
export function asLearned(table: Table, model: TrainedModel): Table {
  const changes = kindsToLearn(table, model);
  if (changes.length === 0) return finelyWritten(table, model);
  const revised = reviseTable(table, changes);
  if (revised.status === "revised") return finelyWritten(revised.table, model);
  const names = changes.flatMap((change) => ("column" in change ? [change.column] : []));
  throw new FaultError({ code: "columns-differ", missing: names, extra: [] });
}

/** `table` with as many decimals as the model draws, so that no filled cell is cut when it is written. */
function finelyWritten(table: Table, model: TrainedModel): Table {
  const learned = new Map(learnedColumnsOf(model).map((column) => [column.name, column]));
  const columns = table.schema.columns.map((column): ColumnSchema => {
    const own = learned.get(column.name);
    if (own?.number !== undefined && column.number !== undefined)
      return {
        ...column,
        number: { ...column.number, decimals: Math.max(column.number.decimals, own.number.decimals) },
      };
    return column;
  });
  return { ...table, schema: { ...table.schema, columns } };
}
