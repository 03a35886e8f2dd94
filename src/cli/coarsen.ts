import { coarsenedCsv, coarsenedLines, coarsenTable } from "../core/lab/lab.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import { cleaningOf, cleaningOptions, sayDone } from "./cleaning.ts";
import { columnOptions } from "./column-options.ts";
import { checkFolder, readTable, writeBytes } from "./files.ts";
import { badUse, numberOf, readOptions, textOf, type Given, type OptionSpecs } from "./options.ts";
import { plainText } from "./plain-text.ts";
import type { ProgressLine } from "./progress-line.ts";
import { choiceOf, readingOptions, repairOf } from "./reading.ts";

export const coarsenFiles = ["TABLE"];

export const coarsenOptions: OptionSpecs = {
  k: {
    value: "K",
    required: true,
    help: "Patients that look alike in what is coarsened, at least: a whole number from 2 to 50.",
  },
  known: {
    value: "A,B",
    help: "Columns to coarsen: what an outsider may know of a patient. Without it they are chosen by name and type.",
    many: true,
  },
  all: { help: "Coarsen every column but the target." },
  out: {
    value: "FILE.csv",
    required: true,
    help: "Where the coarsened table goes. Its rows are real patients: keep it as you keep the table.",
  },
  target: columnOptions["target"] as OptionSpecs[string],
  patient: columnOptions["patient"] as OptionSpecs[string],
  ...readingOptions,
  ...cleaningOptions,
};

/** `semblance coarsen`: the real table with fewer details, until k patients look alike (Mondrian), and what that costs. */
export async function coarsen(
  args: readonly string[],
  line: ProgressLine,
  output: { write(text: string): unknown },
): Promise<void> {
  const given = readOptions(args, coarsenOptions, coarsenFiles);
  const [path] = given.files as [string];
  const k = numberOf(given, "k", NaN, { least: 2, most: 50, whole: true });
  const out = textOf(given, "out") as string;
  if (!/\.csv$/i.test(out)) throw badUse("--out must end in .csv.");
  const known = (given.lists["known"] ?? []).flatMap((list) => list.split(",").map((name) => name.trim()));
  const names = known.filter(Boolean);
  if (given.values["all"] === true && names.length > 0) throw badUse("--known and --all exclude each other.");
  await checkFolder(out);
  const cleaning = await cleaningOf(given);
  const read = await readTable(path, {
    changes: [...(cleaning ?? []), ...roles(given)],
    automatic: cleaning === undefined,
    repair: repairOf(given),
    choice: await choiceOf(given),
  });
  for (const note of read.notes) line.say(note);
  sayDone(read, line);
  const by = names.length > 0 ? names : given.values["all"] === true ? "all" : "known";
  const made = await coarsenTable(read.table, k, by);
  await writeBytes(out, coarsenedCsv(made, read.table));
  line.end();
  output.write(`${coarsenedLines(made).map(plainText).join("\n")}\n`);
}

function roles(given: Given): SchemaChange[] {
  const [target, patient] = [textOf(given, "target"), textOf(given, "patient")];
  return [
    ...(target === undefined ? [] : [{ type: "role", column: target, role: "target" } as const]),
    ...(patient === undefined ? [] : [{ type: "role", column: patient, role: "identifier" } as const]),
  ];
}
