import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { FaultError, measurePace } from "../../core/lab/lab.ts";
import {
  cellsCsv,
  fieldsOf,
  findStudy,
  planStudy,
  resultJson,
  resultOf,
  secondsLeft,
  studies,
  studyHtml,
  studyLines,
  studyMark,
  type CellDone,
  type PlannedStudy,
  type StudySource,
} from "../../core/studies/studies.ts";
import { cleaningOptions, type Output } from "../cleaning.ts";
import { columnOptions } from "../column-options.ts";
import { readTable, reasonOf, writeBytes } from "../files.ts";
import { makeFolder } from "../folders.ts";
import { joinOptions } from "../join.ts";
import { badUse, numberOf, readOptions, textOf, type Given, type OptionSpecs } from "../options.ts";
import { plainText } from "../plain-text.ts";
import { duration, type ProgressLine } from "../progress-line.ts";
import { readingOptions } from "../reading.ts";
import { LARGEST_SEED, readWithTarget } from "../synthesize.ts";
import { readCells, writeCells, type CellsOf } from "./cells-file.ts";
import { repliesOf, replyOptions } from "./study-replies.ts";
import { runGrid } from "./run-grid.ts";
import { settingLines, settingsOf, unknownFlags, withGroup } from "./study-settings.ts";
import { catchInterrupt } from "./interrupt.ts";

export const studyFiles = ["[NAME]", "[TABLE.csv]"];

/** Exit status where Ctrl-C ended it, as shells have it. */
const INTERRUPTED = 130;

export const studyOptions: OptionSpecs = {
  out: {
    value: "DIR",
    help: "Where cells.csv, result.json and report.html go, and cells.json, from which a study that was stopped goes on.",
  },
  plan: { help: "Print the settings, the cells and about how long they take. Nothing is run." },
  afresh: { help: "Begin anew where --out has cells already." },
  second: { value: "TABLE2.csv", help: "Another table, for studies that compare two." },
  seed: { value: "S", help: "Same seed, same cells, same figures (1)." },
  ...replyOptions,
  ...columnOptions,
  ...joinOptions,
  ...readingOptions,
  ...cleaningOptions,
};

/** What `semblance study` alone prints, and the end of its help. */
export const studyList = (): string =>
  [
    ...studies.map(({ id, question }) => `  ${id.padEnd(18)}${question}`),
    "",
    "Settings of a study, such as --seeds 3 or --methods copula,vae, depend on the table: semblance study NAME TABLE --plan prints them.",
    "",
  ].join("\n");

/** `semblance study`: a grid of runs on one table, and what they say together. Yields 130 where Ctrl-C ended it. */
export async function study(
  args: readonly string[],
  line: ProgressLine,
  output: Output,
): Promise<number | void> {
  const flags = unknownFlags(args, studyOptions);
  const given = readOptions(args, { ...studyOptions, ...flags }, studyFiles);
  const [name, path] = given.files;
  if (name === undefined) return void output.write(studyList());
  const { id } = findStudy(name);
  if (path === undefined) throw badUse("TABLE.csv is missing.");
  const seed = numberOf(given, "seed", 1, { least: 0, most: LARGEST_SEED, whole: true });
  const source = await readSource(path, given, line);
  const fields = fieldsOf(id, source);
  const settings = withGroup(settingsOf(given, flags, id, fields), given, fields);
  const plan = planStudy({ study: id, settings, seed }, source);
  const pace = await measurePace();
  if (given.values["plan"] === true) {
    line.end();
    return void output.write(
      `${[...settingLines(fields), "", ...planLines(plan, pace)].map(plainText).join("\n")}\n`,
    );
  }
  return runStudy(plan, given, pace, line, output);
}

async function readSource(path: string, given: Given, line: ProgressLine): Promise<StudySource> {
  const { table } = await readWithTarget(path, given, line);
  const secondPath = textOf(given, "second");
  const second = secondPath === undefined ? undefined : await readTable(secondPath);
  for (const note of second?.notes ?? []) line.say(`${basename(secondPath ?? "")}: ${note}`);
  const made = await repliesOf(given, table, line);
  return { table, ...(second && { second: second.table }), ...(made.length > 0 && { made }) };
}

function planLines(plan: PlannedStudy, pace: number): string[] {
  const { cells } = plan.grid;
  return [
    ...cells.map(({ words, effort }) => `  ${words} (${duration(effort * pace)})`),
    estimateOf(plan, [], pace),
  ];
}

function estimateOf(plan: PlannedStudy, done: readonly CellDone[], pace: number): string {
  const all = plan.grid.cells.length;
  const cells = `${all} cell${all === 1 ? "" : "s"}`;
  const kept = done.length === 0 ? "" : `, of which ${done.length} are done`;
  return `${cells}${kept}, about ${duration(secondsLeft(plan, done, pace))}.`;
}

async function runStudy(
  plan: PlannedStudy,
  given: Given,
  pace: number,
  line: ProgressLine,
  output: Output,
): Promise<number | void> {
  const folder = textOf(given, "out");
  const of = cellsOf(plan);
  const path = folder === undefined ? undefined : join(await folderAt(folder), "cells.json");
  const keys = new Set(plan.grid.cells.map(({ key }) => key));
  const kept = path === undefined || given.values["afresh"] === true ? [] : await readCells(path, of);
  const before = kept.filter(({ key }) => keys.has(key));
  line.say(estimateOf(plan, before, pace));
  const interrupt = catchInterrupt(line);
  try {
    const save = async (cells: readonly CellDone[]): Promise<void> => {
      if (path !== undefined) await writeCells(path, of, cells);
    };
    const done = await runGrid(plan, before, { line, pace, stopped: interrupt.asked, save });
    if (done.length > 0) {
      output.write(`${studyLines(resultOf(plan, done)).map(plainText).join("\n")}\n`);
      if (folder !== undefined) await writeResult(folder, plan, done);
    }
    return interrupt.asked() ? INTERRUPTED : undefined;
  } finally {
    interrupt.end();
  }
}

function cellsOf({ request, source }: PlannedStudy): CellsOf {
  const { table, second, made = [] } = source;
  const beside = [...(second ? [second] : []), ...made.map((one) => one.table)];
  return { request, marks: [table, ...beside].map(studyMark) };
}

async function folderAt(path: string): Promise<string> {
  try {
    await makeFolder(path);
    await readdir(path);
    return path;
  } catch (error) {
    if (error instanceof FaultError) throw error;
    throw new FaultError({ code: "file-unwritable", file: path, reason: reasonOf(error) });
  }
}

async function writeResult(folder: string, plan: PlannedStudy, done: readonly CellDone[]): Promise<void> {
  const result = resultOf(plan, done);
  const { cells } = plan.grid;
  await writeBytes(join(folder, "cells.csv"), cellsCsv(cells, done));
  await writeBytes(join(folder, "result.json"), resultJson(result, cells, done));
  await writeBytes(join(folder, "report.html"), studyHtml(result));
}
