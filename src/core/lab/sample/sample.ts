import { type ExportFormat } from "../../export/formats.ts";
import type { Written } from "../../export/table-writer.ts";
import { writeTable } from "../../export/write-table.ts";
import { FaultError } from "../../fault.ts";
import { createRng } from "../../math/rng.ts";
import { findSynthesizer } from "../../synthesizers/registry.ts";
import type { Synthesizer } from "../../synthesizers/synthesizer.ts";
import type { Table } from "../../table/table.ts";
import { createPutBack } from "../left-out.ts";
import type { TrainedModel } from "../model-file/model-file.ts";
import { patientRequest, rowRequest, type Asked, type Wanted } from "./asked.ts";
import { sampleBlocks, type Block } from "./blocks.ts";
import { concatenate } from "./concatenate.ts";

/** A piece of the synthetic file: with rows of whole patients, as `Block` has them. */
export type SampledPart = Written & Pick<Block, "patients" | "cut">;

/** Draws one row and looks at its columns. Throws FaultError `model-damaged` when model and schema do not agree. */
export async function checkModel({
  artifact,
  schema,
  filling,
}: Pick<TrainedModel, "artifact" | "schema" | "filling">): Promise<void> {
  const loaded = await findSynthesizer(artifact.synthesizer).load(artifact);
  try {
    const sampled = await loaded.sample(1, createRng(0)).catch(unfit);
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

/** Parts of a model that are sound by themselves and do not fit each other fail where a row is drawn. */
function unfit(error: unknown): never {
  if (error instanceof FaultError) throw error;
  throw new FaultError({ code: "model-damaged", reason: "Its parts do not fit each other." });
}

/** Throws what is wrong with `asked`, before anything is written. */
async function checkAsked({ artifact }: TrainedModel, asked: Asked): Promise<void> {
  const loaded = await findSynthesizer(artifact.synthesizer).load(artifact);
  const { onAcceptance: _later, ...request } = asked;
  try {
    if (loaded.courses === undefined) await loaded.sample(0, createRng(0), rowRequest(request));
    else await loaded.courses.sample(0, createRng(0), patientRequest(request));
  } finally {
    loaded.dispose();
  }
}

/** Rows that `wanted` comes to: those of patients by how many they had in what was learned from, 1 each where that is not known. */
export function expectedRows({ facts }: TrainedModel, wanted: Wanted): number {
  if (typeof wanted === "number") return wanted;
  const { rows, patients } = facts.learned ?? { rows: 1, patients: undefined };
  return Math.round((wanted.patients * rows) / Math.max(1, patients ?? rows));
}

/** Synthetic rows of the learned columns, at least one; `Table.patients` counts patients where whole ones are drawn. `find`: the registry unless given. */
export async function sampleLearned(
  model: TrainedModel,
  wanted: Wanted,
  seed: number,
  asked?: Asked,
  find?: (id: string) => Synthesizer,
): Promise<Table> {
  const tables: Table[] = [];
  for await (const { table } of sampleBlocks(model, wanted, seed, asked, find)) tables.push(table);
  return tables.length === 1 ? (tables[0] as Table) : concatenate(tables);
}

/**
 * The table whose texts are written as they stood and whose ids are not made up; none under a guarantee, which covers nothing
 * that is looked up in real rows.
 */
const sourceFor = ({ facts }: TrainedModel, source: Table | undefined): Table | undefined =>
  facts.guarantee === undefined ? source : undefined;

/** Rows that are drawn where nobody said how many: as many as were learned from, by the noisy count under a guarantee. */
export const usualRows = ({ facts }: Pick<TrainedModel, "facts">, learned: number): number =>
  facts.guarantee?.rows ?? learned;

/**
 * Synthetic rows with all columns of the source, left-out ones made up or empty. `source`: the table it was trained
 * on, where it is at hand: none of its ids is made up.
 */
export async function sampleTable(
  model: TrainedModel,
  wanted: Wanted,
  seed: number,
  asked?: Asked,
  source?: Table,
): Promise<Table> {
  const real = sourceFor(model, source);
  return createPutBack({ ...model, statics: model.courses?.statics, seed, source: real })(
    await sampleLearned(model, wanted, seed, asked),
  );
}

/**
 * The synthetic table as a file, in chunks: never more than one block of rows is held, but where the format needs more.
 * `rows` of a chunk counts the rows written so far. `given`: the table it was trained on, where it is at hand, whose
 * texts are then written as they stood there and none of whose ids is made up.
 */
export async function* sampleAs(
  format: ExportFormat,
  model: TrainedModel,
  wanted: Wanted,
  seed: number,
  given?: Table,
  asked?: Asked,
): AsyncGenerator<SampledPart> {
  const source = sourceFor(model, given);
  if (asked !== undefined) await checkAsked(model, asked);
  const { schema, facts } = model;
  const name = `${facts.table.replace(/\.[^.]*$/, "")} synthetic`;
  const writing = { name, schema, rows: expectedRows(model, wanted), ...(source && { source }) };
  const putBack = createPutBack({ ...model, statics: model.courses?.statics, seed, source });
  let drawn: Pick<Block, "patients" | "cut"> = {};
  async function* complete(): AsyncGenerator<Table> {
    for await (const { table, ...told } of sampleBlocks(model, wanted, seed, asked)) {
      drawn = told;
      yield putBack(table);
    }
  }
  for await (const written of writeTable(format, writing, complete())) yield { ...written, ...drawn };
}

/** As `sampleAs`, as CSV in the source's dialect. The first chunk is the header. */
export const sampleCsv = (
  model: TrainedModel,
  wanted: Wanted,
  seed: number,
  source?: Table,
  asked?: Asked,
): AsyncGenerator<SampledPart> => sampleAs("csv", model, wanted, seed, source, asked);
