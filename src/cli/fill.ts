import { basename } from "node:path";
import {
  cleanedFile,
  emptyByRule,
  fillFile,
  kindsToLearn,
  readingLines,
  readingList,
  textOfFile,
  type FilledPart,
  type TrainedModel,
} from "../core/lab/lab.ts";
import { sayDone } from "./cleaning.ts";
import { fileAt, writeBytes, writeChunks } from "./files.ts";
import { textOf, type Given } from "./options.ts";
import type { ProgressLine } from "./progress-line.ts";
import { readForModel } from "./read-for-model.ts";
import { choiceOf, repairOf } from "./reading.ts";
import { withProgress } from "./write-synthetic.ts";

/** Writes the filled table and, where it is asked for, the list of its filled cells; says what was left empty. */
export async function complete(
  given: Given,
  model: TrainedModel,
  { path, out, seed }: { path: string; out: string; seed: number },
  line: ProgressLine,
): Promise<void> {
  const repair = repairOf(given);
  const choice = await choiceOf(given);
  const read = await readForModel(path, given, model, kindsToLearn);
  for (const said of read.notes) line.say(said);
  sayDone(read, line);
  for (const said of readingLines(readingList(read.table))) line.say(said);
  const fillAll = given.values["fill-all"] === true;
  const lists: Uint8Array[] = [];
  let filled = 0;
  let unfilled = 0;
  const cleaned = read.cleaning.list().some(({ type }) => type === "clean");
  const { table, ...file } = cleaned
    ? cleanedFile(read.cleaning.cleaned().rows, read.table)
    : { table: read.table, repair, ...(await textOfFile(await fileAt(path), { choice, largest: true })) };
  const parts = fillFile(model, table, { ...file, name: basename(path), seed, fillAll });
  const kept = async function* (): AsyncGenerator<FilledPart> {
    for await (const part of parts) {
      lists.push(part.list);
      filled = part.cells;
      unfilled = part.unfilled;
      yield part;
    }
  };
  await writeChunks(out, withProgress(kept(), table.rows, line));
  const listPath = textOf(given, "cells");
  if (listPath !== undefined) await writeBytes(listPath, Buffer.concat(lists));
  for (const { column, where, cells } of fillAll ? [] : await emptyByRule(table))
    line.say(
      `${column}: ${cells} cells stay empty, as all are where ${where}; --fill-all fills them in too.`,
    );
  if (unfilled > 0) line.say(`${unfilled} empty cells stay empty: no value goes with the rest of their row.`);
  line.say(`${filled} cells were filled in. The file holds your real patients; it is not a synthetic table.`);
}
