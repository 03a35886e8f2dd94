import {
  changesToContinue,
  FaultError,
  formatOfName,
  futuresAs,
  givenPatients,
  gzipped,
  MOST_FUTURES_ASKED,
  readingLines,
  readingList,
  withoutWords,
  type FutureChunk,
  type FutureRequest,
  type TrainedModel,
} from "../core/lab/lab.ts";
import { sayDone } from "./cleaning.ts";
import { writeChunks } from "./files.ts";
import { badUse, numberOf, textOf, type Given, type OptionSpecs } from "./options.ts";
import type { ProgressLine } from "./progress-line.ts";
import { readForModel } from "./read-for-model.ts";
import { counting } from "./write-synthetic.ts";

export const continueOptions: OptionSpecs = {
  continue: {
    value: "FILE.csv",
    help: "Of a model of patients over time: write what may come next for the patients of this table, visits that follow only. The file holds real patients.",
  },
  futures: { value: "N", help: "With --continue: futures of each patient, told apart by a column (10)." },
};

/** What a table of a few patients says of its columns, and the model knows better. */
const BY_NUMBERS: ReadonlySet<string> = new Set(["withheld", "empty", "constant"]);

/** The file of --continue, if it is given. Throws FaultError `bad-use` where other options do not go with it. */
export function continuedFile(given: Given): string | undefined {
  const path = textOf(given, "continue");
  if (path === undefined) {
    if (given.values["futures"] !== undefined) throw badUse("--futures goes with --continue.");
    return undefined;
  }
  for (const other of ["where", "shares", "rows", "patients", "tables", "complete"])
    if (given.values[other] !== undefined || given.lists[other] !== undefined)
      throw badUse(`--continue and --${other} do not go together.`);
  return path;
}

/** Writes the futures of a table's patients; says whose course had ended and what was left aside. */
export async function continueFile(
  given: Given,
  model: TrainedModel,
  { path, out, ...asked }: { path: string; out: string } & Omit<FutureRequest, "futures">,
  line: ProgressLine,
): Promise<void> {
  const futures = numberOf(given, "futures", 10, { least: 1, most: MOST_FUTURES_ASKED, whole: true });
  const read = await readForModel(path, given, model, changesToContinue);
  for (const said of read.notes) line.say(said);
  sayDone(read, line);
  const seen = readingList(read.table).filter(({ what }) => !BY_NUMBERS.has(what));
  for (const said of readingLines(seen)) line.say(said);
  const patients = givenPatients(read.table, model);
  for (const said of patients.notes) line.say(said);
  const all = patients.ids.length;
  if (patients.ended.every((ended) => ended === 1))
    throw new FaultError({
      code: "bad-use",
      message: `The course of every patient of ${read.table.name} has already ended: there is nothing to continue.`,
    });
  let told: Omit<FutureChunk, "bytes"> = { rows: 0, patients: 0, without: [] };
  const { format, gzip } = formatOfName(out);
  const pieces = futuresAs(format, model, patients, { ...asked, futures });
  const heard = counting(pieces, (chunk) => {
    told = chunk;
    line.show("Writing", chunk.patients / all, `${chunk.patients} of ${all} patients`);
  });
  await writeChunks(out, gzip ? gzipped(heard) : heard);
  for (const said of withoutWords(patients, told.without)) line.say(said);
  line.say(
    `${told.rows.toLocaleString("en")} visits of ${(all - told.without.length).toLocaleString("en")} patients were drawn, ${futures === 1 ? "one future" : `${futures} futures`} each; a future in which no visit follows has no row. The file continues your real patients and holds what does not change of them; it is not a synthetic table.`,
  );
}
