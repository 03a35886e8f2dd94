import { evaluateTables, factsOfTable, openDevice, type Table } from "../core/lab/lab.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import {
  checkEvaluationFiles,
  csvAt,
  evaluationFileOptions,
  sourceAt,
  writeEvaluationFiles,
} from "./evaluation-files.ts";
import { readTable, writeBytes } from "./files.ts";
import { nodeWasmPaths } from "./node-device.ts";
import { numberOf, readOptions, textOf, type OptionSpecs } from "./options.ts";
import type { ProgressLine } from "./progress-line.ts";
import { LARGEST_SEED, readWithTarget } from "./synthesize.ts";

export const evaluateFiles: string[] = [];

export const evaluateOptions: OptionSpecs = {
  train: { value: "A.csv", help: "What the synthetic table was learned from.", required: true },
  holdout: { value: "B.csv", help: "Real rows that were held out.", required: true },
  synthetic: { value: "C.csv", help: "The synthetic table.", required: true },
  report: { value: "FILE.json", help: "Where the evaluation goes.", required: true },
  ...evaluationFileOptions,
  target: { value: "COLUMN", help: "The column that a predictive model would predict." },
  seed: { value: "S", help: "Same seed, same figures (1)." },
};

/** `semblance evaluate`: the lab's measures on three CSV files, whoever made them. */
export async function evaluate(args: readonly string[], line: ProgressLine): Promise<void> {
  const given = readOptions(args, evaluateOptions, evaluateFiles);
  const path = (name: string): string => textOf(given, name) as string;
  const seed = numberOf(given, "seed", 1, { least: 0, most: LARGEST_SEED, whole: true });
  await checkEvaluationFiles(given);
  const train = await readWithTarget(path("train"), textOf(given, "target"), line);
  const holdout = await readAlike(path("holdout"), train);
  const synthetic = await readAlike(path("synthetic"), train);
  await openDevice("wasm", { wasmPaths: nodeWasmPaths() });
  const run = {
    table: train.name,
    synthesizer: "unknown",
    synthesizerName: synthetic.name,
    params: {},
    seed,
    device: "wasm",
    seconds: 0,
    finishedAt: new Date().toISOString(),
  };
  const onProgress = (metric: string, fraction: number): void => line.show("Evaluating", fraction, metric);
  const report = await evaluateTables({ train, holdout, synthetic }, run, { onProgress });
  await writeBytes(path("report"), `${JSON.stringify(report, null, 2)}\n`);
  if (textOf(given, "html") === undefined && textOf(given, "bundle") === undefined) return line.end();
  const source = await sourceAt(path("train"), train);
  const evaluation = {
    report,
    facts: factsOfTable(synthetic, source),
    csv: csvAt(path("synthetic"), synthetic.name, synthetic),
    settings: { evaluated: [train.name, holdout.name, synthetic.name], seed },
  };
  await writeEvaluationFiles(given, evaluation, line);
  line.end();
}

/** Reads a table as `reference` was read: its missing tokens, and its kind for columns that came out otherwise. */
async function readAlike(path: string, reference: Table): Promise<Table> {
  const tokens: SchemaChange = { type: "missing-tokens", tokens: reference.schema.missingTokens };
  const { table } = await readTable(path, [tokens]);
  const changes = reference.schema.columns.flatMap(({ name, kind }, i): SchemaChange[] => {
    const at = table.schema.columns.findIndex((column) => column.name === name);
    const found = table.schema.columns[at];
    if (found === undefined || table.columns[at]?.type === reference.columns[i]?.type) return [];
    return [{ type: "kind", column: name, kind: kind === "constant" ? "category" : kind }];
  });
  return changes.length === 0 ? table : (await readTable(path, [tokens, ...changes])).table;
}
