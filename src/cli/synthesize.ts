import {
  evaluateModel,
  resolveParams,
  findSynthesizer,
  sampleCsv,
  saveModelFile,
  startFit,
  type FitProgress,
  type FitRequest,
  type FittedRun,
  type Table,
} from "../core/lab/lab.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import { checkFolder, readTable, writeBytes, writeChunks } from "./files.ts";
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
  type OptionSpecs,
} from "./options.ts";
import { duration, type ProgressLine } from "./progress-line.ts";

const DEFAULT = "vae";
export const LARGEST_SEED = 2 ** 32 - 1;
export const MOST_ROWS = 100_000_000;

export const synthesizeFiles = ["TABLE.csv"];

export const synthesizeOptions: OptionSpecs = {
  out: { value: "OUT.csv", help: "Where the synthetic table goes.", required: true },
  synthesizer: { value: "NAME", help: `The method (${DEFAULT}).` },
  rows: { value: "N", help: "Synthetic rows (as many as were trained on)." },
  seed: { value: "S", help: "Same seed, same rows (1)." },
  target: { value: "COLUMN", help: "The column that a predictive model would predict." },
  holdout: {
    value: "SHARE",
    help: "Share of the rows, .05 to .5, held out to evaluate on (none: train on all).",
  },
  model: { value: "FILE", help: "Save the trained model." },
  report: { value: "FILE.json", help: "Save the evaluation; most of it needs --holdout." },
  device: { value: "NAME", help: "wasm | cpu (wasm)." },
};

const isDevice = (name: string): name is "wasm" | "cpu" => name === "wasm" || name === "cpu";

interface Plan {
  readonly request: FitRequest;
  readonly rows: number | undefined;
  readonly seed: number;
}

function plan(given: Given, synthesizer: string): Plan {
  const seed = numberOf(given, "seed", 1, { least: 0, most: LARGEST_SEED, whole: true });
  const rows = numberOf(given, "rows", NaN, { least: 1, most: MOST_ROWS, whole: true });
  const share = numberOf(given, "holdout", NaN, { least: 0.05, most: 0.5, whole: false });
  const device = textOf(given, "device") ?? "wasm";
  if (!isDevice(device)) throw badUse(`--device must be wasm or cpu, not “${device}”.`);
  const params = resolveParams(findSynthesizer(synthesizer), paramsOf(given, synthesizer));
  return {
    seed,
    rows: Number.isNaN(rows) ? undefined : rows,
    request: {
      synthesizer,
      params,
      seed,
      device,
      ...(Number.isNaN(share) ? {} : { holdout: { share, seed } }),
    },
  };
}

/** `semblance synthesize`: reads a table, fits, writes synthetic rows and, when asked for, model and report. */
export async function synthesize(args: readonly string[], line: ProgressLine): Promise<void> {
  const synthesizer = peek(args, "synthesizer") ?? DEFAULT;
  const given = readOptions(args, { ...synthesizeOptions, ...paramOptions(synthesizer) }, synthesizeFiles);
  const { request, rows, seed } = plan(given, synthesizer);
  for (const name of ["out", "model", "report"]) await checkFolder(textOf(given, name));
  const table = await readWithTarget(given.files[0] as string, textOf(given, "target"), line);
  const fitted = await fitWithProgress(table, request, line);
  const model = await withReport(table, fitted, textOf(given, "report"), line);

  const wanted = rows ?? fitted.split.train.length;
  const chunks = withProgress(sampleCsv(model, wanted, seed, table), wanted, line);
  await writeChunks(given.values["out"] as string, chunks);
  const modelPath = textOf(given, "model");
  if (modelPath !== undefined) await writeBytes(modelPath, saveModelFile(model));
  line.end();
}

/** Reads the table; a target, if one is named, gets that role. */
export async function readWithTarget(
  path: string,
  target: string | undefined,
  line: ProgressLine,
  changes: readonly SchemaChange[] = [],
): Promise<Table> {
  const role: SchemaChange[] = target === undefined ? [] : [{ type: "role", column: target, role: "target" }];
  const { table, notes } = await readTable(path, [...changes, ...role]);
  for (const note of notes) line.say(note);
  return table;
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
  { model, split }: FittedRun,
  path: string | undefined,
  line: ProgressLine,
): Promise<FittedRun["model"]> {
  if (path === undefined) return model;
  const onProgress = (metric: string, fraction: number): void => line.show("Evaluating", fraction, metric);
  const report = await evaluateModel(table, split, model, { onProgress });
  await writeBytes(path, `${JSON.stringify(report, null, 2)}\n`);
  return { ...model, report };
}

/** The chunks as they pass, told on the line. */
export async function* withProgress(
  chunks: AsyncIterable<{ bytes: Uint8Array; rows: number }>,
  rows: number,
  line: ProgressLine,
): AsyncGenerator<{ bytes: Uint8Array }> {
  for await (const chunk of chunks) {
    line.show("Writing", chunk.rows / rows, `${chunk.rows} of ${rows} rows`);
    yield chunk;
  }
}

export const synthesizeHelp = (): string => `The method is one of ${synthesizerIds()}.`;
