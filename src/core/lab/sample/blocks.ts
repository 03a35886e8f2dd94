import { FaultError } from "../../fault.ts";
import { createRng, type Rng } from "../../math/rng.ts";
import { findSynthesizer } from "../../synthesizers/registry.ts";
import type { Model, Synthesizer } from "../../synthesizers/synthesizer.ts";
import { takeRows, type Table } from "../../table/table.ts";
import type { TrainedModel } from "../model-file/model-file.ts";
import { patientRequest, rowRequest, summing, unmet, type Asked, type Wanted } from "./asked.ts";

/** Rows are drawn in blocks of at most this many, each from its own stream, so that asking for more keeps the rows before. */
const BLOCK = 5000;
const FIRST_BLOCK = 100;
/** Patients of the first block, and of the largest; the ones between double. A model draws at most so many at once. */
const FIRST_PATIENTS = 50;
const MOST_PATIENTS = 2000;
/** About so many visits a block, by the visits that a patient had in what was learned from. */
const VISITS_A_BLOCK = 20_000;

/** A piece of what is drawn. */
export interface Block {
  readonly table: Table;
  /** where whole patients are drawn: how many so far */
  readonly patients?: number;
  /** the last patient's visits, where they end for the number of rows that was asked for */
  readonly cut?: number;
}

/**
 * Synthetic rows of the learned columns, block by block; the last one is cut. A model of patients over time draws whole patients,
 * whose rows stand beside each other, until there are patients, or rows, enough; `Table.patients` counts them through all
 * blocks. Same model, seed and machine, same rows, and the first ones are the same however many are asked for. Fewer come
 * where a later block finds too few that are what was asked for. Ending the iteration early frees the model.
 * Throws FaultError `bad-use` where the model cannot be asked that.
 */
export async function* sampleBlocks(
  model: TrainedModel,
  wanted: Wanted,
  seed: number,
  asked?: Asked,
  find: (id: string) => Synthesizer = findSynthesizer,
): AsyncGenerator<Block> {
  const loaded = await find(model.artifact.synthesizer).load(model.artifact);
  const rng = createRng(seed);
  const told = asked && { ...asked, onAcceptance: summing(asked.onAcceptance) };
  try {
    if (loaded.courses !== undefined) yield* patientBlocks(loaded.courses, model, wanted, rng, told);
    else if (typeof wanted === "number") yield* rowBlocks(loaded, wanted, rng, told);
    else
      throw new FaultError({
        code: "bad-use",
        message: "This model draws rows, not patients over time: ask for rows.",
      });
  } finally {
    loaded.dispose();
  }
}

/**
 * Rows of the block that begins at row `first`. Under a condition blocks begin small and double: a few rows that are
 * rare to come by would else wait for 5,000 of them.
 */
function blockAt(first: number, asked: Asked | undefined): number {
  const asksMore = (asked?.where?.length ?? 0) > 0 || asked?.shares !== undefined;
  return asksMore ? Math.min(BLOCK, Math.max(FIRST_BLOCK, first)) : BLOCK;
}

async function* rowBlocks(
  model: Model,
  rows: number,
  rng: Rng,
  asked: Asked | undefined,
): AsyncGenerator<Block> {
  const request = rowRequest(asked);
  for (let first = 0; first < rows;) {
    const size = blockAt(first, asked);
    const table = await model.sample(size, rng.fork(`rows from ${first}`), request).catch(unmet(first, rows));
    if (table === undefined) return;
    yield { table: rows - first >= size ? table : firstRows(table, rows - first) };
    first += size;
  }
}

async function* patientBlocks(
  courses: NonNullable<Model["courses"]>,
  model: TrainedModel,
  wanted: Wanted,
  rng: Rng,
  asked: Asked | undefined,
): AsyncGenerator<Block> {
  const request = patientRequest(asked);
  const most = mostPatients(model);
  let [patients, rows] = [0, 0];
  while (typeof wanted === "number" ? rows < wanted : patients < wanted.patients) {
    const size = Math.min(most, Math.max(FIRST_PATIENTS, patients));
    const drawn = await courses
      .sample(size, rng.fork(`patients from ${patients}`), request)
      .catch(unmet(patients, wanted));
    if (drawn === undefined || drawn.rows === 0) return;
    const block = cutTo(counted(drawn, patients), patients, rows, wanted);
    patients += size;
    rows += block.table.rows;
    yield block;
  }
}

/** Patients of the largest block. */
function mostPatients({ facts }: TrainedModel): number {
  const { rows, patients } = facts.learned ?? { rows: 1, patients: 1 };
  const visits = Math.max(1, rows / Math.max(1, patients ?? rows));
  return Math.max(FIRST_PATIENTS, Math.min(MOST_PATIENTS, Math.round(VISITS_A_BLOCK / visits)));
}

/** The patients of a block counted on from those before it. */
function counted(table: Table, before: number): Table {
  if (table.patients === undefined) throw new Error("A model of courses does not say whose rows it draws.");
  return { ...table, patients: table.patients.map((patient) => patient + before) };
}

/** The block as far as it is wanted. */
function cutTo(table: Table, before: number, rowsBefore: number, wanted: Wanted): Block {
  const patients = table.patients as Int32Array;
  if (typeof wanted !== "number") {
    const rows = patients.findIndex((patient) => patient >= wanted.patients);
    const last = patients.at(-1);
    const count = last === undefined ? before : Math.min(last + 1, wanted.patients);
    return { table: rows < 0 ? table : firstRows(table, rows), patients: count };
  }
  const rows = Math.min(table.rows, wanted - rowsBefore);
  const last = patients[rows - 1] ?? before;
  const shown = rows === table.rows ? table : firstRows(table, rows);
  const isCut = patients[rows] === last;
  const visits = isCut ? rows - patients.indexOf(last) : undefined;
  return { table: shown, patients: last + 1, ...(visits !== undefined && { cut: visits }) };
}

export function firstRows(table: Table, rows: number): Table {
  return takeRows(
    table,
    Int32Array.from({ length: rows }, (_, i) => i),
  );
}
