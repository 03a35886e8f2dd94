import {
  createEstimator,
  beforeTraining,
  evaluateModel,
  expectedRows,
  factsOfRun,
  resolveParams,
  findSynthesizer,
  kindsToLearn,
  listSynthesizers,
  measurePace,
  openModelFile,
  readingLines,
  readingList,
  valueLines,
  sampleCsv,
  sharedModelFile,
  usualRows,
  settingsOfRun,
  shapeOf,
  startFit,
  versions,
  writeSteps,
  type FitProgress,
  type FitRequest,
  type FittedRun,
  type Ledger,
  type Report,
  type Table,
  type TrainedModel,
  type Wanted,
  type RuleBook,
} from "../core/lab/lab.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import {
  asksEvaluation,
  checkEvaluationFiles,
  evaluationFileOptions,
  sourceAt,
  tellFirst,
  writeEvaluationFiles,
  writeReport,
} from "./evaluation-files.ts";
import {
  cleaningOf,
  cleaningOptions,
  printSuggestions,
  sayDone,
  suggestCleaningOptions,
  type Output,
} from "./cleaning.ts";
import { checkFolder, readBytes, readTable, writeBytes, type ReadAt } from "./files.ts";
import { nodeWasmPaths } from "./node-device.ts";
import {
  badUse,
  numberOf,
  paramOptions,
  paramsOf,
  peek,
  readOptions,
  synthesizerIds,
  textOf,
  type Given,
  type OptionSpec,
  type OptionSpecs,
} from "./options.ts";
import {
  checkGuaranteeOptions,
  enterRun,
  guaranteeFor,
  guaranteeOptions,
  ledgerMark,
  writeGuarantee,
} from "./guarantee.ts";
import { joinOptions, readJoined } from "./join.ts";
import { outsiderChanges, outsiderOptions } from "./outsider.ts";
import { checkOut, csvName, outHelp } from "./out-file.ts";
import { patientsOf, patientsOption, wantedOf } from "./patients.ts";
import { duration, type ProgressLine } from "./progress-line.ts";
import { columnLines, columnOptions, readForTime } from "./column-options.ts";
import { attackRun, shadowOptions, shadowsOf } from "./shadow.ts";
import { choiceOf, readingOptions, repairOf } from "./reading.ts";
import { givesClinicalRules, ruleBookFor } from "./clinical-rules.ts";
import { checkRulesOptions, rulesFor, rulesOptions } from "./rules.ts";
import { writeSynthetic } from "./write-synthetic.ts";

/** The recommended one. */
const DEFAULT = listSynthesizers()[0]?.id ?? "";
/** As on the page, so that a seed of the one can be given to the other. */
export const LARGEST_SEED = 2 ** 31 - 1;
export const MOST_ROWS = 100_000_000;

/** Apart from the seed of the fit, as on the page: runs of several seeds are then judged by the same rows. */
export const splitSeedOption: OptionSpec = {
  value: "S",
  help: "Same seed, same rows held out, whatever --seed is (1).",
};

/** Which rows are held out, by `splitSeedOption`. Throws FaultError `bad-use`. */
export const splitSeedOf = (given: Given): number =>
  numberOf(given, "split-seed", 1, { least: 0, most: LARGEST_SEED, whole: true });

export const synthesizeFiles = ["TABLE.csv"];

export const synthesizeOptions: OptionSpecs = {
  out: {
    value: "OUT.csv",
    help: outHelp,
    required: true,
    unless: ["suggest-rules", "suggest-cleaning"],
  },
  synthesizer: { value: "NAME", help: `The method (${DEFAULT}).` },
  from: { value: "MODEL", help: "Go on training from this saved model, with its method and settings." },
  rows: { value: "N", help: "Synthetic rows (as many as the table has)." },
  ...patientsOption,
  seed: { value: "S", help: "Same seed, same rows (1)." },
  ...columnOptions,
  learn: {
    value: "COLUMN",
    help: "Learn this column although it would be left out; may be given several times.",
    many: true,
  },
  "common-level": {
    value: "COLUMN",
    help: "Levels of this column that fewer than 5 patients share come out as “other (rare levels)” and not missing; may be given several times.",
    many: true,
  },
  holdout: {
    value: "SHARE",
    help: "Share of the rows, .05 to .5, held out to evaluate on (none: train on all; on the page .2).",
  },
  "split-seed": splitSeedOption,
  model: { value: "FILE", help: "Save the trained model." },
  report: { value: "FILE.json", help: "Save the evaluation; most of it needs --holdout." },
  ...evaluationFileOptions,
  ...rulesOptions,
  ...outsiderOptions,
  ...shadowOptions,
  ...joinOptions,
  ...readingOptions,
  ...cleaningOptions,
  ...suggestCleaningOptions,
  ...guaranteeOptions,
  device: { value: "NAME", help: "wasm | cpu (wasm)." },
};

const isDevice = (name: string): name is "wasm" | "cpu" => name === "wasm" || name === "cpu";

interface Plan {
  readonly request: FitRequest;
  readonly rows: number | undefined;
  readonly patients: number | undefined;
  readonly seed: number;
}

function plan(given: Given, synthesizer: string, from: TrainedModel | undefined): Plan {
  const seed = numberOf(given, "seed", 1, { least: 0, most: LARGEST_SEED, whole: true });
  const rows = numberOf(given, "rows", NaN, { least: 1, most: MOST_ROWS, whole: true });
  const patients = patientsOf(given);
  const share = numberOf(given, "holdout", NaN, { least: 0.05, most: 0.5, whole: false });
  const splitSeed = splitSeedOf(given);
  if (Number.isNaN(share) && textOf(given, "split-seed") !== undefined)
    throw badUse("--split-seed says which rows are held out; without --holdout none are.");
  const device = textOf(given, "device") ?? "wasm";
  if (!isDevice(device)) throw badUse(`--device must be wasm or cpu, not “${device}”.`);
  const settings = { ...from?.artifact.params, ...paramsOf(given, synthesizer) };
  const params = resolveParams(findSynthesizer(synthesizer), settings);
  return {
    seed,
    rows: Number.isNaN(rows) ? undefined : rows,
    patients,
    request: {
      synthesizer,
      params,
      seed,
      device,
      ...(Number.isNaN(share) ? {} : { holdout: { share, seed: splitSeed } }),
      ...(from && { from }),
    },
  };
}

/** `semblance synthesize`: reads a table, fits, writes synthetic rows and, when asked for, model and report. */
export async function synthesize(args: readonly string[], line: ProgressLine, output: Output): Promise<void> {
  const fromPath = peek(args, "from");
  const from = fromPath === undefined ? undefined : openModelFile(await readBytes(fromPath));
  const asked = peek(args, "synthesizer");
  const synthesizer = from?.artifact.synthesizer ?? asked ?? DEFAULT;
  if (asked !== undefined && asked !== synthesizer)
    throw badUse(`The model of --from was made by ${synthesizer}, not by ${asked}.`);
  const given = readOptions(args, { ...synthesizeOptions, ...paramOptions(synthesizer) }, synthesizeFiles);
  const { request: planned, rows, patients, seed } = plan(given, synthesizer, from);
  for (const name of ["out", "model"]) await checkFolder(textOf(given, name));
  await checkEvaluationFiles(given);
  await checkRulesOptions(given);
  await checkGuaranteeOptions(given, synthesizer);
  const shadows = shadowsOf(given);
  if (shadows !== undefined && (!asksEvaluation(given) || planned.holdout === undefined))
    throw badUse(
      "--shadow attacks beside held-out rows and writes to the evaluation: it goes with --holdout and --report, --html or --bundle.",
    );
  const path = given.files[0] as string;
  const read = await readToLearn(path, given, from, line, columnChanges(given));
  const { table } = read;
  if (given.values["suggest-cleaning"] === true) {
    await printSuggestions(path, read, line, output);
    return line.end();
  }
  const request = {
    ...planned,
    ...(await rulesFor(given, table, planned.holdout, line)),
    ...(await guaranteeFor(given, table, planned, line)),
  };
  const book = (await givesClinicalRules(given)) ? await ruleBookFor(given, [table], line) : undefined;
  if (book !== undefined && !asksEvaluation(given))
    throw badUse(
      "Clinical rules are counted when the rows are measured: --rules with a file of them goes with --report, --html or --bundle.",
    );
  const out = textOf(given, "out");
  if (out === undefined) return line.end();
  checkOut(out, rows ?? table.rows, table.columns.length);
  const few = asksEvaluation(given) ? beforeTraining(table, request.holdout?.share ?? 0) : undefined;
  if (few !== undefined) line.say(few);
  await sayExpected(table, request, line);
  const digest = await ledgerMark(given, path, table);
  const fitted = await fitWithProgress(table, request, line);
  const model = asksEvaluation(given)
    ? await withReport(table, fitted, given, { holdout: request.holdout, shadows, book }, line)
    : fitted.model;

  const wanted = wantedOf(model, rows, patients, usualRows(model, table.rows));
  const ledger = request.guarantee && (await enterRun(given, model, digest, line));
  await writeSynthetic(out, model, { wanted, seed, source: table }, line);
  const modelPath = textOf(given, "model");
  if (modelPath !== undefined) await writeBytes(modelPath, sharedModelFile(model));
  const cleaning = read.cleaning.list();
  const made = {
    path,
    table,
    model,
    wanted,
    seed,
    holdout: request.holdout,
    cleaning,
    ...(ledger && { ledger }),
  };
  await writeEvidence(given, made, line);
  line.end();
}

/** As `readWithTarget`; where training goes on from a model, its columns are read as the kinds that it learned. */
async function readToLearn(
  path: string,
  given: Given,
  from: TrainedModel | undefined,
  line: ProgressLine,
  asked: readonly SchemaChange[],
): Promise<ReadAt> {
  const read = await readWithTarget(path, given, line, asked);
  const changes = from === undefined ? [] : kindsToLearn(read.table, from);
  return changes.length === 0 ? read : readWithTarget(path, given, line, [...changes, ...asked]);
}

/** What `--learn`, `--common-level` and `outsiderOptions` ask of single columns. */
const columnChanges = (given: Given): SchemaChange[] => [
  ...(given.lists["learn"] ?? []).map((column): SchemaChange => ({ type: "role", column, role: "feature" })),
  ...(given.lists["common-level"] ?? []).map((column): SchemaChange => ({
    type: "rare-levels",
    column,
    rareLevels: "common",
  })),
  ...outsiderChanges(given),
];

/** About how long training will take, where that is known. */
async function sayExpected(
  table: Table,
  { from, ...request }: FitRequest,
  line: ProgressLine,
): Promise<void> {
  const { synthesizer, params, device, holdout } = request;
  if (from !== undefined || device !== "wasm") return;
  const resolved = resolveParams(findSynthesizer(synthesizer), params);
  const shape = shapeOf(table, holdout?.share);
  const plan = { synthesizer, params: resolved, shape, device };
  const expected = createEstimator(await measurePace()).expect(plan);
  if (expected === undefined) return;
  const { seconds } = expected;
  line.say(`Training is expected to take ${seconds < 1 ? "under 1 s" : `about ${duration(seconds)}`}.`);
}

/** Reads the table as the options say: cleaned, with the target, groups, follow-up time and event that are named. */
export async function readWithTarget(
  path: string,
  given: Given,
  line: ProgressLine,
  changes: readonly SchemaChange[] = [],
): Promise<ReadAt> {
  const cleaning = await cleaningOf(given);
  const choice = await choiceOf(given);
  const readAsked = async (asked: readonly SchemaChange[]): Promise<ReadAt> => {
    const how = {
      changes: [...(cleaning ?? []), ...changes, ...asked],
      automatic: cleaning === undefined,
      repair: repairOf(given),
      choice,
    };
    return (await readJoined(path, given, how)) ?? (await readTable(path, how));
  };
  const { read, asked } = await readForTime(given, readAsked);
  const { table, notes } = read;
  for (const note of notes) line.say(note);
  sayDone(read, line);
  const seen = [
    ...readingLines(readingList(table)),
    ...valueLines(table),
    ...(await columnLines(table, asked)),
  ];
  for (const said of seen) line.say(said);
  return read;
}

async function fitWithProgress(table: Table, request: FitRequest, line: ProgressLine): Promise<FittedRun> {
  const fit = startFit(
    table,
    request,
    { wasmPaths: nodeWasmPaths(), previewRows: 0 },
    {
      onProgress: (progress) => line.show("Training", progress.fraction, describeProgress(progress)),
      onNotice: (notice) => line.say(notice),
    },
  );
  return fit.done;
}

function describeProgress({ note, secondsLeft, losses, epoch, epochs }: FitProgress): string {
  const parts = [
    epochs === undefined ? `epoch ${epoch}` : `epoch ${epoch} of ${epochs}`,
    ...Object.entries(losses).map(([name, loss]) => `${name} ${loss.toPrecision(4)}`),
    ...(secondsLeft === undefined ? [] : [`${duration(secondsLeft)} left`]),
    ...(note === undefined ? [] : [note]),
  ];
  return parts.join(", ");
}

async function withReport(
  table: Table,
  fitted: FittedRun,
  given: Given,
  {
    holdout,
    shadows,
    book,
  }: { holdout: FitRequest["holdout"]; shadows: number | undefined; book: RuleBook | undefined },
  line: ProgressLine,
): Promise<FittedRun["model"]> {
  const { model, split } = fitted;
  const path = textOf(given, "report");
  const source = await sourceAt(given.files[0] as string, table);
  const settings = {
    ...settingsOfRun(model, { source, ...(holdout && { holdout }) }),
    ...(book && { clinicalRules: book }),
  };
  const onProgress = (metric: string, fraction: number): void => line.show("Evaluating", fraction, metric);
  const onFirst = (first: Report): Promise<void> => tellFirst(first, path, settings, line);
  const measured = await evaluateModel(table, split, model, { onProgress, onFirst, ...(book && { book }) });
  const report = shadows === undefined ? measured : await attackRun(table, fitted, measured, shadows, line);
  if (path !== undefined) await writeReport(path, report, settings);
  return { ...model, report };
}

interface Made {
  readonly path: string;
  readonly table: Table;
  readonly model: TrainedModel;
  readonly wanted: Wanted;
  readonly seed: number;
  readonly holdout: FitRequest["holdout"];
  readonly cleaning: readonly SchemaChange[];
  readonly ledger?: Ledger;
}

/** The evaluation as files, with the rows that `--out` has. */
async function writeEvidence(given: Given, made: Made, line: ProgressLine): Promise<void> {
  const { path, table, model, wanted, seed, holdout, cleaning, ledger } = made;
  await writeGuarantee(given, model, factsOfRun(model, {}));
  const { report } = model;
  if (report === undefined || ["html", "bundle"].every((name) => textOf(given, name) === undefined)) return;
  const context = { source: await sourceAt(path, table), ...(holdout && { holdout }) };
  const { delimiter, encoding } = model.schema.dialect;
  const evaluation = {
    report,
    facts: factsOfRun(model, context),
    csv: {
      name: csvName(given.values["out"] as string),
      rows: expectedRows(model, wanted),
      seed,
      delimiter,
      encoding,
      chunks: () => sampleCsv(model, wanted, seed, table),
    },
    model: sharedModelFile(model),
    ...(model.facts.guarantee && { release: { model, ...(ledger && { ledger }) } }),
    settings: settingsOfRun(model, context),
    ...(cleaning.length > 0 && { cleaning: writeSteps(cleaning, versions.semblance) }),
  };
  await writeEvaluationFiles(given, evaluation, line);
}

export const synthesizeHelp = (): string => `The method is one of ${synthesizerIds()}.`;
