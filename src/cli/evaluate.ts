import {
  elsewhereFacts,
  evaluateTables,
  factsOfTable,
  openDevice,
  readAlike,
  sharedReading,
  splitReal,
  type AlikeTable,
  type Table,
} from "../core/lab/lab.ts";
import {
  checkEvaluationFiles,
  csvAt,
  evaluationFileOptions,
  sourceAt,
  writeEvaluationFiles,
} from "./evaluation-files.ts";
import { readTable, writeBytes } from "./files.ts";
import { nodeWasmPaths } from "./node-device.ts";
import { badUse, numberOf, readOptions, textOf, type Given, type OptionSpecs } from "./options.ts";
import { outsiderChanges, outsiderOptions } from "./outsider.ts";
import { attackFiles, shadowMethodOf, shadowMethodOptions, shadowsOf } from "./shadow.ts";
import type { ProgressLine } from "./progress-line.ts";
import { readingOptions, repairOf } from "./reading.ts";
import { LARGEST_SEED, readWithTarget, splitSeedOf, splitSeedOption } from "./synthesize.ts";

export const evaluateFiles: string[] = [];

const SHARE = 0.2;

export const evaluateOptions: OptionSpecs = {
  train: {
    value: "A.csv",
    help: "What the synthetic table was learned from; the whole real table where there is no --holdout.",
    required: true,
  },
  synthetic: { value: "C.csv", help: "The synthetic table, from any tool.", required: true },
  report: { value: "FILE.json", help: "Where the evaluation goes.", required: true },
  holdout: {
    value: "B.csv",
    help: "Real rows that the tool never saw. Without it a share of A.csv takes their place.",
  },
  "holdout-share": {
    value: "SHARE",
    help: `Share of A.csv, .05 to .5, that is set aside without --holdout (${SHARE}).`,
  },
  ...evaluationFileOptions,
  ...outsiderOptions,
  ...shadowMethodOptions,
  ...readingOptions,
  target: { value: "COLUMN", help: "The column that a predictive model would predict." },
  seed: { value: "S", help: "Same seed, same figures (1)." },
  "split-seed": splitSeedOption,
};

/** `semblance evaluate`: the lab's measures on a synthetic CSV file, whoever made it, beside the real ones. */
export async function evaluate(args: readonly string[], line: ProgressLine): Promise<void> {
  const given = readOptions(args, evaluateOptions, evaluateFiles);
  const path = (name: string): string => textOf(given, name) as string;
  const seed = numberOf(given, "seed", 1, { least: 0, most: LARGEST_SEED, whole: true });
  const choice = { share: shareOf(given), seed: splitSeedOf(given) };
  const shadows = shadowsOf(given);
  const method = shadowMethodOf(given);
  await checkEvaluationFiles(given);
  const real = await readWithTarget(path("train"), given, line, outsiderChanges(given));
  const { train, holdout, notices } = await sides(real, given, choice, line);
  const synthetic = await readSaying(path("synthetic"), real, "synthetic", given, line);
  await openDevice("wasm", { wasmPaths: nodeWasmPaths() });
  const onProgress = (metric: string, fraction: number): void => line.show("Evaluating", fraction, metric);
  const tables = { train, holdout: holdout.table, synthetic: synthetic.table };
  const measured = await evaluateTables(tables, elsewhereFacts(real.name, synthetic.table.name, seed), {
    onProgress,
    notes: [...holdout.notes, ...synthetic.notes],
    notices,
    reading: sharedReading(real),
  });
  const report =
    shadows === undefined ? measured : await attackFiles(tables, measured, { shadows, method, seed }, line);
  await writeBytes(path("report"), `${JSON.stringify(report, null, 2)}\n`);
  const said = new Set([...holdout.notes, ...synthetic.notes]);
  for (const note of [...(report.run.notices ?? []), ...report.notes]) if (!said.has(note)) line.say(note);
  if (textOf(given, "html") !== undefined || textOf(given, "bundle") !== undefined) {
    const setAside = textOf(given, "holdout") === undefined && { holdout: choice };
    const evaluation = {
      report,
      facts: factsOfTable(synthetic.table.schema, await sourceAt(path("train"), real)),
      csv: csvAt(path("synthetic"), synthetic.table.name, synthetic.table),
      settings: { compared: [real.name, holdout.table.name, synthetic.table.name], ...setAside, seed },
    };
    await writeEvaluationFiles(given, evaluation, line);
  }
  line.end();
}

function shareOf(given: Given): number {
  if (textOf(given, "holdout") !== undefined)
    for (const name of ["holdout-share", "split-seed"])
      if (textOf(given, name) !== undefined)
        throw badUse(`--${name} says what of --train is set aside; with --holdout nothing is.`);
  return numberOf(given, "holdout-share", SHARE, { least: 0.05, most: 0.5, whole: false });
}

type Held = Pick<AlikeTable, "table" | "notes">;

async function sides(
  real: Table,
  given: Given,
  choice: { share: number; seed: number },
  line: ProgressLine,
): Promise<{ train: Table; holdout: Held; notices: readonly string[] }> {
  const path = textOf(given, "holdout");
  if (path !== undefined)
    return { train: real, holdout: await readSaying(path, real, "held-out", given, line), notices: [] };
  const split = splitReal(real, choice);
  return { train: split.train, holdout: { table: split.holdout, notes: [] }, notices: split.notices };
}

async function readSaying(
  path: string,
  real: Table,
  side: "synthetic" | "held-out",
  given: Given,
  line: ProgressLine,
): Promise<AlikeTable> {
  const asked = repairOf(given);
  const alike = await readAlike(
    (changes, repair) => readTable(path, changes, { ...asked, ...repair }),
    real,
    side,
  );
  for (const note of alike.notes) line.say(note);
  return alike;
}
