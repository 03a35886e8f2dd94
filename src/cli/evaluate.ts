import {
  elsewhereFacts,
  evaluateTables,
  factsOfTable,
  openDevice,
  readAlikeCleaned,
  sharedReading,
  realSides,
  type AlikeTable,
  type Answer,
  type Report,
  type Table,
} from "../core/lab/lab.ts";
import {
  checkEvaluationFiles,
  csvAt,
  evaluationFileOptions,
  sourceAt,
  tellFirst,
  writeEvaluationFiles,
  writeReport,
} from "./evaluation-files.ts";
import { cleaningOptions } from "./cleaning.ts";
import { ruleBookFor } from "./clinical-rules.ts";
import { failedRules, readRules } from "./fail-under.ts";
import { readTable } from "./files.ts";
import { nodeWasmPaths } from "./node-device.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import { columnOptions } from "./column-options.ts";
import { badUse, numberOf, readOptions, textOf, type Given, type OptionSpecs } from "./options.ts";
import { outsiderChanges, outsiderOptions } from "./outsider.ts";
import { attackFiles, shadowMethodOf, shadowMethodOptions, shadowsOf } from "./shadow.ts";
import type { ProgressLine } from "./progress-line.ts";
import { readingOptions, repairOf } from "./reading.ts";
import { LARGEST_SEED, readWithTarget, splitSeedOf, splitSeedOption } from "./synthesize.ts";

export const evaluateFiles: string[] = [];

const SHARE = 0.2;
const SEEN = ["all", "some", "none"] as const;
type Seen = (typeof SEEN)[number];

export const evaluateOptions: OptionSpecs = {
  train: {
    value: "A.csv",
    help: "What the synthetic table was learned from; the whole real table where there is no --holdout.",
    required: true,
  },
  synthetic: { value: "C.csv", help: "The synthetic table, from any tool.", required: true },
  report: { value: "FILE.json", help: "Where the evaluation goes.", required: true },
  holdout: { value: "B.csv", help: "Real rows that the tool never saw." },
  seen: {
    value: "ANSWER",
    help:
      "Had the tool that made the rows seen all of these patients? all: yes, so only copies and rare combinations can be held " +
      "against it (the default without --holdout). some: not those in --holdout (the default with it), nor, without it, those that " +
      "synthesize sets aside. none: A.csv holds other patients, and all are held out.",
  },
  "holdout-share": {
    value: "SHARE",
    help: `With --seen some and no --holdout: the share of A.csv, .05 to .5, that synthesize held out (${SHARE}).`,
  },
  "fail-under": {
    value: "RULES.json",
    help: 'Ends with status 3 where a rule fails, such as {"axes": {"privacy": "good"}, "metrics": {"c2st": {"at-most": 0.6}}, "risk": 0.09, "findings": 0}. A side passes with the verdict named or a better one (much-worse, worse, cannot-tell, good); what could not be measured fails.',
  },
  rules: {
    value: "FILE.json",
    help: "A file of clinical rules: which of the built-in ones are asked, and rules of your own, such as “ejection_fraction between 5 and 85”. They are counted in real and synthetic rows alike.",
  },
  ...evaluationFileOptions,
  learn: {
    value: "COLUMN",
    help: "Measure this column although it would be left out, such as a date of birth that ages must agree with; may be given several times.",
    many: true,
  },
  ...outsiderOptions,
  ...shadowMethodOptions,
  ...readingOptions,
  ...cleaningOptions,
  ...columnOptions,
  seed: { value: "S", help: "Same seed, same figures (1)." },
  "split-seed": splitSeedOption,
};

/** `semblance evaluate`: the lab's measures on a synthetic CSV file, whoever made it, beside the real ones. */
export async function evaluate(args: readonly string[], line: ProgressLine): Promise<number> {
  const given = readOptions(args, evaluateOptions, evaluateFiles);
  const path = (name: string): string => textOf(given, name) as string;
  const seed = numberOf(given, "seed", 1, { least: 0, most: LARGEST_SEED, whole: true });
  const seen = seenOf(given);
  const choice = { share: shareOf(given, seen), seed: splitSeedOf(given) };
  const rulesPath = textOf(given, "fail-under");
  const rules = rulesPath === undefined ? undefined : await readRules(rulesPath);
  const shadows = shadowsOf(given);
  const method = shadowMethodOf(given);
  await checkEvaluationFiles(given);
  const { table: real, cleaning } = await readWithTarget(path("train"), given, line, [
    ...(given.lists["learn"] ?? []).map((column): SchemaChange => ({
      type: "role",
      column,
      role: "feature",
    })),
    ...outsiderChanges(given),
  ]);
  const made = cleaning.list();
  const held = await heldOut(real, given, made, line);
  const answer: Answer =
    seen !== "some" ? { seen } : held ? { seen, holdout: held.table } : { seen, split: choice };
  const synthetic = await readSaying(path("synthetic"), real, "synthetic", { given, made }, line);
  const book = await ruleBookFor(given, held ? [real, held.table] : [real], line);
  const target = textOf(given, "target");
  const settings = {
    compared: [real.name, ...(held ? [held.table.name] : []), synthetic.table.name],
    seen,
    ...("split" in answer && { holdout: choice }),
    ...(target !== undefined && { target }),
    ...(book && { clinicalRules: book }),
    seed,
    columns: real.schema.columns.map(({ name, kind, role }) => ({ name, kind, role })),
  };
  await openDevice("wasm", { wasmPaths: nodeWasmPaths() });
  const onProgress = (metric: string, fraction: number): void => line.show("Evaluating", fraction, metric);
  const tables = { ...realSides(real, answer), synthetic: synthetic.table };
  const measured = await evaluateTables(tables, elsewhereFacts(real.name, synthetic.table.name, seed), {
    onProgress,
    onFirst: (first) => tellFirst(first, path("report"), settings, line),
    ...(book && { book }),
    files: await filesOf(given, real, held?.table, synthetic.table),
    notes: [...(held?.notes ?? []), ...synthetic.notes],
    reading: sharedReading(real),
  });
  const report =
    shadows === undefined ? measured : await attackFiles(tables, measured, { shadows, method, seed }, line);
  await writeReport(path("report"), report, settings);
  const said = new Set([...(held?.notes ?? []), ...synthetic.notes]);
  for (const note of [...(report.run.notices ?? []), ...report.notes]) if (!said.has(note)) line.say(note);
  if (textOf(given, "html") !== undefined || textOf(given, "bundle") !== undefined) {
    const evaluation = {
      report,
      facts: factsOfTable(synthetic.table.schema, await sourceAt(path("train"), real)),
      csv: csvAt(path("synthetic"), synthetic.table.name, synthetic.table),
      settings,
    };
    await writeEvaluationFiles(given, evaluation, line);
  }
  const failed = rules === undefined ? [] : failedRules(report, rules);
  for (const rule of failed) line.say(`Failed: ${rule}`);
  line.end();
  return failed.length > 0 ? RULE_FAILED : 0;
}

/** Ends a pipeline: the evaluation is written, and a rule of `--fail-under` fails. */
const RULE_FAILED = 3;

/** Digests of the files of which a whole table is. */
async function filesOf(
  given: Given,
  real: Table,
  holdout: Table | undefined,
  synthetic: Table,
): Promise<NonNullable<Report["tables"]>> {
  const digestOf = async (option: string, table: Table) => {
    const { name, rows, sha256, of } = await sourceAt(textOf(given, option) as string, table);
    return { name, rows, sha256, of };
  };
  return {
    train: await digestOf("train", real),
    ...(holdout && { holdout: await digestOf("holdout", holdout) }),
    synthetic: await digestOf("synthetic", synthetic),
  };
}

function seenOf(given: Given): Seen {
  const file = textOf(given, "holdout") !== undefined;
  const said = textOf(given, "seen") ?? (file ? "some" : "all");
  const seen = SEEN.find((answer) => answer === said);
  if (seen === undefined) throw badUse(`--seen must be ${SEEN.join(", ")}, not “${said}”.`);
  if (file && seen !== "some")
    throw badUse(`With --seen ${seen} nobody was kept away from the tool, so there is no --holdout.`);
  return seen;
}

function shareOf(given: Given, seen: Seen): number {
  const why =
    seen !== "some"
      ? "with --seen some"
      : textOf(given, "holdout") !== undefined
        ? "without --holdout"
        : undefined;
  for (const name of ["holdout-share", "split-seed"])
    if (why !== undefined && textOf(given, name) !== undefined)
      throw badUse(`--${name} says which rows of --train the tool had not seen; it goes ${why} only.`);
  return numberOf(given, "holdout-share", SHARE, { least: 0.05, most: 0.5, whole: false });
}

async function heldOut(
  real: Table,
  given: Given,
  made: readonly SchemaChange[],
  line: ProgressLine,
): Promise<AlikeTable | undefined> {
  const path = textOf(given, "holdout");
  return path === undefined ? undefined : readSaying(path, real, "held-out", { given, made }, line);
}

async function readSaying(
  path: string,
  real: Table,
  side: "synthetic" | "held-out",
  { given, made }: { given: Given; made: readonly SchemaChange[] },
  line: ProgressLine,
): Promise<AlikeTable> {
  const asked = repairOf(given);
  const alike = await readAlikeCleaned(
    (changes, repair, automatic) => readTable(path, { changes, automatic, repair: { ...asked, ...repair } }),
    real,
    side,
    made,
  );
  for (const note of alike.notes) line.say(note);
  return alike;
}
