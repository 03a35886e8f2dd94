import { FaultError } from "../../fault.ts";
import type { SheetText } from "../file.ts";
import { writeRecords, type RecordBlock } from "../write-records.ts";
import type { Json, JsonObject } from "../json/parse-json.ts";
import { isObject, PathFails, textOf, type Item } from "./path/items.ts";
import type { FhirResources } from "./resources.ts";
import { rowsOf } from "./view/run-view.ts";
import type { View } from "./view/view-definition.ts";

const BLOCK = 512;

/** The records that `view` makes of the resources. Rejects as `recordsOf` throws. */
async function* viewRecords(
  view: View,
  resources: FhirResources,
  file: string,
  several?: (column: string) => void,
): AsyncGenerator<string[]> {
  for await (const resource of resources.each()) yield* recordsOf(view, resource, resources, file, several);
}

/** The records that `view` makes of a resource. Throws FaultError `file-damaged` where a path asks what cannot be. */
export function recordsOf(
  view: View,
  resource: JsonObject,
  { resolve }: FhirResources,
  file: string,
  several: (column: string) => void = () => {},
): string[][] {
  try {
    return rowsOf(view, resource, { resolve, several }).map((row) => row.map(cellOf));
  } catch (error) {
    if (!(error instanceof PathFails)) throw error;
    const id = resource.get("id");
    throw new FaultError({
      code: "file-damaged",
      file,
      format: `the view “${view.name}” takes it`,
      reason: `${error.message}${typeof id === "string" ? `, in ${view.resource} “${id}”` : ""}.`,
    });
  }
}

/** Several values stand one after another with semicolons; a structure is written as JSON. */
const cellOf = (items: readonly Item[]): string =>
  items.map((item) => textOf(item) ?? JSON.stringify(plain(item.value))).join("; ");

function plain(json: Json): unknown {
  if (Array.isArray(json)) return json.map(plain);
  if (!isObject(json)) return json === null ? null : textOf({ value: json });
  return Object.fromEntries([...json].map(([key, value]) => [key, plain(value)]));
}

/** The table of a view as text, with what it was taken by in the notes. */
export async function viewText(view: View, resources: FhirResources, file: string): Promise<SheetText> {
  const counts = new Map<string, number>();
  let rows = 0;
  const count = (column: string): void => void counts.set(column, (counts.get(column) ?? 0) + 1);
  for await (const _ of viewRecords(view, resources, file, count)) rows++;
  if (rows === 0)
    throw new FaultError({
      code: "no-sheet",
      file,
      holds: `no ${view.resource} that the view “${view.name}” takes`,
    });
  const severals = [...counts].map(
    ([column, found]) =>
      `“${column}” has several values in ${found.toLocaleString("en")} rows; the first is taken.`,
  );
  return {
    pieces: () => writeRecords(blocks(view.columns, () => viewRecords(view, resources, file))),
    hints: new Map(),
    written: "typed",
    notes: [
      ...resources.notes,
      `${rows.toLocaleString("en")} rows of ${view.resource} were taken by the view “${view.name}”: ${view.columns.join(", ")}.`,
      ...severals,
    ],
  };
}

export async function* blocks(
  names: readonly string[],
  records: () => AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): AsyncGenerator<RecordBlock, undefined> {
  yield [names];
  let block: (readonly string[])[] = [];
  for await (const record of records()) {
    block.push(record);
    if (block.length < BLOCK) continue;
    yield block;
    block = [];
  }
  yield block;
  return undefined;
}
