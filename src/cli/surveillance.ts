import {
  readAlikeCleaned,
  surveil,
  surveillanceCsv,
  surveillanceJson,
  surveillanceWords,
  type Table,
} from "../core/lab/lab.ts";
import { cleaningOf, cleaningOptions, sayDone } from "./cleaning.ts";
import { columnOptions } from "./column-options.ts";
import { checkFolder, readTable, writeBytes } from "./files.ts";
import { badUse, readOptions, textOf, type Given, type OptionSpecs } from "./options.ts";
import { plainText } from "./plain-text.ts";
import type { ProgressLine } from "./progress-line.ts";
import { choiceOf, readingOptions, repairOf } from "./reading.ts";
import type { SchemaChange } from "../core/table/profile.ts";

export const surveillanceFiles = ["REAL.csv", "[SYNTHETIC.csv]"];

const EVERY = ["day", "week"] as const;

export const surveillanceOptions: OptionSpecs = {
  date: {
    value: "COLUMN",
    help: "The date of each event. Left out: the time of visits, or the first date column that has such a series.",
  },
  by: { value: "COLUMN=LEVEL", help: "Count only rows with this level, such as diagnosis=influenza." },
  every: {
    value: "day|week",
    help: "Count by day or by ISO week. Left out: by the length of the series and the events in it.",
  },
  out: {
    value: "FILE",
    help: "Where the counts and alarms go, as .json or .csv; real counts of fewer than 5 patients are not written.",
  },
  patient: columnOptions["patient"] as OptionSpecs[string],
  ...readingOptions,
  ...cleaningOptions,
};

/** `semblance surveillance`: events by day or week, real beside synthetic, and which of them raise an alarm. */
export async function surveillance(
  args: readonly string[],
  line: ProgressLine,
  output: { write(text: string): unknown },
): Promise<void> {
  const given = readOptions(args, surveillanceOptions, surveillanceFiles);
  const [path, other] = given.files as [string, string | undefined];
  const asked = { column: textOf(given, "date"), by: levelOf(given), every: everyOf(given) };
  const out = textOf(given, "out");
  if (out !== undefined && !/\.(json|csv)$/i.test(out)) throw badUse("--out must end in .json or .csv.");
  await checkFolder(out);
  const { table, changes } = await readReal(path, given, line);
  const synthetic = other === undefined ? undefined : await readSynthetic(other, table, given, changes, line);
  const found = await surveil(table, synthetic, asked);
  line.end();
  output.write(`${surveillanceWords(found).map(plainText).join("\n")}\n`);
  if (out !== undefined)
    await writeBytes(out, /\.json$/i.test(out) ? surveillanceJson(found) : surveillanceCsv(found));
}

async function readReal(
  path: string,
  given: Given,
  line: ProgressLine,
): Promise<{ table: Table; changes: readonly SchemaChange[] }> {
  const cleaning = await cleaningOf(given);
  const patient = textOf(given, "patient");
  const named: SchemaChange[] =
    patient === undefined ? [] : [{ type: "role", column: patient, role: "identifier" }];
  const read = await readTable(path, {
    changes: [...(cleaning ?? []), ...named],
    automatic: cleaning === undefined,
    repair: repairOf(given),
    choice: await choiceOf(given),
  });
  for (const note of read.notes) line.say(note);
  sayDone(read, line);
  return { table: read.table, changes: read.cleaning.list() };
}

async function readSynthetic(
  path: string,
  real: Table,
  given: Given,
  made: readonly SchemaChange[],
  line: ProgressLine,
): Promise<Table> {
  const asked = repairOf(given);
  const { table, notes } = await readAlikeCleaned(
    (changes, repair, automatic) => readTable(path, { changes, automatic, repair: { ...asked, ...repair } }),
    real,
    "synthetic",
    made,
  );
  for (const note of notes) line.say(note);
  return table;
}

function levelOf(given: Given): { column: string; level: string } | undefined {
  const text = textOf(given, "by");
  if (text === undefined) return undefined;
  const at = text.indexOf("=");
  if (at < 1) throw badUse(`--by must be COLUMN=LEVEL, such as ward=A, not “${text}”.`);
  return { column: text.slice(0, at), level: text.slice(at + 1) };
}

function everyOf(given: Given): (typeof EVERY)[number] | undefined {
  const text = textOf(given, "every");
  const every = EVERY.find((one) => one === text);
  if (text !== undefined && every === undefined) throw badUse(`--every must be day or week, not “${text}”.`);
  return every;
}
