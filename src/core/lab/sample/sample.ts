import { type ExportFormat } from "../../export/formats.ts";
import type { Written } from "../../export/table-writer.ts";
import { writeTable } from "../../export/write-table.ts";
import { asFault, FaultError } from "../../fault.ts";
import { createRng } from "../../math/rng.ts";
import { findSynthesizer } from "../../synthesizers/registry.ts";
import type { Acceptance, SampleRequest } from "../../synthesizers/synthesizer.ts";
import { takeRows, type Column, type Table } from "../../table/table.ts";
import { createPutBack } from "../left-out.ts";
import type { TrainedModel } from "../model-file/model-file.ts";

/** Rows are drawn in blocks of at most this many, each from its own stream, so that asking for more keeps the rows before. */
const BLOCK = 5000;
const FIRST_BLOCK = 100;

/** What is asked of the rows. `onAcceptance` is told after each block, of all rows so far. */
export type Asked = Pick<SampleRequest, "where" | "shares" | "tries" | "onAcceptance">;

/**
 * Rows of the block that begins at row `first`. Under a condition blocks begin small and double: a few rows that are
 * rare to come by would else wait for 5,000 of them.
 */
function blockAt(first: number, asked: Asked | undefined): number {
  const asksMore = (asked?.where?.length ?? 0) > 0 || asked?.shares !== undefined;
  return asksMore ? Math.min(BLOCK, Math.max(FIRST_BLOCK, first)) : BLOCK;
}

/**
 * Synthetic rows of the learned columns, block by block; the last one is cut. Same model, seed and machine, same rows,
 * and the first rows are the same however many are asked for. Fewer come where a later block finds too few that are what
 * was asked for. Ending the iteration early frees the model.
 */
async function* sampleBlocks(
  model: TrainedModel,
  rows: number,
  seed: number,
  asked?: Asked,
): AsyncGenerator<Table> {
  const { artifact } = model;
  const rng = createRng(seed);
  const loaded = await findSynthesizer(artifact.synthesizer).load(artifact);
  const request = asked === undefined ? undefined : { ...asked, onAcceptance: summing(asked.onAcceptance) };
  try {
    for (let first = 0; first < rows;) {
      const size = blockAt(first, asked);
      const block = await loaded
        .sample(size, rng.fork(`rows from ${first}`), request)
        .catch(unmet(first, rows));
      if (block === undefined) return;
      yield rows - first >= size ? block : firstRows(block, rows - first);
      first += size;
    }
  } finally {
    loaded.dispose();
  }
}

/**
 * Too few candidates are what was asked for: before any row has come, the fault says how many rows were asked for; later
 * what has come is all there is, and whoever asked sees that it is fewer.
 */
const unmet =
  (before: number, asked: number) =>
  (error: unknown): undefined => {
    const fault = asFault(error);
    if (fault.code !== "condition-unmet" && fault.code !== "rule-unmet") throw error;
    if (before === 0) throw new FaultError({ ...fault, rows: asked });
  };

/** Tells the sum of what it is told. */
export function summing(tell: Asked["onAcceptance"]): (acceptance: Acceptance) => void {
  let sum: Acceptance = { drawn: 0, kept: 0 };
  return ({ drawn, kept }) => {
    sum = { drawn: sum.drawn + drawn, kept: sum.kept + kept };
    tell?.(sum);
  };
}

/** Draws one row and looks at its columns. Throws FaultError `model-damaged` when model and schema do not agree. */
export async function checkModel({ artifact, schema, filling }: TrainedModel): Promise<void> {
  const loaded = await findSynthesizer(artifact.synthesizer).load(artifact);
  try {
    const sampled = await loaded.sample(1, createRng(0));
    const expected = schema.columns.filter((_, i) => filling[i] === "learned");
    const fits =
      sampled.columns.length === expected.length &&
      expected.every(({ name, kind }, i) => {
        const column = sampled.schema.columns[i];
        return column?.name === name && column.kind === kind;
      });
    if (!fits)
      throw new FaultError({ code: "model-damaged", reason: "Its columns are not those of its manifest." });
  } finally {
    loaded.dispose();
  }
}

/** Throws what is wrong with `asked`, before anything is written. */
async function checkAsked({ artifact }: TrainedModel, { where, shares, tries }: Asked): Promise<void> {
  const loaded = await findSynthesizer(artifact.synthesizer).load(artifact);
  try {
    await loaded.sample(0, createRng(0), {
      ...(where && { where }),
      ...(shares && { shares }),
      ...(tries !== undefined && { tries }),
    });
  } finally {
    loaded.dispose();
  }
}

function firstRows(table: Table, rows: number): Table {
  return takeRows(
    table,
    Int32Array.from({ length: rows }, (_, i) => i),
  );
}

export function concatenate(tables: readonly Table[]): Table {
  const [first] = tables as [Table];
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const columns = first.columns.map((column, i): Column => {
    const parts = tables.map((table) => table.columns[i] as Column);
    if (column.type === "numeric") {
      const values = new Float64Array(rows);
      parts.reduce(
        (at, part) => (part.type === "numeric" ? (values.set(part.values, at), at + part.values.length) : at),
        0,
      );
      return { type: "numeric", values };
    }
    const codes = new Int32Array(rows);
    parts.reduce(
      (at, part) => (part.type === "coded" ? (codes.set(part.codes, at), at + part.codes.length) : at),
      0,
    );
    return { type: "coded", codes, levels: column.levels };
  });
  return { ...first, rows, columns };
}

/** `rows` synthetic rows of the learned columns, at least one. */
export async function sampleLearned(
  model: TrainedModel,
  rows: number,
  seed: number,
  asked?: Asked,
): Promise<Table> {
  const blocks: Table[] = [];
  for await (const block of sampleBlocks(model, rows, seed, asked)) blocks.push(block);
  return blocks.length === 1 ? (blocks[0] as Table) : concatenate(blocks);
}

/**
 * `rows` synthetic rows with all columns of the source, left-out ones made up or empty. `source`: the table it was trained
 * on, where it is at hand: none of its ids is made up.
 */
export async function sampleTable(
  model: TrainedModel,
  rows: number,
  seed: number,
  asked?: Asked,
  source?: Table,
): Promise<Table> {
  return createPutBack({ ...model, seed, source })(await sampleLearned(model, rows, seed, asked));
}

/** Block by block as `sampleTable` has them. */
async function* completeBlocks(
  model: TrainedModel,
  rows: number,
  seed: number,
  asked: Asked | undefined,
  source: Table | undefined,
): AsyncGenerator<Table> {
  const putBack = createPutBack({ ...model, seed, source });
  for await (const block of sampleBlocks(model, rows, seed, asked)) yield putBack(block);
}

/**
 * The synthetic table as a file, in chunks: never more than one block of rows is held, but where the format needs more.
 * `rows` of a chunk counts the rows written so far. `source`: the table it was trained on, where it is at hand, whose
 * texts are then written as they stood there and none of whose ids is made up.
 */
export async function* sampleAs(
  format: ExportFormat,
  model: TrainedModel,
  rows: number,
  seed: number,
  source?: Table,
  asked?: Asked,
): AsyncGenerator<Written> {
  if (asked !== undefined) await checkAsked(model, asked);
  const { schema, facts } = model;
  const name = `${facts.table.replace(/\.[^.]*$/, "")} synthetic`;
  const writing = { name, schema, rows, ...(source && { source }) };
  yield* writeTable(format, writing, completeBlocks(model, rows, seed, asked, source));
}

/** As `sampleAs`, as CSV in the source's dialect. The first chunk is the header. */
export const sampleCsv = (
  model: TrainedModel,
  rows: number,
  seed: number,
  source?: Table,
  asked?: Asked,
): AsyncGenerator<Written> => sampleAs("csv", model, rows, seed, source, asked);
