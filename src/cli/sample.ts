import {
  checkModel,
  conditionFields,
  expectedRows,
  openDevice,
  openModelFile,
  type Asked,
  type TrainedModel,
} from "../core/lab/lab.ts";
import { readAsked } from "./conditions.ts";
import { cleaningOptions } from "./cleaning.ts";
import { continuedFile, continueFile, continueOptions } from "./continue.ts";
import { checkFolder, readBytes } from "./files.ts";
import { complete } from "./fill.ts";
import { nodeWasmPaths } from "./node-device.ts";
import { badUse, numberOf, readOptions, textOf, type Given, type OptionSpecs } from "./options.ts";
import { checkOut, outHelp } from "./out-file.ts";
import { checkStatic, courseAsked, courseOptions, patientsOf, patientsOption, wantedOf } from "./patients.ts";
import type { ProgressLine } from "./progress-line.ts";
import { readingOptions } from "./reading.ts";
import { severalTablesOptions, tablesOf, writeTables } from "./several-tables.ts";
import { LARGEST_SEED, MOST_ROWS } from "./synthesize.ts";
import { writeSynthetic } from "./write-synthetic.ts";

export const sampleFiles = ["MODEL"];

export const sampleOptions: OptionSpecs = {
  out: { value: "OUT.csv", help: outHelp, required: true },
  rows: {
    value: "N",
    help: "Synthetic rows (1000). Of a model of patients over time: whole patients until there are so many, the last one cut.",
  },
  ...patientsOption,
  seed: { value: "S", help: "Same seed, same rows (1)." },
  where: {
    value: "CONDITION",
    help: 'What every row, or patient, must meet: "age>=65", "age=65..80", "sex=F", "stage=1,2", "crp missing", "crp present". Several are met together.',
    many: true,
  },
  shares: { value: "COLUMN:A=SHARE,B=SHARE", help: 'How often levels come, e.g. "sex:F=0.5,M=0.5".' },
  tries: {
    value: "N",
    help: "Candidates drawn for each row before a condition that too few meet is given up (1000).",
  },
  ...courseOptions,
  ...continueOptions,
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
  const rows = numberOf(given, "rows", NaN, { least: 1, most: MOST_ROWS, whole: true });
  const patients = patientsOf(given);
  const seed = numberOf(given, "seed", 1, { least: 0, most: LARGEST_SEED, whole: true });
  const tries = numberOf(given, "tries", NaN, { least: 1, most: 1_000_000, whole: true });
  const continued = continuedFile(given);
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
  const course = courseAsked(given, model);
  const limit = Number.isNaN(tries) ? {} : { tries };
  if (continued !== undefined) {
    await continueFile(given, model, { path: continued, out, seed, ...course, ...limit }, line);
  } else if (incomplete !== undefined) {
    await complete(given, model, { path: incomplete, out, seed }, line);
  } else {
    const wanted = wantedOf(model, Number.isNaN(rows) ? undefined : rows, patients, 1000);
    checkOut(out, expectedRows(model, wanted), model.schema.columns.length);
    const asked = { ...(await conditionsOf(given, model)), ...course, ...limit };
    if (tables !== undefined) await writeTables(given, model, { tables, wanted, seed, asked }, line);
    else await writeSynthetic(out, model, { wanted, seed, asked }, line);
  }
  line.end();
}

function checkTogether(given: Given): void {
  const { values, lists } = given;
  if (values["complete"] === undefined) {
    for (const other of ["cells", "fill-all", ...(values["continue"] === undefined ? ["cleaning"] : [])])
      if (values[other] !== undefined) throw badUse(`--${other} goes with --complete.`);
    return;
  }
  for (const other of ["where", "shares", "rows", "patients", "tries", "visits", "until"])
    if (values[other] !== undefined || lists[other] !== undefined)
      throw badUse(`--complete and --${other} do not go together.`);
}

async function conditionsOf(given: Given, model: TrainedModel): Promise<Asked> {
  const where = given.lists["where"] ?? [];
  const shares = textOf(given, "shares");
  if (where.length === 0 && shares === undefined) return {};
  checkStatic(where, model);
  return readAsked(where, shares, await conditionFields(model));
}
