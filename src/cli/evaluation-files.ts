import {
  breathe,
  sourceFacts,
  takeAway,
  textOfFile,
  versions,
  type Report,
  type SourceFacts,
  type SyntheticCsv,
  type Table,
  type TakeAway,
  type TakeAwayKind,
} from "../core/lab/lab.ts";
import { checkFolder, fileAt, piecesOf, storedSize, writeBytes, writeChunks } from "./files.ts";
import { textOf, type Given, type OptionSpecs } from "./options.ts";
import type { ProgressLine } from "./progress-line.ts";

/** What both commands that evaluate can write beside the report. */
export const evaluationFileOptions: OptionSpecs = {
  html: { value: "FILE.html", help: "The evaluation for people: one file, opens offline, prints." },
  bundle: {
    value: "FILE.zip",
    help: "Everything: evaluation, model card, datasheet, metadata and rows to share; what is to stay private apart.",
  },
};

const kinds: Readonly<Record<string, TakeAwayKind>> = { html: "html", bundle: "bundle" };

export const asksEvaluation = (given: Given): boolean =>
  ["report", ...Object.keys(kinds)].some((name) => textOf(given, name) !== undefined);

/** Finds out before the work begins that a file cannot be written. Throws FaultError. */
export async function checkEvaluationFiles(given: Given): Promise<void> {
  for (const name of ["report", ...Object.keys(kinds)]) await checkFolder(textOf(given, name));
}

/** The report with what repeats it: versions and settings. */
export const writeReport = (path: string, report: Report, settings: object): Promise<void> =>
  writeBytes(path, `${JSON.stringify({ ...report, versions, settings }, null, 2)}\n`);

/** Says what the first pass found; where a report is asked for it lies there from now on, should the rest be broken off. */
export async function tellFirst(
  first: Report,
  path: string | undefined,
  settings: object,
  line: ProgressLine,
): Promise<void> {
  line.say(`${first.headline}.${first.caveat === undefined ? "" : ` ${first.caveat}.`}`);
  for (const { family, verdict, sentence } of first.axes) line.say(`  ${family}: ${verdict}. ${sentence}`);
  if (path !== undefined) await writeReport(path, first, settings);
  line.say("These verdicts stand. The rest is being measured.");
}

/** The source of a table that was read from `path`. */
export const sourceAt = async (path: string, table: Table): Promise<SourceFacts> => ({
  ...(await sourceFacts(table, piecesOf(path), false, breathe)),
  ...storedSize(table),
});

/** Writes what was asked for of `--html` and `--bundle`. Throws FaultError. */
export async function writeEvaluationFiles(
  given: Given,
  evaluation: Omit<TakeAway, "withRows">,
  line: ProgressLine,
): Promise<void> {
  for (const [name, kind] of Object.entries(kinds)) {
    const path = textOf(given, name);
    if (path === undefined) continue;
    line.show("Writing", 0, path);
    await writeChunks(path, takeAway(kind, { ...evaluation, withRows: true }));
  }
}

/** A synthetic file that is on the disk already. */
export const csvAt = (path: string, name: string, { rows, schema }: Table): SyntheticCsv => ({
  name,
  rows,
  delimiter: schema.dialect.delimiter,
  encoding: schema.dialect.encoding,
  async *chunks() {
    const { source } = await textOfFile(await fileAt(path), { largest: true });
    for await (const bytes of source) yield { bytes, rows };
  },
});
