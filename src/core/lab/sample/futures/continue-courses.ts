import { createRng } from "../../../math/rng.ts";
import { findSynthesizer } from "../../../synthesizers/registry.ts";
import { FaultError } from "../../../fault.ts";
import { takeRows, type Column, type ColumnSchema, type Schema, type Table } from "../../../table/table.ts";
import { createPutBack } from "../../left-out.ts";
import type { TrainedModel } from "../../model-file/model-file.ts";
import type { Asked } from "../asked.ts";
import { patientColumn } from "../patient-column.ts";
import type { GivenPatients } from "./given-patients.ts";

export interface FutureRequest extends Pick<Asked, "visits" | "until" | "tries"> {
  /** of each patient */
  readonly futures: number;
  readonly seed: number;
  /** a given patient: no more is drawn than the block that holds its futures, the same ones as among all */
  readonly only?: number;
}

/** Visits of some given patients' futures. */
export interface FuturePart {
  /**
   * The model's columns with the number of the future, from 1, behind the patient: rows of a future beside each other, in the
   * order of time. `patients` counts futures: p * futures + k for the k-th of the p-th given patient, both from 0.
   */
  readonly table: Table;
  /** given patients so far */
  readonly patients: number;
  /** of these, those without any further visit, by their place among the given ones */
  readonly without: readonly number[];
}

/** Futures of one call of the model: few, since whoever looks at one patient waits for all of its block. */
const MOST_FUTURES = 500;
export const MOST_FUTURES_ASKED = 1000;

/**
 * `futures` continuations of each patient of `given`, block by block: only the visits that follow. A patient's id, and every
 * column that does not change within a patient, are those of the file, cell for cell; other ids are made up, none of the
 * file's. A patient whose course has ended gets no row. Same model, file, seed and request, same rows. Throws FaultError
 * `bad-use`; ending the iteration early frees the model.
 */
export async function* continueCourses(
  model: TrainedModel,
  given: GivenPatients,
  { futures, seed, visits, until, tries, only }: FutureRequest,
): AsyncGenerator<FuturePart> {
  const loaded = await findSynthesizer(model.artifact.synthesizer).load(model.artifact);
  const rng = createRng(seed);
  const finish = createFinish(model, given, futures, seed);
  const request = {
    ...(visits && { visits }),
    ...(until !== undefined && { until }),
    ...(tries !== undefined && { tries }),
  };
  const size = Math.max(1, Math.floor(MOST_FUTURES / futures));
  const without: number[] = [];
  try {
    if (loaded.courses === undefined)
      throw new FaultError({
        code: "bad-use",
        message: "This model draws rows, not patients over time: it cannot continue a patient.",
      });
    const from = only === undefined ? 0 : size * Math.floor(only / size);
    const all = only === undefined ? given.ids.length : Math.min(given.ids.length, from + size);
    for (let first = from; first < all; first += size) {
      const end = Math.min(all, first + size);
      const open = range(first, end).filter((patient) => given.ended[patient] !== 1);
      const stream = rng.fork(`continue from ${first}`);
      const past = visitsOf(given.visits, given.starts, open);
      const drawn = open.length === 0 ? past : await loaded.courses.goOn(past, futures, stream, request);
      const whose = (future: number): number => open[Math.floor(future / futures)] as number;
      const of = open.length === 0 ? new Int32Array(0) : (drawn.patients as Int32Array);
      const patients = of.map((future) => whose(future) * futures + (future % futures));
      const seen = new Set(of.map(whose));
      without.push(...range(first, end).filter((patient) => !seen.has(patient)));
      const rows = open.length === 0 ? takeRows(drawn, []) : drawn;
      yield { table: finish({ ...rows, patients }), patients: end, without: [...without] };
    }
  } finally {
    loaded.dispose();
  }
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** The visits of some patients, counted anew from 0. */
function visitsOf(visits: Table, starts: Int32Array, patients: readonly number[]): Table {
  const rows = patients.flatMap((p) => range(starts[p] as number, starts[p + 1] as number));
  const own = patients.flatMap((p, i) =>
    Array.from({ length: (starts[p + 1] as number) - (starts[p] as number) }, () => i),
  );
  return { ...takeRows(visits, rows), patients: Int32Array.from(own) };
}

/** The columns of a file of futures: the model's, with the future's number behind the patient. */
export function futureSchema(model: TrainedModel, { whole }: Pick<GivenPatients, "whole">): Schema {
  const named = patientColumn(model);
  const kept = keptColumns(model);
  const columns = model.schema.columns.map((column, i) => {
    const own = whole.schema.columns.find(({ name }) => name === column.name);
    if (own === undefined || !kept.has(column.name)) return column;
    return model.filling[i] === "learned"
      ? asFine(column, own)
      : { ...own, missingToken: column.missingToken };
  });
  const at = columns.findIndex(({ name }) => name === named) + 1;
  return { ...model.schema, columns: [...columns.slice(0, at), numberOf(model), ...columns.slice(at)] };
}

/** Columns whose cells are those of the file. */
const keptColumns = (model: TrainedModel): ReadonlySet<string> =>
  new Set([patientColumn(model), ...(model.courses?.statics ?? [])]);

/** With as many decimals as the file has, so that no cell of it is cut. */
const asFine = (column: ColumnSchema, { number }: ColumnSchema): ColumnSchema =>
  column.number === undefined || number === undefined
    ? column
    : {
        ...column,
        number: { ...column.number, decimals: Math.max(column.number.decimals, number.decimals) },
      };

/** “future”, or “future 2” where the table has such a column. */
function numberOf({ schema }: TrainedModel): ColumnSchema {
  const taken = new Set(schema.columns.map(({ name }) => name));
  let name = "future";
  for (let n = 2; taken.has(name); n++) name = `future ${n}`;
  const number = { decimals: 0, decimalMark: ".", thousandsMark: "" } as const;
  return { name, kind: "integer", role: "feature", reason: "", missingToken: "", number };
}

/** Takes drawn visits, whose patients count futures, and gives them as the file has them. */
function createFinish(
  model: TrainedModel,
  given: GivenPatients,
  futures: number,
  seed: number,
): (drawn: Table) => Table {
  const { whole, starts } = given;
  const named = patientColumn(model);
  const schema = futureSchema(model, given);
  const putBack = createPutBack({ ...model, seed, source: whole });
  const kept = keptColumns(model);
  const carried = new Map(
    whole.schema.columns.flatMap(({ name }, i) =>
      kept.has(name) ? [[name, whole.columns[i] as Column] as const] : [],
    ),
  );
  return (drawn) => {
    const patients = drawn.patients as Int32Array;
    const firsts = patients.map((future) => starts[Math.floor(future / futures)] as number);
    const made = putBack(drawn);
    const columns = made.columns.map((column, i) => {
      const own = carried.get((made.schema.columns[i] as ColumnSchema).name);
      return own === undefined ? column : takeCells(own, firsts);
    });
    const at = made.schema.columns.findIndex(({ name }) => name === named) + 1;
    const number: Column = {
      type: "numeric",
      values: Float64Array.from(patients, (future) => (future % futures) + 1),
    };
    return {
      name: made.name,
      rows: made.rows,
      columns: [...columns.slice(0, at), number, ...columns.slice(at)],
      schema,
      patients,
    };
  };
}

const takeCells = (column: Column, rows: Int32Array): Column =>
  column.type === "numeric"
    ? { type: "numeric", values: Float64Array.from(rows, (row) => column.values[row] as number) }
    : { type: "coded", levels: column.levels, codes: rows.map((row) => column.codes[row] as number) };
