import { basename } from "node:path";
import {
  checkModel,
  cleanedFile,
  conditionFields,
  emptyByRule,
  fillFile,
  kindsToLearn,
  openDevice,
  openModelFile,
  readingLines,
  readingList,
  textOfFile,
  type Asked,
  type FilledPart,
  type SheetChoice,
  type TrainedModel,
} from "../core/lab/lab.ts";
import type { Acceptance } from "../core/synthesizers/synthesizer.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import { readAsked } from "./conditions.ts";
import { cleaningOf, cleaningOptions, sayDone } from "./cleaning.ts";
import { checkFolder, fileAt, readBytes, readTable, writeBytes, writeChunks, type ReadAt } from "./files.ts";
import { nodeWasmPaths } from "./node-device.ts";
import { badUse, numberOf, readOptions, textOf, type Given, type OptionSpecs } from "./options.ts";
import type { ProgressLine } from "./progress-line.ts";
import { checkOut, outHelp, sampleFor } from "./out-file.ts";
import { choiceOf, readingOptions, repairOf } from "./reading.ts";
import { severalTablesOptions, tablesOf, writeTables } from "./several-tables.ts";
import { sayDrawn } from "./rules.ts";
import { counting, LARGEST_SEED, MOST_ROWS, withProgress } from "./synthesize.ts";

export const sampleFiles = ["MODEL"];

export const sampleOptions: OptionSpecs = {
  out: { value: "OUT.csv", help: outHelp, required: true },
  rows: { value: "N", help: "Synthetic rows (1000)." },
  seed: { value: "S", help: "Same seed, same rows (1)." },
  where: {
    value: "CONDITION",
    help: 'What every row must meet: "age>=65", "age=65..80", "sex=F", "stage=1,2", "crp missing", "crp present". Several are met together.',
    many: true,
  },
  shares: { value: "COLUMN:A=SHARE,B=SHARE", help: 'How often levels come, e.g. "sex:F=0.5,M=0.5".' },
  tries: {
    value: "N",
    help: "Candidates drawn for each row before a condition that too few meet is given up (1000).",
  },
  ...severalTablesOptions,
  ...readingOptions,
  ...cleaningOptions,
  complete: {
    value: "FILE.csv",
    help: "Write this table instead, with its empty cells filled in; every other cell comes back as it stands. The file holds real patients.",
  },
  cells: {
    value: "LIST.csv",
    help: "With --complete: which cells were filled in (row as a spreadsheet numbers it, column, value).",
  },
  "fill-all": {
    help: "With --complete: fill in cells too that are empty by rule, such as a length of stay without an admission.",
  },
};

/** `semblance sample`: rows from a saved model, without the table it was trained on. */
export async function sample(args: readonly string[], line: ProgressLine): Promise<void> {
  const given = readOptions(args, sampleOptions, sampleFiles);
  const rows = numberOf(given, "rows", 1000, { least: 1, most: MOST_ROWS, whole: true });
  const seed = numberOf(given, "seed", 1, { least: 0, most: LARGEST_SEED, whole: true });
  const tries = numberOf(given, "tries", NaN, { least: 1, most: 1_000_000, whole: true });
  checkTogether(given);
  const tables = tablesOf(given);
  for (const name of ["out", "cells", "estimates"]) await checkFolder(textOf(given, name));
  const model = openModelFile(await readBytes(given.files[0] as string));
  await openDevice("wasm", { wasmPaths: nodeWasmPaths() });
  await checkModel(model);
  if (model.refused !== undefined) line.say(model.refused);
  if (model.report?.caveat !== undefined) line.say(model.report.caveat);
  const out = given.values["out"] as string;
  const incomplete = textOf(given, "complete");
  if (incomplete === undefined) checkOut(out, rows, model.schema.columns.length);
  if (tables !== undefined) {
    const asked = await askedFor(given, model, tries);
    await writeTables(given, model, { tables, rows, seed, asked }, line);
  } else if (incomplete !== undefined) {
    await complete(given, model, { path: incomplete, out, seed }, line);
  } else {
    const asked = await askedFor(given, model, tries);
    let told = { drawn: 0, kept: 0 };
    let written = 0;
    const onAcceptance = (acceptance: Acceptance): void => void (told = acceptance);
    const chunks = sampleFor(out, model, { rows, seed, asked: { ...asked, onAcceptance } });
    const counted = counting(chunks, (so) => (written = so));
    await writeChunks(out, withProgress(counted, rows, line));
    const conditioned = asked.where !== undefined || asked.shares !== undefined;
    if (conditioned)
      line.say(
        `${told.kept} of ${told.drawn} rows drawn met the conditions (${share(told.kept, told.drawn)}).`,
      );
    sayDrawn({ ...(conditioned ? { drawn: 0, kept: 0 } : told), rows: written, asked: rows }, line);
  }
  line.end();
}

/** Writes the filled table and, where it is asked for, the list of its filled cells; says what was left empty. */
async function complete(
  given: Given,
  model: TrainedModel,
  { path, out, seed }: { path: string; out: string; seed: number },
  line: ProgressLine,
): Promise<void> {
  const repair = repairOf(given);
  const choice = await choiceOf(given);
  const read = await readToComplete(path, given, model, choice);
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

function checkTogether(given: Given): void {
  if (given.values["complete"] === undefined) {
    for (const other of ["cells", "fill-all", "cleaning"])
      if (given.values[other] !== undefined) throw badUse(`--${other} goes with --complete.`);
    return;
  }
  for (const other of ["where", "shares", "rows", "tries"])
    if (given.values[other] !== undefined || given.lists[other] !== undefined)
      throw badUse(`--complete and --${other} do not go together.`);
}

const share = (part: number, whole: number): string =>
  `${((100 * part) / Math.max(1, whole)).toPrecision(2)}%`;

async function askedFor(given: Given, model: TrainedModel, tries: number): Promise<Asked> {
  const where = given.lists["where"] ?? [];
  const shares = textOf(given, "shares");
  const limit = Number.isNaN(tries) ? {} : { tries };
  if (where.length === 0 && shares === undefined) return limit;
  return { ...readAsked(where, shares, await conditionFields(model)), ...limit };
}

/**
 * Reads a table as the one that `model` learned was read: cleaned by `given`, else by what reading does by itself, unless
 * that takes a learned column apart.
 */
async function readToComplete(
  path: string,
  given: Given,
  model: TrainedModel,
  choice: SheetChoice,
): Promise<ReadAt> {
  const tokens: SchemaChange = { type: "missing-tokens", tokens: model.schema.missingTokens };
  const cleaning = await cleaningOf(given);
  const how = { repair: repairOf(given), choice };
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
  const changes = kindsToLearn(found.table, model);
  return changes.length === 0 ? found : read(changes, automatic);
}
