import type { Table, TrainedModel } from "../core/lab/lab.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import { cleaningOf } from "./cleaning.ts";
import { readTable, type ReadAt } from "./files.ts";
import type { Given } from "./options.ts";
import { choiceOf, repairOf } from "./reading.ts";

/**
 * Reads a table as the one that `model` learned was read: cleaned by `given`, else by what reading does by itself, unless
 * that takes a learned column apart.
 */
export async function readForModel(
  path: string,
  given: Given,
  model: TrainedModel,
  changesFor: (table: Table, model: TrainedModel) => SchemaChange[],
): Promise<ReadAt> {
  const tokens: SchemaChange = { type: "missing-tokens", tokens: model.schema.missingTokens };
  const cleaning = await cleaningOf(given);
  const how = { repair: repairOf(given), choice: await choiceOf(given) };
  const read = (changes: readonly SchemaChange[], automatic: boolean): Promise<ReadAt> =>
    readTable(path, { ...how, changes: [...(cleaning ?? []), tokens, ...changes], automatic });
  const learned = new Set(model.schema.columns.map(({ name }) => name));
  const first = await read([], cleaning === undefined);
  const whole = first.cleaning
    .list()
    .every(
      (change) => change.type !== "clean" || change.step.step !== "split" || !learned.has(change.step.column),
    );
  const automatic = cleaning === undefined && whole;
  const found = automatic || cleaning !== undefined ? first : await read([], false);
  const changes = changesFor(found.table, model);
  return changes.length === 0 ? found : read(changes, automatic);
}
