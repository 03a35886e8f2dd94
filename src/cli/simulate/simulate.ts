import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  breathe,
  cohorts,
  editedLines,
  formatOfName,
  gzipped,
  readNumbersFile,
  readPyramid,
  simulatedRows,
  simulationAs,
  simulationFiles,
  writeNumbersFile,
  type SeveralFiles,
  type Simulation,
} from "../../core/lab/lab.ts";
import type { Terminal } from "../run.ts";
import { checkFolder, readBytes, writeBytes, writeChunks } from "../files.ts";
import { makeFolder } from "../folders.ts";
import { badUse, numberOf, readOptions, textOf, type Given } from "../options.ts";
import type { ProgressLine } from "../progress-line.ts";
import { LARGEST_SEED } from "../synthesize.ts";
import { withProgress } from "../write-synthetic.ts";
import {
  cohortList,
  FORMATS,
  simulateFiles,
  simulateOptions,
  type SimulateFormat,
} from "./simulate-options.ts";

/** What can be asked for without a cohort. */
const ofNumbers = ["numbers", "write-numbers"];

const LEVELS = [1, 2, 3, 4] as const;

/** A count as it is written: the simulator itself judges it, so that it says what it has room for. */
function countOf(given: Given, name: string): number | undefined {
  const text = textOf(given, name);
  if (text === undefined) return undefined;
  const count = text.trim() === "" ? NaN : Number(text);
  if (!Number.isInteger(count)) throw badUse(`--${name} must be a whole number, not “${text}”.`);
  return count;
}

/** `semblance simulate`: a cohort of patients made in code; no real patient is behind any row. */
export async function simulate(
  args: readonly string[],
  line: ProgressLine,
  output: Terminal["stdout"],
): Promise<void> {
  const given = readOptions(args, simulateOptions, simulateFiles);
  const [cohort] = given.files;
  const toWrite = textOf(given, "write-numbers");
  const numbers = await numbersOf(given, line);
  if (toWrite !== undefined) {
    await checkFolder(toWrite);
    await writeBytes(toWrite, writeNumbersFile(numbers));
    line.say(`The simulator's numbers are in ${toWrite}; use them with --numbers.`);
  }
  if (cohort === undefined) {
    const needless = Object.keys(simulateOptions).some(
      (name) => !ofNumbers.includes(name) && given.values[name] !== undefined,
    );
    if (needless) throw badUse(`COHORT is missing; there are ${idsOf()}.`);
    if (toWrite === undefined) output.write(cohortList());
    return;
  }
  const asked = await askedOf(cohort, given, numbers);
  const out = textOf(given, "out");
  if (out === undefined) {
    if (toWrite !== undefined) return;
    throw badUse("--out DIR|FILE is missing.");
  }
  await writeSimulation(asked, out, formatGiven(given), line);
  line.end();
}

const idsOf = (): string => cohorts.map(({ id }) => id).join(", ");

async function numbersOf(
  given: Given,
  line: ProgressLine,
): Promise<Readonly<Record<string, number>> | undefined> {
  const path = textOf(given, "numbers");
  if (path === undefined) return undefined;
  const { values, edited } = readNumbersFile(await textAt(path), basename(path));
  line.say(
    edited.length === 0
      ? `${basename(path)} changes no number.`
      : `${basename(path)} changes ${edited.length === 1 ? "one number" : `${edited.length} numbers`}:`,
  );
  for (const words of editedLines(edited)) line.say(`  ${words}`);
  return values;
}

/** The text of a file in UTF-8 or UTF-16, or as Windows wrote it before. */
async function textAt(path: string): Promise<string> {
  const bytes = await readBytes(path);
  const [first = 0, second = 0] = bytes;
  if (first + second === 0xfe + 0xff && Math.abs(first - second) === 1)
    return new TextDecoder(first === 0xff ? "utf-16le" : "utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

async function askedOf(
  cohort: string,
  given: Given,
  numbers: Readonly<Record<string, number>> | undefined,
): Promise<Simulation> {
  const known = cohorts.find(({ id }) => id === cohort);
  if (known === undefined) throw badUse(`There is no cohort “${cohort}”; there are ${idsOf()}.`);
  const [rows, patients, hospitals] = [
    countOf(given, "rows"),
    countOf(given, "patients"),
    countOf(given, "hospitals"),
  ];
  if (rows !== undefined && patients !== undefined) throw badUse("--rows and --patients do not go together.");
  const asLevel = numberOf(given, "level", known.usual.level, { least: 1, most: 4, whole: true });
  const level = LEVELS.find((one) => one === asLevel) ?? known.usual.level;
  const units = textOf(given, "units") ?? "one";
  if (units !== "one" && units !== "own") throw badUse(`--units is one or own, not “${units}”.`);
  const pyramid = textOf(given, "pyramid");
  return {
    cohort,
    level,
    seed: numberOf(given, "seed", 1, { least: 0, most: LARGEST_SEED, whole: true }),
    units,
    ...(rows !== undefined && { rows }),
    ...(patients !== undefined && { patients }),
    ...(hospitals !== undefined && { hospitals }),
    ...(numbers !== undefined && { numbers }),
    ...(pyramid !== undefined && { pyramid: readPyramid(await textAt(pyramid), basename(pyramid)) }),
  };
}

function formatGiven(given: Given): SimulateFormat | undefined {
  const name = textOf(given, "format");
  const format = FORMATS.find((known) => known === name);
  if (name !== undefined && format === undefined)
    throw badUse(`--format is one of ${FORMATS.join(", ")}, not “${name}”.`);
  return format;
}

async function writeSimulation(
  asked: Simulation,
  out: string,
  format: SimulateFormat | undefined,
  line: ProgressLine,
): Promise<void> {
  const rows = simulatedRows(asked);
  const words = `${asked.rows === undefined && asked.level === 4 ? "about " : ""}${rows} rows`;
  const path = await pathOf(asked, out, format);
  const several = await severalOf(path, format);
  for (const { name, pieces } of several === undefined ? [] : simulationFiles(several, asked)) {
    const file = several === "bundle" ? path : join(path, name);
    await checkFolder(file);
    await writeChunks(
      file,
      withProgress(pieces({ pulse: breathe }), rows, line, `${words} for ${basename(file)}`),
    );
  }
  if (several !== undefined) return;
  await checkFolder(path);
  const named = formatOfName(path);
  const pieces = simulationAs(named.format, asked, { pulse: breathe });
  await writeChunks(path, withProgress(named.gzip ? gzipped(pieces) : pieces, rows, line, words));
}

/** Which several files are asked for: into a folder, or, of FHIR, a Bundle into one file. */
async function severalOf(
  path: string,
  format: SimulateFormat | undefined,
): Promise<SeveralFiles | undefined> {
  if (format !== "tables" && format !== "fhir") return undefined;
  const there = await stat(path).catch(() => undefined);
  return there?.isDirectory() === true ? format : "bundle";
}

/** The file itself, or one in the folder that is named; the folder is made. */
async function pathOf(asked: Simulation, out: string, format: SimulateFormat | undefined): Promise<string> {
  const there = await stat(out).catch(() => undefined);
  const ending = /\.([a-z]+)(\.gz)?$/i.exec(basename(out))?.[1]?.toLowerCase();
  const isFile = there === undefined ? FORMATS.some((known) => known === ending) : !there.isDirectory();
  if (isFile) {
    const bundle = format === "fhir" && formatOfName(out).format === "json" && !/\.gz$/i.test(out);
    if (format !== undefined && !bundle && format !== formatOfName(out).format)
      throw badUse(`--format ${format} and the name “${basename(out)}” say different things.`);
    return out;
  }
  await makeFolder(out);
  if (format === "tables" || format === "fhir") return out;
  return join(out, `${asked.cohort.replaceAll("-", "_")}_simulated.${format ?? "csv"}`);
}
