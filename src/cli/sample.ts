import {
  checkModel,
  completeCsv,
  conditionFields,
  kindsToLearn,
  openDevice,
  openModelFile,
  sampleCsv,
  type Asked,
  type Table,
  type TrainedModel,
} from "../core/lab/lab.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import { readAsked } from "./conditions.ts";
import { checkFolder, readBytes, readTable, writeChunks } from "./files.ts";
import { nodeWasmPaths } from "./node-device.ts";
import { badUse, numberOf, readOptions, textOf, type Given, type OptionSpecs } from "./options.ts";
import type { ProgressLine } from "./progress-line.ts";
import { readingOptions, repairOf } from "./reading.ts";
import { LARGEST_SEED, MOST_ROWS, withProgress } from "./synthesize.ts";

export const sampleFiles = ["MODEL"];

export const sampleOptions: OptionSpecs = {
  out: { value: "OUT.csv", help: "Where the synthetic table goes.", required: true },
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
  ...readingOptions,
  complete: { value: "FILE.csv", help: "Fill in the missing cells of this table instead; given cells stay." },
};

/** `semblance sample`: rows from a saved model, without the table it was trained on. */
export async function sample(args: readonly string[], line: ProgressLine): Promise<void> {
  const given = readOptions(args, sampleOptions, sampleFiles);
  const rows = numberOf(given, "rows", 1000, { least: 1, most: MOST_ROWS, whole: true });
  const seed = numberOf(given, "seed", 1, { least: 0, most: LARGEST_SEED, whole: true });
  const tries = numberOf(given, "tries", NaN, { least: 1, most: 1_000_000, whole: true });
  checkTogether(given);
  await checkFolder(textOf(given, "out"));
  const model = openModelFile(await readBytes(given.files[0] as string));
  await openDevice("wasm", { wasmPaths: nodeWasmPaths() });
  await checkModel(model);
  const out = given.values["out"] as string;
  const incomplete = textOf(given, "complete");
  if (incomplete !== undefined) {
    const table = await readToComplete(incomplete, given, model);
    await writeChunks(out, withProgress(completeCsv(model, table, seed), table.rows, line));
  } else {
    const asked = await askedFor(given, model, tries);
    let told = { drawn: 0, kept: 0 };
    const chunks = sampleCsv(model, rows, seed, undefined, {
      ...asked,
      onAcceptance: (acceptance) => (told = acceptance),
    });
    await writeChunks(out, withProgress(chunks, rows, line));
    if (asked.where !== undefined || asked.shares !== undefined)
      line.say(
        `${told.kept} of ${told.drawn} rows drawn met the conditions (${share(told.kept, told.drawn)}).`,
      );
  }
  line.end();
}

function checkTogether(given: Given): void {
  if (given.values["complete"] === undefined) return;
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

/** Reads a table as the one that `model` learned was read. */
async function readToComplete(path: string, given: Given, model: TrainedModel): Promise<Table> {
  const repair = repairOf(given);
  const tokens: SchemaChange = { type: "missing-tokens", tokens: model.schema.missingTokens };
  const { table } = await readTable(path, [tokens], repair);
  const changes = kindsToLearn(table, model);
  return changes.length === 0 ? table : (await readTable(path, [tokens, ...changes], repair)).table;
}
